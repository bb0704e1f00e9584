// A REST client asks again and again. In: symbols it asked for. Out: they are followed on for a while, so
// that what was printed between two questions is there at the second. Bounded; another market lets all go.
import type { FeedHub, FeedTaker } from './feed-hub.ts';

const FOR_MS = 60_000;
const SYMBOLS_MAX = 16;

export class Lingering {
  readonly #hub: FeedHub;
  /** Oldest first. */
  readonly #kept = new Map<string, NodeJS.Timeout>();

  constructor(hub: FeedHub) {
    this.#hub = hub;
    const taker: FeedTaker = {
      symbols: new Set(),
      snapshot: () => {},
      update: () => {},
      beat: () => {},
      close: () => this.close(),
    };
    hub.add(taker);
  }

  /** Throws what the engine says of a symbol that it does not know. */
  async keep(symbol: string): Promise<void> {
    if (this.#kept.get(symbol)?.refresh() !== undefined) return;
    await this.#hub.want([symbol]);
    this.#let(symbol);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size >= SYMBOLS_MAX && oldest !== undefined) this.#let(oldest);
    this.#kept.set(symbol, setTimeout(() => this.#let(symbol), FOR_MS).unref());
  }

  #let(symbol: string): void {
    clearTimeout(this.#kept.get(symbol));
    if (this.#kept.delete(symbol)) this.#hub.release([symbol]);
  }

  close(): void {
    for (const symbol of this.#kept.keys()) this.#let(symbol);
  }
}
