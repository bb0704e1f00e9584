// In: stalls of the delivery to targets, as the engine announces them with a storm. Out: until when a
// message of a given virtual time is held back. Knows no socket and no clock.

export type Stall = [from_ns: number, to_ns: number];

interface StormStalls {
  symbol: string;
  stalls: readonly Stall[];
}

export class Stalls {
  readonly #storms = new Map<number, StormStalls>();

  /** A storm with a schedule began; others are none of our business. */
  begin(told: { [key: string]: unknown }): void {
    const { id, symbol, stalls_ns } = told;
    if (typeof id !== 'number' || typeof symbol !== 'string' || !Array.isArray(stalls_ns)) return;
    const stalls = stalls_ns.filter(isStall);
    if (stalls.length > 0) this.#storms.set(id, { symbol, stalls });
  }

  end(told: { [key: string]: unknown }): void {
    if (typeof told.id === 'number') this.#storms.delete(told.id);
  }

  /** The timeline or the engine went: so did its storms. */
  forget(): void {
    this.#storms.clear();
  }

  /** End of the stall that a message of `ts_ns` falls into, for who follows `symbols` (none = all). */
  until(ts_ns: number, symbols: ReadonlySet<string>): number {
    let until = ts_ns;
    for (const { symbol, stalls } of this.#storms.values()) {
      if (symbols.size > 0 && !symbols.has(symbol)) continue;
      const stall = stalls.find(([from, to]) => ts_ns >= from && ts_ns < to);
      if (stall !== undefined) until = Math.max(until, stall[1]);
    }
    return until;
  }
}

const isStall = (value: unknown): value is Stall =>
  Array.isArray(value) && value.length === 2 && value.every(Number.isSafeInteger);
