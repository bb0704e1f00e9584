// In: the log of a recorded run and a plan of its controls. Out: what the log says, the run executed
// again by plain books, the first record in which two logs differ. No logic lives here.
import { loadAddon } from './addon.ts';
import { nativeError } from './errors.ts';
import type { SourceSpec } from './session.ts';

/** A record of a log that holds no events; of a checkpoint the body says where it was taken. */
export interface LogText {
  kind: 'control' | 'checkpoint' | 'note' | 'seal';
  index: number;
  seq: number;
  /** Null when it is no JSON. */
  body: unknown;
}

export interface LogReport {
  state: 'sealed' | 'unsealed' | 'torn_tail' | 'corrupt';
  /** The state in words, with segment and offset where there is a place. */
  why: string;
  /** File and offset where the good records end, unless they end where the log does. */
  segment: string | null;
  offset: number | null;
  records: number;
  last_seq: number;
  source_events: number;
  inserted_events: number;
  texts: LogText[];
}

/** The first place where a run and its repetition part. */
export interface Difference {
  seq: number;
  ts_ns: number;
  expected: string;
  found: string;
}

export interface ReplayControl {
  after_seq: number;
  at_ts_run_ns: number;
  held: boolean;
  watch?: string[];
  starts?: boolean;
}

export interface ReplayPlan {
  /** Folder of the log. */
  log: string;
  source: SourceSpec;
  tick_size?: number;
  controls: ReplayControl[];
}

export interface ReplayDigests {
  seq: number;
  ts_run_ns: number;
  run_digest: string;
  market_digest: string;
  twin_digest: string;
}

export interface ReplayReport {
  seq: number;
  virtual_ms: number;
  inserted: number;
  start: ReplayDigests | null;
  end: ReplayDigests | null;
  difference: Difference | null;
  source_digest: string;
  position: number;
  length: number;
}

interface AddonReplay {
  advance(maxEvents: number): boolean;
  drain(): Buffer | null;
  report(): string;
}

interface AddonRecords {
  next(bytes: number): Buffer | null;
}

interface VerifyAddon {
  LogRecords: new (dir: string) => AddonRecords;
  Replay: new (plan: string) => AddonReplay;
  readLog(dir: string): string;
  logDifference(expected: string, found: string): string | null;
}

const addon = (): VerifyAddon => loadAddon() as unknown as VerifyAddon;

function typed<T>(call: () => T): T {
  try {
    return call();
  } catch (thrown) {
    throw nativeError(thrown);
  }
}

/** A recorded run that plain books execute again. */
export class Replay {
  readonly #inner: AddonReplay;

  constructor(plan: ReplayPlan) {
    this.#inner = typed(() => new (addon().Replay)(JSON.stringify(plan)));
  }

  /** Executes about `maxEvents` more; false once the end or a difference is reached. */
  advance(maxEvents: number): boolean {
    return typed(() => this.#inner.advance(maxEvents));
  }

  /** Complete wire frames that wait. */
  drain(): Buffer | undefined {
    return this.#inner.drain() ?? undefined;
  }

  report(): ReplayReport {
    return JSON.parse(this.#inner.report()) as ReplayReport;
  }
}

const RECORDS_BYTES = 1 << 20;

/** Every event of a log in order, some at a time, as bytes of `Record`. */
export function* logRecords(dir: string): Generator<Buffer> {
  const records = typed(() => new (addon().LogRecords)(dir));
  for (;;) {
    const bytes = typed(() => records.next(RECORDS_BYTES));
    if (bytes === null) return;
    yield bytes;
  }
}

/** State of a log, and everything in it that is not an event. */
export const readLog = (dir: string): LogReport =>
  JSON.parse(typed(() => addon().readLog(dir))) as LogReport;

/** The first inserted record in which two logs differ. */
export function logDifference(expected: string, found: string): Difference | undefined {
  const json = typed(() => addon().logDifference(expected, found));
  return json === null ? undefined : (JSON.parse(json) as Difference);
}
