// In: "something changed". Out: listeners called at most five times a second, at once for news.
// What lies between the stream and React: nothing a viewer does can make it render more often.
import type { Desk } from './desk.ts';

const EVERY_MS = 200;

export class Publisher {
  readonly desk: Desk;
  /** Counts publications. */
  edition = 0;
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | null = null;
  private shown = '';

  constructor(desk: Desk) {
    this.desk = desk;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly changed = (): void => {
    const { link, news, symbol, sight, isHeatShown, window_s } = this.desk;
    const urgent = [link.phase, news, symbol, sight.isBack, isHeatShown, window_s].join(' ');
    if (urgent !== this.shown) {
      this.shown = urgent;
      this.publish();
    } else if (this.timer === null) {
      this.timer = setTimeout(this.publish, EVERY_MS);
    }
  };

  private readonly publish = (): void => {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.edition += 1;
    for (const listener of this.listeners) listener();
  };
}
