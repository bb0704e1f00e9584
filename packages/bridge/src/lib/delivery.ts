// In: frames in order. Out: the same frames in the same order, each only once what it shows is on
// disk. While nothing waits for the disk a frame passes through at once; while something does, frames
// gather and pass together, so one commit serves all of them; a turn of the loop passes a slice of them.
import type { Frame } from './frame.ts';

export interface FrameRecord {
  /** Takes what a frame holds for the record. */
  observe(frame: Frame): void;
  /** True when nothing observed waits for the disk. */
  readonly idle: boolean;
  /** Resolves when all observed is on disk; a failed disk is the record's to tell, not ours. */
  durable(): Promise<void>;
}

/** Bytes that may wait for the disk before the engine is held. */
const HELD_BYTES_MAX = 8 * 1024 * 1024;
/** Wall time of passing frames on in one turn of the loop. */
const SLICE_MS = 8;

export class Delivery {
  readonly #record: FrameRecord;
  readonly #deliver: (frame: Frame) => void;
  readonly #hold: (held: boolean) => void;
  #waiting: Frame[] = [];
  #waitingBytes = 0;
  #draining = false;

  constructor(record: FrameRecord, deliver: (frame: Frame) => void, hold: (held: boolean) => void) {
    this.#record = record;
    this.#deliver = deliver;
    this.#hold = hold;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  push(frame: Frame): void {
    this.#record.observe(frame);
    if (!this.#draining && this.#record.idle) this.#deliver(frame);
    else this.#wait(frame);
  }

  #wait(frame: Frame): void {
    this.#waiting.push(frame);
    this.#waitingBytes += frame.payload.byteLength;
    if (this.#waitingBytes > HELD_BYTES_MAX) this.#hold(true);
    if (!this.#draining) void this.#drain();
  }

  async #drain(): Promise<void> {
    this.#draining = true;
    while (this.#waiting.length > 0) {
      const count = this.#waiting.length;
      await this.#record.durable();
      // What came meanwhile may show what is not on disk yet: it waits for the next commit.
      const frames = this.#waiting.slice(0, count);
      this.#waiting = this.#waiting.slice(count);
      await this.#pass(frames);
      if (this.#waitingBytes <= HELD_BYTES_MAX) this.#hold(false);
    }
    this.#draining = false;
  }

  async #pass(frames: readonly Frame[]): Promise<void> {
    let began = performance.now();
    for (const frame of frames) {
      if (performance.now() - began > SLICE_MS) {
        await nextTurn();
        began = performance.now();
      }
      this.#waitingBytes -= frame.payload.byteLength;
      this.#deliver(frame);
    }
  }
}

const nextTurn = (): Promise<void> => new Promise((resume) => setImmediate(resume));
