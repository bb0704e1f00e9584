// In: a session held in a quantum whose storms have acted, and their code. Out: checkpoints in the
// run's log: at its start, then every ten virtual seconds, less often where that would cost more than
// a fiftieth of wall time. Wall time decides only whether one is written: nothing hangs on it.
import type { Session, StormState } from '@wavetank/native';
import type { StormReport } from './native-answers.ts';
import type { StormLibrary } from './storm-library.ts';
import type { KeptStorm, StormSlots } from './storm-slots.ts';

const EVERY_NS = 10_000_000_000;
/** Wall time that must pass for each wall time spent. */
const SPARING = 50;

/** A storm of a checkpoint: its code by name and digest, and what that kept. */
export interface SavedStorm extends KeptStorm {
  kind: string;
  code: string;
  /** File of an own storm. */
  module: string | null;
}

/** What checkpoints of this run have cost. */
export interface CheckpointFacts {
  written: number;
  bytes: number;
  last_ms: number;
  total_ms: number;
}

export class Checkpoints {
  readonly facts: CheckpointFacts = { written: 0, bytes: 0, last_ms: 0, total_ms: 0 };
  readonly #library: StormLibrary;
  #nextNs = 0;
  #notBeforeMs = 0;

  constructor(library: StormLibrary) {
    this.#library = library;
  }

  /** One should be written at the end of the next quantum. */
  due(nowNs: number): boolean {
    return nowNs >= this.#nextNs && performance.now() >= this.#notBeforeMs;
  }

  /** Writes one into the run's log. */
  write(session: Session, slots: StormSlots): void {
    const began = performance.now();
    const storms = savedStorms(session, slots, this.#library);
    const { bytes } = session.control<{ bytes: number }>('run.checkpoint', { storms });
    const cost = performance.now() - began;
    this.#nextNs = session.nowNs() + EVERY_NS;
    this.#notBeforeMs = began + cost * SPARING;
    this.facts.written++;
    this.facts.bytes += bytes;
    this.facts.last_ms = cost;
    this.facts.total_ms += cost;
  }
}

/** Running storms as a checkpoint keeps them. */
export function savedStorms(
  session: Session,
  slots: StormSlots,
  library: StormLibrary,
): StormState[] {
  return slots.kept().map(({ id, kept }) => {
    const { kind } = session.control<StormReport>('storm.get', { id });
    const { code = '', file: module = null } = library.get(kind) ?? {};
    const saved: SavedStorm = { kind, code, module, ...kept };
    return { id, state: JSON.stringify(saved) };
  });
}
