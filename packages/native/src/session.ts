// In: calls of the engine. Out: the same calls on the native session, errors typed. One call a
// batch; events never cross as objects. No logic lives here.
import { type Addon, type AddonSession, loadAddon } from './addon.ts';
import { NativeError, nativeError } from './errors.ts';

/** Why `advance` returned. */
export const StopReason = {
  /** Virtual time has reached what was asked. */
  Until: 0,
  /** The work budget is used up. */
  Budget: 1,
  /** The source events of a quantum are in; controls and storms are due. */
  Quantum: 2,
  /** The source is exhausted and everything returned. */
  Ended: 3,
  /** The record class must be drained first. */
  Full: 4,
} as const;

/** Classes of frames to drain. */
export const FrameClass = { Record: 0, View: 1, Feed: 2 } as const;

/** What `view` answers besides the bytes of a view. */
export const ViewAnswer = {
  /** The storm ended in its slot. */
  Ended: 0,
  /** Trading is halted: the storm waits. */
  Suspended: 1,
} as const;

/** Bytes that a view may take: header, levels, own orders and trades at their bounds. */
export const VIEW_BYTES = 1280 * 1024;
/** Intents a storm may emit in one step. */
export const INTENTS_MAX = 4096;

/** Where events come from. */
export type SourceSpec =
  | { kind: 'itch'; path: string; framing?: 'auto' | 'binaryfile' | 'raw' }
  | ({ kind: 'synthetic' } & SyntheticSpec);

/** Parameters of the seeded generator; what is left out is its default. */
export interface SyntheticSpec {
  /** A decimal string. */
  seed: string;
  instruments?: number;
  /** Of the first instrument. */
  events_per_s?: number;
  /** 1/10000 dollar. */
  base_price?: number;
  tick_size?: number;
  live_orders?: number;
  halts_per_hour?: number;
}

/** What a session is opened with. */
export interface SessionConfig {
  source: SourceSpec;
  symbols?: string[];
  /** Run seed, a decimal string. */
  seed?: string;
  tick_size?: number;
  record_bytes?: number;
  feed_frames?: number;
}

/** What the code of a running storm keeps. */
export interface StormState {
  id: number;
  state: string;
}

/** One native session. */
export class Session {
  readonly #addon: AddonSession;

  constructor(addon: AddonSession) {
    this.#addon = addon;
  }

