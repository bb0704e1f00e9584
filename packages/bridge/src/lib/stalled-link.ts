// In: messages for one target in virtual time. Out: the same in the same order, those that fall
// into a stall at its end. Bounded: a link that would hold more lets go at once and counts it.

/** Messages a stall may hold: 60 ms of one instrument is far below. */
const HELD_MAX = 4096;
const NS_PER_MS = 1_000_000;

/** What has a moment of virtual time. */
export interface Timed {
  readonly tsRunNs: number;
}

export interface StalledLinkOptions<T extends Timed> {
  /** Until when a message of this virtual time is held. */
  until: (ts_ns: number) => number;
  /** Virtual ms per wall ms, now; 0 = as fast as possible. */
  speed: () => number;
  deliver: (message: T) => void;
}

export class StalledLink<T extends Timed> {
  readonly #options: StalledLinkOptions<T>;
  #held: T[] = [];
  #timer: NodeJS.Timeout | undefined;
  /** Messages that came late, and stalls cut short because too much was held. */
  stalled = 0;
  cut = 0;

  constructor(options: StalledLinkOptions<T>) {
    this.#options = options;
  }

  push(message: T): void {
    const end = this.#options.until(message.tsRunNs);
    if (this.#held.length > 0) this.#hold(message);
    else if (end <= message.tsRunNs) this.#options.deliver(message);
    else this.#stall(message, end);
  }

  #stall(message: T, end_ns: number): void {
    this.#hold(message);
    const speed = this.#options.speed();
    const wait_ms = speed > 0 ? (end_ns - message.tsRunNs) / NS_PER_MS / speed : 0;
    this.#timer = setTimeout(() => this.release(), wait_ms);
  }

  #hold(message: T): void {
    this.#held.push(message);
    this.stalled++;
    if (this.#held.length <= HELD_MAX) return;
    this.cut++;
    this.release();
  }

  /** Everything held goes out, in order. */
  release(): void {
    clearTimeout(this.#timer);
    const held = this.#held;
    this.#held = [];
    for (const message of held) this.#options.deliver(message);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#held = [];
  }
}
