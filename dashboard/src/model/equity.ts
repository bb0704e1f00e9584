// In: equities as polled, with the wall time of the poll. Out: a bounded curve with holes where the
// target was away. A value that was not read is never drawn as if it had been.

const POINTS_MOST = 600;

export interface EquityPoint {
  at_ms: number;
  /** NaN while the target was away. */
  equity: number;
}

export class Equity {
  readonly points: EquityPoint[] = [];

  push(at_ms: number, equity: number | null): void {
    this.points.push({ at_ms, equity: equity ?? Number.NaN });
    if (this.points.length > POINTS_MOST) this.points.shift();
  }

  /** Newest equity minus the first one in sight; NaN without both. */
  get change(): number {
    const known = this.points.filter((point) => !Number.isNaN(point.equity));
    return (known.at(-1)?.equity ?? Number.NaN) - (known[0]?.equity ?? Number.NaN);
  }
}
