// In: frames in order, requests to start and stop, news of the target, the engine's death. Out: at
// most one run at a time, in a folder that says what happened however it ended. Works without viewers
// and without a target. Waits for a target only where a verdict needs it, never with a stream.
import { rm } from 'node:fs/promises';
import { decodeStormFrame, FrameKind } from '@wavetank/abi';
import type { RunEnding, RunFile, RunScore, RunWriter, SealDigests } from '@wavetank/recorder';
import type { Poll, TargetNews } from '@wavetank/target';
import { ActiveRun } from './active-run.ts';
import type { FrameRecord } from './delivery.ts';
import type { Frame } from './frame.ts';
import { LostEngine } from './lost-engine.ts';
import { ApiError } from './problem.ts';
import { endingOf } from './run-facts.ts';
import {
  openRun,
  type RecordingOptions,
  RUN_TIMEOUT_MS,
  type RunRequest,
  takeBack,
} from './run-opening.ts';
import type { ScoredTarget } from './scored-target.ts';
import { StormNotes } from './storm-notes.ts';
import type { ReloadNews, Target } from './targets.ts';

export type RecordingState = 'idle' | 'starting' | 'recording' | 'stopping';

type Told = { [key: string]: unknown };

export class Recording implements FrameRecord {
  readonly notes = new StormNotes();
  /** Set while a run waits for another engine. */
  readonly lost: LostEngine;
  readonly #options: RecordingOptions;
  #state: RecordingState = 'idle';
  #active: ActiveRun | undefined;
  /** The last writer: its lines may still be on their way to the disk when its run is over. */
  #writer: RunWriter | undefined;
  #closing: Promise<RunFile> | undefined;
  #lat: Frame | undefined;
  #last: RunFile | undefined;

  constructor(options: RecordingOptions) {
    this.#options = options;
    this.lost = new LostEngine(options.now);
  }

  get state(): RecordingState {
    return this.#state;
  }

  /** The run under way, as its file will say. */
  get run(): RunFile | undefined {
    return this.#active?.writer.run;
  }

  /** The last run that this bridge closed. */
  get last(): RunFile | undefined {
    return this.#last;
  }

  /** What run.yaml will hold only at the end, as it is now. */
  progress(): Pick<RunFile, 'storms_fired'> {
    return { storms_fired: this.#active?.writer.storms.list() ?? [] };
  }

  /** What the run under way, else the last one, did to a target; null where it was in neither. */
  scoreOf(target: Target, at_ts_ns: number): RunScore | null {
    if (this.#active !== undefined) return this.#active.scoreOf(target, at_ts_ns) ?? null;
    const url = target.poller.url.href;
    return this.#last?.targets.find((one) => one.url === url)?.score ?? null;
  }

  get withTarget(): boolean {
    return this.#active?.withTarget ?? false;
  }

  /** True when no poll that a storm forced is under way. */
  get settled(): boolean {
    return this.#active?.settled ?? true;
  }

  get idle(): boolean {
    return this.#writer?.idle ?? true;
  }

  async durable(): Promise<void> {
    try {
      await this.#writer?.flush();
    } catch (cause) {
      if (this.#active === undefined) return;
      this.#options.log.error(cause, 'the run cannot be written');
      void this.stop('disk_failed').catch(() => {});
    }
  }

  observe(frame: Frame): void {
    if (frame.kind === FrameKind.Lat) this.#lat = frame;
    const storm = frame.kind === FrameKind.Storm ? decodeStormFrame(frame.payload) : undefined;
    const note = storm === undefined ? null : this.notes.take(storm);
    this.#active?.observe(frame, note);
  }

  silence(stall_ms: number): void {
    this.#active?.writer.bench.silence(stall_ms);
  }

  news(target: Target, news: TargetNews): void {
    this.#active?.news(target, news);
    void this.durable();
  }

  polled(target: Target, poll: Poll): void {
    this.#active?.polled(target, poll, this.#options.virtualNow());
  }

  reloaded({ type, ...facts }: ReloadNews): void {
    this.#active?.writer.outside(type, facts);
    void this.durable();
  }

  async start(request: RunRequest): Promise<RunFile> {
    if (this.#state !== 'idle') throw new ApiError('RUN_ACTIVE', `a run is ${this.#state}`);
    this.#state = 'starting';
    try {
      const { run } = await openRun(this.#options, request, (writer, targets) =>
        this.#begin(writer, targets),
      );
      return run;
    } catch (cause) {
      if (this.#state === 'starting') this.#free();
      else await this.#takeBack();
      throw cause;
    }
  }

  /** The run has begun, and its folder cannot say so: as if it had not. */
  async #takeBack(): Promise<void> {
    const dir = this.#writer?.dir;
    await this.settle('disk_failed').catch(() => {});
    if (dir !== undefined) await rm(dir, { recursive: true, force: true });
  }

  #begin(writer: RunWriter, targets: readonly ScoredTarget[]): void {
    this.#writer = writer;
    this.#active = new ActiveRun(writer, targets);
    this.#state = 'recording';
  }

  /** Stops the run; whoever asks while it stops gets the same end. */
  stop(cause: string): Promise<RunFile> {
    if (this.#closing !== undefined) return this.#closing;
    const active = this.#active;
    if (active === undefined) return Promise.reject(new ApiError('RUN_NONE', 'nothing to stop'));
    return this.#close(this.#askToStop(active, cause));
  }

  /** Ends the run under way, for this cause; resolves when no folder is being closed any more. */
  async settle(cause: string): Promise<void> {
    if (this.#active !== undefined || this.#closing !== undefined) await this.stop(cause);
  }

  /** The engine ended the run by itself and tells how. */
  closedByEngine(told: Told): void {
    const status = told.status === 'aborted' ? 'aborted' : 'complete';
    const cause = typeof told.cause === 'string' ? told.cause : 'engine';
    this.#end(endingOf(told, { status, cause }, this.#lat), true);
  }

  /** The engine went. True when the run waits for the next one, which goes on with it. */
  engineLost(reason: string): boolean {
    const active = this.#active;
    if (active === undefined) return false;
    const { writer } = active;
    writer.bench.fault('engine_down');
    const { engine, epoch, heartbeat } = this.#options;
    const { run_id, class: runClass } = writer.run;
    const lost = { run_id, dir: writer.dir, class: runClass, at_ts_run_ns: writer.recordedNs };
    const known = { ...lost, epoch: epoch(), heartbeat: heartbeat() };
    const owned = engine().status.owned && this.#state === 'recording';
    if (owned && this.lost.wait(known, () => this.#giveUp('no engine came back'))) {
      writer.outside('engine_down', { reason });
      return true;
    }
    this.engineFailed(reason);
    return false;
  }

  /** Another engine is there: it goes on with the run, or the run is over. */
  engineBack(): void {
    const { waits, told } = this.lost;
    if (waits === undefined) {
      if (told !== undefined) void this.#letGo(told);
      return;
    }
    this.#adopt(waits).catch((cause: Error) => this.#giveUp(cause.message));
  }

  async #adopt(run_id: string): Promise<void> {
    const { engine } = this.#options;
    await engine().request('run.adopt', { run_id }, { timeout_ms: RUN_TIMEOUT_MS });
    this.lost.settled();
  }

  /** The run was stopped, or given up, while the engine that goes on with it was on its way. */
  async #letGo(run_id: string): Promise<void> {
    try {
      await this.#adopt(run_id);
    } catch {
      // It does not go on with it.
      return;
    }
    await takeBack(this.#options);
  }

  #giveUp(why: string): void {
    if (this.lost.waits === undefined) return;
    this.#options.log.error({ why }, 'the run cannot go on');
    this.lost.forget();
    const how = { status: 'aborted', cause: 'engine_death' } as const;
    this.#end(endingOf({}, how, this.#lat), false);
  }

  /** There is nobody to continue the run. */
  engineFailed(reason: string): void {
    this.#abort({ cause: 'engine_death', engine_down: reason });
  }

  /** The engine lives, and its market or its log cannot go on. */
  abort(cause: 'engine_failed' | 'disk_failed'): void {
    this.#abort({ cause });
  }

  #abort(why: Pick<RunEnding, 'cause' | 'engine_down'>): void {
    this.lost.forget();
    this.#active?.writer.bench.fault('engine_down');
    this.#end(endingOf({}, { status: 'aborted', ...why }, this.#lat), false);
  }

  #end(ending: RunEnding, seal: boolean): void {
    const active = this.#active;
    if (active === undefined) return;
    this.#detach(active, ending);
    if (this.#closing === undefined) void this.#close(this.#finish(active, seal));
  }

  #close(ending: Promise<RunFile>): Promise<RunFile> {
    this.#state = 'stopping';
    this.#closing = ending.finally(() => {
      this.#closing = undefined;
      this.#free();
    });
    this.#closing.catch((cause) => this.#options.log.error(cause, 'the run could not be closed'));
    return this.#closing;
  }

