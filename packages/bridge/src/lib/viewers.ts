// In: frames and notices for everybody. Out: every viewer served by its own measure; counts for
// /status and /metrics. A newcomer first gets what the others already know.
import type { Frame } from './frame.ts';
import type { Notice, Viewer } from './viewer.ts';

export class Viewers {
  readonly #all = new Set<Viewer>();
  readonly #closed = new Map<string, number>();
  #droppedBefore = 0;
  readonly max: number;

  constructor(max: number) {
    this.max = max;
  }

  get count(): number {
    return this.#all.size;
  }

  get full(): boolean {
    return this.#all.size >= this.max;
  }

  /** Frames that viewers missed because they were slow, those of gone viewers included. */
  get dropped(): number {
    let dropped = this.#droppedBefore;
    for (const viewer of this.#all) dropped += viewer.dropped;
    return dropped;
  }

  /** Viewers that went, by reason. */
  get closed(): ReadonlyMap<string, number> {
    return this.#closed;
  }

  add(viewer: Viewer, known: Iterable<Frame | Notice>): void {
    this.#all.add(viewer);
    for (const one of known) {
      if ('payload' in one) viewer.offer(one as Frame);
      else viewer.notice(one);
    }
  }

  remove(viewer: Viewer, reason: string): void {
    if (!this.#all.delete(viewer)) return;
    this.#droppedBefore += viewer.dropped;
    this.#closed.set(reason, (this.#closed.get(reason) ?? 0) + 1);
  }

  broadcast(frame: Frame): void {
    for (const viewer of this.#all) viewer.offer(frame);
  }

  notice(notice: Notice): void {
    for (const viewer of this.#all) viewer.notice(notice);
  }

  ping(): void {
    for (const viewer of this.#all) viewer.ping();
  }

  closeAll(code: number, reason: string): void {
    for (const viewer of this.#all) viewer.close(code, reason);
  }
}
