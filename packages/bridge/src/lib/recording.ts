// In: frames in order, requests to start and stop, news of the target, the engine's death. Out: at
// most one run at a time, in a folder that says what happened however it ended. Works without viewers
// and without a target. Waits for a target only where a verdict needs it, never with a stream.
import { rm } from 'node:fs/promises';
import {
  decodeChaosFrame,
  decodeHeartbeatFrame,
  decodeRiskFrame,
  decodeStormFrame,
  decodeTickFrame,
  FrameKind,
  type HeartbeatFrame,
  type StormFrame,
} from '@wavetank/abi';
import {
  createRunFolder,
  type RunEnding,
  type RunFile,
  type RunFolder,
  type RunTarget,
  RunWriter,
  type SealDigests,
  type Thresholds,
} from '@wavetank/recorder';
import type { TargetNews, TargetPoller } from '@wavetank/target';
import type { FastifyBaseLogger } from 'fastify';
import { noteHeartbeat, REAL_TIME_MILLI } from './bench-notes.ts';
import type { FrameRecord } from './delivery.ts';
import type { Engine } from './engine.ts';
import type { Frame } from './frame.ts';
import { ApiError } from './problem.ts';
import {
  endingOf,
  environment,
  equityOf,
  noTarget,
  openingOf,
  settleTarget,
  targetAtStart,
} from './run-facts.ts';

export interface RunRequest {
  symbols?: string[];
  who?: string;
  note?: string;
}

export interface RecordingOptions {
  runsDir: string;
  engine: () => Engine;
  heartbeat: () => HeartbeatFrame | undefined;
  poller: TargetPoller;
  /** The target was named; otherwise it takes part when the default address answers. */
  targetNamed: boolean;
  thresholds: Thresholds;
  now: () => number;
  log: FastifyBaseLogger;
}

export type RecordingState = 'idle' | 'starting' | 'recording' | 'stopping';

type Told = { [key: string]: unknown };
interface Active {
  writer: RunWriter;
  withTarget: boolean;
  polls: Set<Promise<void>>;
}

/** Engine work that may take longer than a plain answer: a checkpoint, a digest of a file. */
const RUN_TIMEOUT_MS = 60_000;
/** Refusals after which the engine may have started the run all the same. */
const LATE: ReadonlySet<string> = new Set(['ENGINE_TIMEOUT', 'ENGINE_ANSWER']);

export class Recording implements FrameRecord {
  readonly #options: RecordingOptions;
  #state: RecordingState = 'idle';
  #active: Active | undefined;
  /** The last writer: its lines may still be on their way to the disk when its run is over. */
  #writer: RunWriter | undefined;
  #closing: Promise<RunFile> | undefined;
  #lat: Frame | undefined;
  #last: RunFile | undefined;
  #notes: { kind: string; symbol: string | undefined; note: string }[] = [];

  constructor(options: RecordingOptions) {
    this.#options = options;
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

  get withTarget(): boolean {
    return this.#active?.withTarget ?? false;
  }

  /** True when no poll that a storm forced is under way. */
  get settled(): boolean {
    return this.#active === undefined || this.#active.polls.size === 0;
  }

  // --- the record that frames pass

  get idle(): boolean {
    return this.#writer?.idle ?? true;
  }

  async durable(): Promise<void> {
    try {
      await this.#writer?.flush();
    } catch (cause) {
      this.#options.log.error(cause, 'the run cannot be written');
      void this.stop('disk_failed').catch(() => {});
    }
  }

  observe(frame: Frame): void {
    if (frame.kind === FrameKind.Lat) this.#lat = frame;
    const active = this.#active;
    if (active === undefined || frame.seq < active.writer.run.start_seq) return;
    const { writer } = active;
    if (frame.kind === FrameKind.Tick && frame.recorded)
      writer.tick(decodeTickFrame(frame.payload));
    if (frame.kind === FrameKind.Chaos) writer.chaos(decodeChaosFrame(frame.payload));
    if (frame.kind === FrameKind.Risk) writer.risk(decodeRiskFrame(frame.payload));
    if (frame.kind === FrameKind.Storm) this.#storm(active, decodeStormFrame(frame.payload));
    if (frame.kind === FrameKind.Heartbeat && active.withTarget) {
      noteHeartbeat(writer.bench, decodeHeartbeatFrame(frame.payload));
    }
  }

  /** What a person said with a storm, for its first frame. */
  noteStorm(kind: string, symbol: string | undefined, note: string): void {
    this.#notes = [...this.#notes.slice(-15), { kind, symbol, note }];
  }

  #storm(active: Active, frame: StormFrame): void {
    const at = this.#notes.findIndex(
      ({ kind, symbol }) => kind === frame.kind_name && (symbol ?? frame.symbol) === frame.symbol,
    );
    for (const { type } of active.writer.storm(frame, this.#notes[at]?.note ?? null)) {
      if (type === 'storm_start' && at >= 0) this.#notes.splice(at, 1);
      if (active.withTarget) this.#pollEquity(active, frame, type === 'storm_start');
    }
  }