  /** Another run may begin, and what waited for the end of this one comes first. */
  #free(): void {
    this.#state = 'idle';
    this.#options.targets.settle();
  }

  async #askToStop(active: ActiveRun, cause: string): Promise<RunFile> {
    let seal = true;
    const onAnswer = (told: Told): void => {
      const status = cause === 'disk_failed' ? 'aborted' : 'complete';
      this.#detach(active, endingOf(told, { status, cause }, this.#lat));
    };
    try {
      const asked = { timeout_ms: RUN_TIMEOUT_MS, onAnswer };
      await this.#options.engine().request('run.stop', { cause }, asked);
    } catch (refused) {
      // The source may have ended at the same moment: then the engine told how, and waits for the seal.
      seal = this.#active !== active && active.writer.run.status === 'complete';
      const full = refused instanceof ApiError && refused.code === 'LOG_FAILED';
      const why = full ? 'disk_failed' : 'engine_death';
      this.#detach(active, endingOf({}, { status: 'aborted', cause: why }, this.#lat));
    }
    return this.#finish(active, seal);
  }

  /** From here on frames are no longer the run's. The first end that comes counts. */
  #detach(active: ActiveRun, ending: RunEnding): void {
    if (this.#active !== active) return;
    this.lost.forget();
    active.stop(ending);
    this.#active = undefined;
  }

  async #finish(active: ActiveRun, seal: boolean): Promise<RunFile> {
    let digests: SealDigests | undefined;
    try {
      digests = await active.close();
    } catch (cause) {
      // The engine lets go of a run when its log is sealed, whatever became of the folder.
      if (seal) await this.#seal({});
      throw new ApiError('RUN_STORAGE', (cause as Error).message);
    }
    if (seal && digests !== undefined) await this.#seal(digests);
    this.#last = active.writer.run;
    return this.#last;
  }

  async #seal(digests: SealDigests): Promise<void> {
    try {
      const asked = { timeout_ms: RUN_TIMEOUT_MS };
      await this.#options.engine().request('run.seal', { digests }, asked);
    } catch (cause) {
      // The folder is whole without the seal; whoever verifies it is told that the log is unsealed.
      this.#options.log.warn(cause, 'the log of the run could not be sealed');
    }
  }
}
