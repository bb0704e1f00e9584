// In: what a person said when asking for a storm, and Storm frames. Out: the words that belong to a
// storm's first frame, whichever comes first, the answer or the frame. Knows no run.
import type { StormFrame } from '@wavetank/abi';

export interface StormNote {
  kind: string;
  symbol: string | undefined;
  note: string;
  /** Known once the engine answered. */
  id?: number;
}

const SEEN_KEPT = 256;

export class StormNotes {
  readonly #waiting = new Set<StormNote>();
  readonly #seen = new Set<number>();

  add(note: StormNote): void {
    this.#waiting.add(note);
  }

  /** The engine refused the storm. */
  drop(note: StormNote): void {
    this.#waiting.delete(note);
  }

  /** The words for a storm that is seen for the first time; null for every later frame. */
  take(frame: StormFrame): string | null {
    const { storm_id, kind_name, symbol } = frame;
    if (this.#seen.has(storm_id)) return null;
    this.#see(storm_id);
    for (const note of this.#waiting) {
      const same = note.kind === kind_name && (note.symbol ?? symbol) === symbol;
      if (note.id !== undefined ? note.id !== storm_id : !same) continue;
      this.#waiting.delete(note);
      return note.note;
    }
    return null;
  }

  #see(id: number): void {
    this.#seen.add(id);
    const [oldest] = this.#seen;
    if (this.#seen.size > SEEN_KEPT && oldest !== undefined) this.#seen.delete(oldest);
  }

  /** Another engine or timeline numbers its storms anew. */
  forget(): void {
    this.#waiting.clear();
    this.#seen.clear();
  }
}
