// In: the symbols each viewer follows. Out: their union, told to the engine when it changes, and
// again to an engine that starts anew. One viewer's choice takes nothing from another.

/** Tells the engine; throws what it refuses. */
export type Tell = (symbols: string[]) => Promise<unknown>;

export class WatchSet {
  readonly #tell: Tell;
  readonly #counts = new Map<string, number>();

  constructor(tell: Tell) {
    this.#tell = tell;
  }

  get symbols(): string[] {
    return [...this.#counts.keys()].sort();
  }

  /** Resolves when the engine watches all of them; on refusal nothing has changed. */
  async add(symbols: readonly string[]): Promise<void> {
    const fresh = symbols.filter((symbol) => !this.#counts.has(symbol));
    for (const symbol of symbols) this.#counts.set(symbol, (this.#counts.get(symbol) ?? 0) + 1);
    if (fresh.length === 0) return;
    try {
      await this.#tell(this.symbols);
    } catch (cause) {
      this.#take(symbols);
      throw cause;
    }
  }

  /** True when somebody's last interest in a symbol went. */
  remove(symbols: readonly string[]): boolean {
    const before = this.#counts.size;
    this.#take(symbols);
    return this.#counts.size < before;
  }

  #take(symbols: readonly string[]): void {
    for (const symbol of symbols) {
      const left = (this.#counts.get(symbol) ?? 0) - 1;
      if (left > 0) this.#counts.set(symbol, left);
      else this.#counts.delete(symbol);
    }
  }
}
