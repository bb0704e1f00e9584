// What a verification says: three parts, each with its faults. Types, and the worst of them as one
// word. Knows no file.

export type PartState = 'ok' | 'failed' | 'skipped';

/** One thing that is wrong, with its place where there is one. */
export interface Fault {
  /** File of the run folder, or `source`. */
  where: string;
  seq?: number;
  ts_run_ns?: number;
  what: string;
  expected?: string;
  found?: string;
  /** A digest, line or record differs, rather than something missing or not closed. */
  differs: boolean;
}

export interface Part {
  state: PartState;
  faults: Fault[];
  /** What was compared, or why it was not. */
  note: string;
}

export interface VerifyReport {
  run_id: string;
  dir: string;
  status: string;
  class: string;
  verified: boolean;
  /** Something differs from what was recorded. */
  differs: boolean;
  integrity: Part;
  replay: Part;
  regenerate: Part;
}

/** Faults named in full; those beyond are only counted. */
const NAMED = 20;

export class Faults {
  readonly list: Fault[] = [];
  #beyond = 0;

  add(fault: Fault): void {
    if (this.list.length < NAMED) this.list.push(fault);
    else this.#beyond++;
  }

  get any(): boolean {
    return this.list.length > 0;
  }

  /** The part that these faults make; `note` says what was compared. */
  part(note: string): Part {
    const more = this.#beyond > 0 ? `; ${this.#beyond} further faults` : '';
    return { state: this.any ? 'failed' : 'ok', faults: this.list, note: note + more };
  }
}

export const skipped = (note: string): Part => ({ state: 'skipped', faults: [], note });
