// In: work in steps. Out: as many of them in a turn of the loop as fit a few milliseconds, the rest in the
// turns that follow: whoever asks meanwhile is served in between.

/** Wall time of one kind of work in one turn. */
const SLICE_MS = 8;

export class Slice {
  readonly #next: () => void;
  readonly #now: () => number;
  #turn: NodeJS.Immediate | undefined;
  #spentMs = 0;

  /** `next` is called in the turn after each in which something was done. */
  constructor(next: () => void, now = () => performance.now()) {
    this.#next = next;
    this.#now = now;
  }

  /** Nothing more is done in this turn. */
  get over(): boolean {
    return this.#spentMs >= SLICE_MS;
  }

  /** Takes steps while they say that there are more and the turn has time. */
  run(step: () => boolean): void {
    this.#turn ??= setImmediate(() => this.#begin());
    let at = this.#now();
    for (let more = true; more && !this.over; ) {
      more = step();
      const now = this.#now();
      this.#spentMs += now - at;
      at = now;
    }
  }

  #begin(): void {
    this.#turn = undefined;
    this.#spentMs = 0;
    this.#next();
  }
}