  /** Runs quanta up to `untilNs`, for at most `maxWork` events; see StopReason. */
  advance(untilNs: number, maxWork: number, stopAtQuantum: boolean): number {
    return typed(() => this.#addon.advance(untilNs, maxWork, stopAtQuantum));
  }

  /** At a quantum's end, after the controls: displaced quantity that is due returns. */
  returns(): void {
    typed(() => this.#addon.returns());
  }

  /** Writes what a storm sees in its slot and returns the bytes, or a ViewAnswer. */
  view(storm: number, into: Buffer): number {
    return typed(() => this.#addon.view(storm, into));
  }

  /** Executes a storm's intents; `answers` holds one IntentAnswer each. Returns their number. */
  inject(storm: number, intents: Uint8Array, answers: Buffer): number {
    return typed(() => this.#addon.inject(storm, intents, answers));
  }

  /** Ends the quantum: analytics, ticks, books. */
  closeQuantum(): void {
    typed(() => this.#addon.closeQuantum());
  }

  /** Complete wire frames of a class; undefined when there are none. */
  drain(frameClass: number): Buffer | undefined {
    return typed(() => this.#addon.drain(frameClass)) ?? undefined;
  }

  /** A rare request by name; see the session's control table. */
  control<Answer>(method: string, params: object = {}): Answer {
    const json = typed(() => this.#addon.control(JSON.stringify({ method, params })));
    return JSON.parse(json) as Answer;
  }

  /** The last quantum end reached, ns since venue midnight. */
  nowNs(): number {
    return typed(() => this.#addon.nowNs());
  }

  /** Quantum end of the next source event; 0 when there is none. */
  nextEventNs(): number {
    return typed(() => this.#addon.nextEventNs());
  }

  /** The last sequence. */
  seq(): number {
    return typed(() => this.#addon.seq());
  }

  /** The whole state of a session that no storm runs in, for a seek index. */
  plainCheckpoint(): Buffer {
    return typed(() => this.#addon.plainCheckpoint());
  }

  /** The whole state; `storms` are those that run, ids ascending, with what their code keeps. */
  checkpoint(storms: StormState[]): Buffer {
    const ids = storms.map(({ id }) => id);
    const states = storms.map(({ state }) => state);
    return typed(() => this.#addon.checkpoint(ids, states));
  }

  /**
   * Runs plain play to the first quantum end with `seq` behind it, for about `maxWork` events: the
   * StopReason, and the quantum end of the event before.
   */
  advanceToSeq(seq: number, maxWork: number): { reason: number; beforeNs: number } {
    const [reason = 0, beforeNs = 0] = typed(() => this.#addon.advanceToSeq(seq, maxWork));
    return { reason, beforeNs };
  }

  /** After a resume: what the code of each running storm kept. */
  stormStates(): StormState[] {
    return JSON.parse(typed(() => this.#addon.stormStates())) as StormState[];
  }

  /** After a resume: the run goes on in the log that it was resumed from. */
  recordOn(): void {
    typed(() => this.#addon.recordOn());
  }

  /** No quantum is under way: controls may be applied. */
  between(): boolean {
    return typed(() => this.#addon.between());
  }

  /** Risk gates that were latched in another session stay closed in this one. */
  adoptRisk(from: Session): void {
    typed(() => this.#addon.adoptRisk(from.#addon));
  }

  /** Releases files and memory; every later call fails. */
  close(): void {
    this.#addon.close();
  }
}

function typed<T>(call: () => T): T {
  try {
    return call();
  } catch (thrown) {
    throw nativeError(thrown);
  }
}

/** A session from the first checkpoint of a run's log, or the last one before a virtual time. */
export async function resumeSession(
  config: SessionConfig,
  log: string,
  beforeNs: number | null,
): Promise<Session> {
  try {
    const json = JSON.stringify(config);
    return new Session(await loadAddon().resumeSession(json, log, beforeNs));
  } catch (thrown) {
    throw thrown instanceof NativeError ? thrown : nativeError(thrown);
  }
}

/** Opens a source and a session over it, off the event loop. */
export async function openSession(config: SessionConfig, addon?: Addon): Promise<Session> {
  try {
    return new Session(await (addon ?? loadAddon()).openSession(JSON.stringify(config)));
  } catch (thrown) {
    throw thrown instanceof NativeError ? thrown : nativeError(thrown);
  }
}

/** Where a session begins without its source being digested again. */
export interface Landing {
  config: SessionConfig;
  /** What is read: the configured source, or an inflated copy of it. */
  source: SourceSpec;
  /** Digest of the configured source. */
  digest: string;
}

/** A session from a checkpoint of plain play, or from the start of its source. */
export async function landSession(
  { config, source, digest }: Landing,
  checkpoint: Buffer | null,
): Promise<Session> {
  try {
    const [what, read] = [JSON.stringify(config), JSON.stringify(source)];
    return new Session(await loadAddon().landSession(what, read, digest, checkpoint));
  } catch (thrown) {
    throw thrown instanceof NativeError ? thrown : nativeError(thrown);
  }
}

/** A session beside the one that the checkpoint was taken of; it goes on by itself and records nothing. */
export async function sessionBeside(
  { config, source, digest }: Landing,
  checkpoint: Buffer,
): Promise<Session> {
  try {
    const [what, read] = [JSON.stringify(config), JSON.stringify(source)];
    return new Session(await loadAddon().sessionBeside(what, read, digest, checkpoint));
  } catch (thrown) {
    throw thrown instanceof NativeError ? thrown : nativeError(thrown);
  }
}
