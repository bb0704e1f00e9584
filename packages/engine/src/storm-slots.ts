// In: a session held in a quantum. Out: each running storm stepped in its slot, in order of id, its
// intents injected and their answers kept for its next step. A storm that fails is aborted alone.
import { EVENT_SIZE } from '@wavetank/abi';
import { INTENTS_MAX, type Session, VIEW_BYTES, ViewAnswer } from '@wavetank/native';
import {
  type AnyStorm,
  encodeIntents,
  intensityOf,
  judgedStep,
  StormFault,
  StormView,
  type Touch,
} from '@wavetank/storms';

const ANSWER_SIZE = 16;
/** How often a storm's intensity is told. */
const INTENSITY_NS = 100_000_000;

interface Running {
  module: AnyStorm;
  state: unknown;
  answers: Buffer;
  answered: number;
  /** Its intensity was told once. */
  told: boolean;
}

/** A storm's code as a checkpoint keeps it. */
export interface KeptStorm {
  state: unknown;
  /** Base64 of the answers as they lie in memory. */
  answers: string;
}

export interface SlotsListener {
  ended: (id: number, why?: string) => void;
}

/** Storms in lockstep with the market. */
export class StormSlots {
  readonly #running = new Map<number, Running>();
  readonly #view = new StormView();
  readonly #viewBytes = Buffer.alloc(VIEW_BYTES);
  readonly #intents = Buffer.alloc(INTENTS_MAX * EVENT_SIZE);
  readonly #listener: SlotsListener;
  /** Told before a storm ends because its code failed. */
  failed: (id: number, why: string) => void = () => {};

  constructor(listener: SlotsListener) {
    this.#listener = listener;
  }

  get count(): number {
    return this.#running.size;
  }

  /** Takes in a storm that the session has started, with its first state. */
  add(id: number, module: AnyStorm, state: unknown): void {
    const answers = Buffer.alloc(INTENTS_MAX * ANSWER_SIZE);
    this.#running.set(id, { module, state, answers, answered: 0, told: false });
  }

  /** What a checkpoint keeps of each storm's code: its state and the answers to its last intents. */
  kept(): { id: number; kept: KeptStorm }[] {
    return [...this.#running].map(([id, { state, answers, answered }]) => {
      const told = answers.subarray(0, answered * ANSWER_SIZE).toString('base64');
      return { id, kept: { state, answers: told } };
    });
  }

  /** Takes in a storm as a checkpoint kept it. */
  restore(id: number, module: AnyStorm, kept: KeptStorm): void {
    this.add(id, module, kept.state);
    const storm = this.#running.get(id);
    if (storm === undefined) return;
    storm.answered = storm.answers.write(kept.answers, 'base64') / ANSWER_SIZE;
  }

  /** Every storm's slot of the quantum that is held. */
  step(session: Session): void {
    // Ids only grow, so insertion order is the order of ids.
    for (const [id, storm] of this.#running) {
      const bytes = session.view(id, this.#viewBytes);
      if (bytes === ViewAnswer.Ended) this.#end(id);
      else if (bytes !== ViewAnswer.Suspended) this.#stepOne(session, id, storm, bytes);
    }
  }

  #stepOne(session: Session, id: number, storm: Running, bytes: number): void {
    try {
      const told = storm.answers.subarray(0, storm.answered * ANSWER_SIZE);
      const view = this.#view.load(this.#viewBytes.subarray(0, bytes), told);
      const { state, intents } = judgedStep(storm.module, storm.state, view);
      const length = encodeIntents(intents, view.instrumentId, view.tsNs, this.#intents);
      storm.state = state;
      storm.answered =
        length === 0 ? 0 : session.inject(id, this.#intents.subarray(0, length), storm.answers);
      if (!storm.told || view.tsNs % INTENSITY_NS === 0) this.#tell(session, id, storm);
    } catch (error) {
      session.control('storm.abort', { id });
      this.#end(id, said(error));
    }
  }

  /** What is asked of the storm now, and what its view shows of it. */
  #tell(session: Session, id: number, storm: Running): void {
    const { module, state } = storm;
    storm.told = true;
    const touch = session.control<Touch>('storm.touch', { id });
    const intensity = intensityOf(module, state, this.#view, touch);
    if (intensity !== undefined) session.control('storm.intensity', { id, ...intensity });
  }

  /** The session ended this storm outside of its slot. */
  drop(id: number): void {
    if (this.#running.has(id)) this.#end(id);
  }

  #end(id: number, why?: string): void {
    this.#running.delete(id);
    if (why === undefined) this.#listener.ended(id);
    else {
      this.failed(id, why);
      this.#listener.ended(id, why);
    }
  }
}

function said(error: unknown): string {
  if (error instanceof StormFault) return `${error.code}: ${error.message}`;
  return error instanceof Error ? error.message : String(error);
}
