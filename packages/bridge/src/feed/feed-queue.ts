// In: what feeds have to do, in order and in small pieces. Out: the same, a slice in each turn of the loop, so
// that requests are answered however fast the market runs. While much waits, the engine keeps the feed to
// itself: its bounded ring knows how to lose.
import { Slice } from '../lib/slice.ts';

/** Bytes of frames that wait, above which the engine is told to hold the feed, and below which to go on. */
const HOLD_BYTES = 1024 * 1024;
const RESUME_BYTES = 64 * 1024;

interface Work {
  pieces: Iterator<void>;
  bytes: number;
}

export class FeedQueue {
  readonly #hold: (held: boolean) => void;
  readonly #slice: Slice;
  #waiting: Work[] = [];
  #bytes = 0;
  #held = false;

  constructor(hold: (held: boolean) => void, now?: () => number) {
    this.#hold = hold;
    this.#slice = new Slice(() => this.#work(), now);
  }

  /** Frames' bytes that wait. */
  get bytes(): number {
    return this.#bytes;
  }

  push(pieces: Iterator<void>, bytes: number): void {
    this.#waiting.push({ pieces, bytes });
    this.#bytes += bytes;
    // What is alone is done at once; behind others it is done in its turn.
    if (this.#waiting.length === 1) this.#work();
    if (this.#bytes > HOLD_BYTES) this.#tell(true);
  }

  /** Nothing that waits is of use any more, and whoever was told to hold is gone. */
  clear(): void {
    this.#waiting = [];
    this.#bytes = 0;
    this.#tell(false);
  }

  #work(): void {
    if (this.#waiting.length === 0) return;
    this.#slice.run(() => this.#step());
    if (this.#bytes <= RESUME_BYTES) this.#tell(false);
  }

  /** True while there is more. */
  #step(): boolean {
    const [first] = this.#waiting;
    if (first?.pieces.next().done) {
      this.#waiting.shift();
      this.#bytes -= first.bytes;
    }
    return this.#waiting.length > 0;
  }

  #tell(held: boolean): void {
    if (held === this.#held) return;
    this.#held = held;
    this.#hold(held);
  }
}
