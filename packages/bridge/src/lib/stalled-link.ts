// In: frames for one target in virtual time. Out: the same frames in the same order, those that fall
// into a stall at its end. Bounded: a link that would hold more lets go at once and counts it.
import type { Frame } from './frame.ts';

/** Frames a stall may hold: 60 ms of one instrument is far below. */
const HELD_MAX = 4096;
const NS_PER_MS = 1_000_000;

export interface StalledLinkOptions {
  /** Until when a message of this virtual time is held. */
  until: (ts_ns: number) => number;
  /** Virtual ms per wall ms, now; 0 = as fast as possible. */
  speed: () => number;
  deliver: (frame: Frame) => void;
}

export class StalledLink {
  readonly #options: StalledLinkOptions;
  #held: Frame[] = [];
  #timer: NodeJS.Timeout | undefined;
  /** Frames that came late, and stalls cut short because too much was held. */
  stalled = 0;
  cut = 0;

  constructor(options: StalledLinkOptions) {
    this.#options = options;
  }

  push(frame: Frame): void {
    const end = this.#options.until(frame.tsRunNs);
    if (this.#held.length > 0) this.#hold(frame);
    else if (end <= frame.tsRunNs) this.#options.deliver(frame);
    else this.#stall(frame, end);
  }

  #stall(frame: Frame, end_ns: number): void {
    this.#hold(frame);
    const speed = this.#options.speed();
    const wait_ms = speed > 0 ? (end_ns - frame.tsRunNs) / NS_PER_MS / speed : 0;
    this.#timer = setTimeout(() => this.release(), wait_ms);
  }

  #hold(frame: Frame): void {
    this.#held.push(frame);
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
    for (const frame of held) this.#options.deliver(frame);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#held = [];
  }
}