  #pollEquity(active: Active, { storm_id }: StormFrame, starting: boolean): void {
    const polled = this.#options.poller.pollFresh().then((poll) => {
      active.writer.storms.equity(storm_id, starting ? 'start' : 'stop', equityOf(poll));
      active.polls.delete(polled);
    });
    active.polls.add(polled);
  }

  silence(stall_ms: number): void {
    this.#active?.writer.bench.silence(stall_ms);
  }

  news(news: TargetNews): void {
    const active = this.#active;
    if (active === undefined || !active.withTarget) return;
    const { type, ...facts } = news;
    active.writer.outside(type, { bot: active.writer.run.target.bot, ...facts });
  }

  // --- start

  async start(request: RunRequest): Promise<RunFile> {
    if (this.#state !== 'idle') throw new ApiError('RUN_ACTIVE', `a run is ${this.#state}`);
    this.#state = 'starting';
    try {
      const target = await this.#targetAtStart();
      const folder = await this.#folder();
      return await this.#open(folder, request, target);
    } catch (cause) {
      if (this.#state === 'starting') this.#state = 'idle';
      throw cause;
    }
  }

  async #targetAtStart(): Promise<RunTarget> {
    const { poller, targetNamed, thresholds, heartbeat } = this.#options;
    const beat = heartbeat();
    if (beat === undefined) throw new ApiError('ENGINE_DOWN', 'no heartbeat of an engine');
    if (!targetNamed && !(await poller.health()).online) return noTarget(thresholds);
    if (beat.speed_milli !== REAL_TIME_MILLI) {
      const speed = beat.speed_milli === 0 ? 'max' : beat.speed_milli / 1000;
      throw new ApiError('TARGET_NEEDS_REAL_TIME', `speed is ${speed}, the target lives at 1`);
    }
    return targetAtStart(poller.url, await poller.pollFresh(), thresholds);
  }

  async #folder(): Promise<RunFolder> {
    const { runsDir, now } = this.#options;
    try {
      return await createRunFolder(runsDir, now());
    } catch (cause) {
      throw new ApiError('RUN_STORAGE', (cause as Error).message);
    }
  }

  async #open(folder: RunFolder, request: RunRequest, target: RunTarget): Promise<RunFile> {
    const { engine, now } = this.#options;
    const { run_id, dir } = folder;
    const withTarget = target.bot !== null;
    const lines = await RunWriter.prepare(dir);
    const begin = (told: Told): void => {
      const writer = RunWriter.start(
        dir,
        lines,
        {
          ...openingOf(told),
          run_id,
          who: request.who ?? null,
          note: request.note ?? null,
          environment: environment(engine().status.pid),
          target,
        },
        now,
      );
      this.#writer = writer;
      this.#active = { writer, withTarget, polls: new Set() };
      this.#state = 'recording';
    };
    try {
      const params = { ...request, run_id, dir, class: withTarget ? 'D1' : 'D0' };
      await engine().request('run.start', params, {
        timeout_ms: RUN_TIMEOUT_MS,
        onAnswer: begin,
      });
    } catch (cause) {
      if (cause instanceof ApiError && LATE.has(cause.code)) this.#takeBack();
      await Promise.allSettled(lines.map((line) => line.close()));
      await rm(dir, { recursive: true, force: true });
      throw cause;
    }
    return this.#announce(run_id);
  }

  /** The engine may record a run that nobody here knows: it is told to end it. */
  #takeBack(): void {
    const { engine, log } = this.#options;
    engine()
      .request('run.stop', { cause: 'bridge_failed' })
      .catch((cause) => log.warn(cause, 'a run without a folder could not be ended'));
  }

  async #announce(run_id: string): Promise<RunFile> {
    const writer = this.#writer;
    if (writer?.run.run_id !== run_id) throw new ApiError('ENGINE_ANSWER', 'run.start: no answer');
    await writer.announce();
    await writer.flush();
    return writer.run;
  }

  // --- stop

  /** Stops the run; whoever asks while it stops gets the same end. */
  stop(cause: string): Promise<RunFile> {
    if (this.#closing !== undefined) return this.#closing;
    const active = this.#active;
    if (active === undefined) return Promise.reject(new ApiError('RUN_NONE', 'nothing to stop'));
    return this.#close(this.#askToStop(active, cause));
  }

  /** The engine ended the run by itself and tells how. */
  closedByEngine(told: Told): void {
    const active = this.#active;
    if (active === undefined) return;
    const status = told.status === 'aborted' ? 'aborted' : 'complete';
    const cause = typeof told.cause === 'string' ? told.cause : 'engine';
    this.#detach(active, endingOf(told, { status, cause }, this.#lat));
    if (this.#closing === undefined) void this.#close(this.#finish(active, true));
  }

  /** The engine went: there is nobody to continue the run. */
  engineLost(reason: string): void {
    const active = this.#active;
    if (active === undefined) return;
    active.writer.bench.fault('engine_down');
    const how = { status: 'aborted', cause: 'engine_death', engine_down: reason } as const;
    this.#detach(active, endingOf({}, how, this.#lat));
    if (this.#closing === undefined) void this.#close(this.#finish(active, false));
  }

  #close(ending: Promise<RunFile>): Promise<RunFile> {
    this.#state = 'stopping';
    this.#closing = ending.finally(() => {
      this.#closing = undefined;
      this.#state = 'idle';
    });
    this.#closing.catch((cause) => this.#options.log.error(cause, 'the run could not be closed'));
    return this.#closing;
  }

  async #askToStop(active: Active, cause: string): Promise<RunFile> {
    let sealed = true;
    try {
      await this.#options.engine().request(
        'run.stop',
        { cause },
        {
          timeout_ms: RUN_TIMEOUT_MS,
          onAnswer: (told: Told) => {
            const status = cause === 'disk_failed' ? 'aborted' : 'complete';
            this.#detach(active, endingOf(told, { status, cause }, this.#lat));
          },
        },
      );
    } catch (refused) {
      sealed = false;
      const why = refused instanceof ApiError ? refused.code.toLowerCase() : 'engine_failed';
      this.#detach(active, endingOf({}, { status: 'aborted', cause: why }, this.#lat));
    }
    return this.#finish(active, sealed);
  }

  /** From here on frames are no longer the run's. The first end that comes counts. */
  #detach(active: Active, ending: RunEnding): void {
    if (this.#active !== active) return;
    active.writer.stop(ending);
    this.#active = undefined;
  }

  async #finish(active: Active, seal: boolean): Promise<RunFile> {
    const { writer, withTarget, polls } = active;
    if (withTarget) {
      settleTarget(writer.run.target, await this.#options.poller.pollFresh());
      await Promise.allSettled(polls);
      writer.storms.settleOpen(writer.run.target.end_equity);
    }
    const digests = await writer.close();
    if (seal && digests !== undefined) await this.#seal(digests);
    this.#last = writer.run;
    return writer.run;
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
