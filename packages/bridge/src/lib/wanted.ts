// In: symbols that somebody wants, and wants no more. Out: those that anybody still wants. Knows neither
// who wants them nor what for.

export class Wanted {
  readonly #counts = new Map<string, number>();

  get symbols(): string[] {
    return [...this.#counts.keys()].sort();
  }

  add(symbols: readonly string[]): void {
    for (const symbol of symbols) this.#counts.set(symbol, (this.#counts.get(symbol) ?? 0) + 1);
  }

  /** Those that nobody wants any more, as they go. */
  remove(symbols: readonly string[]): string[] {
    const gone: string[] = [];
    for (const symbol of symbols) {
      const left = (this.#counts.get(symbol) ?? 0) - 1;
      if (left > 0) this.#counts.set(symbol, left);
      else if (this.#counts.delete(symbol)) gone.push(symbol);
    }
    return gone;
  }
}
