// The run that is recorded: who owns it, and its end when its owner cannot give it one. In: requests
// at quantum ends, departures. Out: the native log opened, stopped, sealed. The folder's other files
// are the bridge's; after its death the recorder package closes them.
import { closeAborted } from '@wavetank/recorder';
import { Checkpoints } from './checkpoints.ts';
import type { Engine } from './engine.ts';
import { EngineError } from './errors.ts';
import type { RunEnd } from './native-answers.ts';
import type { ResumedRun, ResumeOptions } from './resume-run.ts';

/** A run that goes on is adopted by then. */
const ADOPTED_MS = 30_000;

interface Active {
  runId: string;
  dir: string;
  owner: object;
  /** Code digests of the kinds that the run saw. */
  code: Record<string, string>;
  end: RunEnd | undefined;
}

export interface RunRequest {
  run_id: string;
  dir: string;
  symbols: string[];
  log_source: boolean;
}

export class Recording {
  readonly #engine: Engine;
  #active: Active | undefined;
  #closing: Promise<void> = Promise.resolve();
  /** Sets a run that was resumed going again, once somebody owns it. */
  #orphan: (() => void) | undefined;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** A run is recorded, or was stopped and waits for its seal. */
  get open(): boolean {
    return this.#active !== undefined;
  }

  /** Starts a run at the quantum end that is held; one without its first checkpoint is taken back. */
  start(request: RunRequest, owner: object): object {
    const timeline = this.#engine.need();
    const { session } = timeline;
    const answer = session.control<object>('run.start', request);
    const checkpoints = new Checkpoints(this.#engine.library);
    try {
      checkpoints.write(session, timeline.storms);
    } catch (error) {
      session.control('run.stop');
      session.control('run.seal', { digests: {} });
      throw error;
    }
    timeline.checkpoints = checkpoints;
    const { run_id, dir } = request;
    this.#active = { runId: run_id, dir, owner, code: {}, end: undefined };
    return answer;
  }

  /** A run that goes on after its engine died; nobody owns it until it is adopted. */
  resume({ timeline, runId, code, backlog }: ResumedRun, { dir, playing }: ResumeOptions): void {
    this.#active = { runId, dir, owner: this, code, end: undefined };
    this.#orphan = () => {
      for (const bytes of backlog) this.#engine.wire.record(bytes);
      timeline.session.control('risk.gap');
      timeline.checkpoints = new Checkpoints(this.#engine.library);
      this.#engine.loop.play(playing);
    };
    setTimeout(() => {
      if (this.#orphan === undefined) return;
      this.#orphan = undefined;
      this.abort('bridge_death');
    }, ADOPTED_MS).unref();
  }

  /** The run is this connection's from here on; what its record lacks comes behind the answer. */
  adopt(runId: string, owner: object): object {
    const [active, orphan] = [this.#active, this.#orphan];
    if (active?.runId !== runId || orphan === undefined) {
      throw new EngineError('RUN_LOST', `run ${runId} does not go on here`);
    }
    active.owner = owner;
    this.#orphan = undefined;
    setImmediate(orphan);
    const { seq, ts_run_ns } = this.#engine.need().status();
    return { run_id: runId, seq, ts_run_ns };
  }

  /** A storm of this kind belongs to the run. */
  stormStarted(kind: string, code: string): void {
    if (this.#active !== undefined) this.#active.code[kind] = code;
  }

  #stormCode(): Record<string, string> {
    return { ...this.#active?.code };
  }

  /**
   * Ends the run at the quantum end that is held; its log waits for the seal. Where the log cannot be
   * written any more nothing can be sealed, and another source may be opened.
   */
  stop(cause: string): object {
    const timeline = this.#engine.need();
    timeline.checkpoints = undefined;
    let end: RunEnd;
    try {
      end = timeline.session.control<RunEnd>('run.stop');
    } catch (error) {
      if (this.#active?.end === undefined) this.#active = undefined;
      throw error;
    }
    if (this.#active !== undefined) this.#active.end = end;
    return { ...end, cause, storm_code: this.#stormCode() };
  }

  /** Seals the log with the digests of the run's files. */
  seal(digests: object): object {
    const answer = this.#engine.need().session.control<object>('run.seal', { digests });
    this.#active = undefined;
    return answer;
  }

  /** The source is exhausted: a run stops by itself. */
  sourceEnded(): void {
    if (this.#active === undefined || this.#active.end !== undefined) return;
    const { runId } = this.#active;
    this.#engine.need().notice('run_closed', { run_id: runId, ...this.stop('source_end') });
  }

  /** The connection that started the run is gone. */
  ownerLeft(client: object): void {
    if (this.#active?.owner === client) this.abort('bridge_death');
  }

  /** Closes run and folder as aborted. */
  abort(cause: string): void {
    const active = this.#active;
    const timeline = this.#engine.timeline;
    if (active === undefined || timeline === undefined) return;
    this.#active = undefined;
    this.#closing = this.#engine.controls
      .at(() => {
        this.#active = active;
        const end = active.end ?? (this.stop(cause) as RunEnd);
        const code = this.#stormCode();
        this.#active = undefined;
        return { end, code };
      })
      .then(async ({ end, code }) => {
        const facts = { cause, wall_ms: Date.now(), storm_code: code, ...placeOf(end) };
        const digests = await closeAborted(active.dir, facts);
        timeline.session.control('run.seal', { digests: digests ?? {} });
        this.#engine.log.warn({ run_id: active.runId, cause }, 'run closed as aborted');
      })
      .catch((error: unknown) => {
        this.#engine.log.error({ err: error, run_id: active.runId }, 'run could not be closed');
      });
  }

  /** Waits until a run that is being closed is closed; one that is open is closed as aborted. */
  async settle(cause: string): Promise<void> {
    this.abort(cause);
    await this.#closing;
  }
}

const placeOf = ({ end_seq, ended_ts_ns, run_digest, market_digest }: RunEnd) => ({
  end_seq,
  ended_ts_ns,
  run_digest,
  market_digest,
});
