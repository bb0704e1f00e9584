// In: Tick frames. Out: what a new viewer asks first: the past of each symbol and measure, bounded.
// A new timeline forgets everything; the symbol unused for longest makes room for a new one.
import type { TickFrame } from '@wavetank/abi';
import { Pyramid } from './pyramid.ts';

const NULL_U32 = 0xffff_ffff;
const NULL_I32 = -0x8000_0000;
const known = (value: number, none: number, scale = 1): number =>
  value === none ? Number.NaN : value / scale;

/** Measures by name; prices in 1/10000 dollar, the rest in the unit of its name. */
const MEASURES = {
  mid: (t: TickFrame) => known(t.mid_x2, 0, 2),
  microprice: (t: TickFrame) => known(t.microprice_milli, 0, 1000),
  twin_mid: (t: TickFrame) => known(t.twin_mid_x2, 0, 2),
  best_bid: (t: TickFrame) => known(t.best_bid, 0),
  best_ask: (t: TickFrame) => known(t.best_ask, 0),
  spread: (t: TickFrame) => known(t.spread, NULL_U32),
  twin_spread: (t: TickFrame) => known(t.twin_spread, NULL_U32),
  spread_milli_bps: (t: TickFrame) => known(t.spread_milli_bps, NULL_U32),
  drift_milli_bps: (t: TickFrame) => known(t.drift_milli_bps, NULL_I32),
  bid_depth: (t: TickFrame) => t.bid_depth,
  ask_depth: (t: TickFrame) => t.ask_depth,
  twin_bid_depth: (t: TickFrame) => t.twin_bid_depth,
  twin_ask_depth: (t: TickFrame) => t.twin_ask_depth,
  imbalance_ppm: (t: TickFrame) => known(t.imbalance_ppm, NULL_I32),
  vpin_ppm: (t: TickFrame) => known(t.vpin_ppm, NULL_U32),
  velocity_milli: (t: TickFrame) => t.velocity_milli,
  velocity_ewma_milli: (t: TickFrame) => t.velocity_ewma_milli,
  event_rate_milli: (t: TickFrame) => t.event_rate_milli,
  volume: (t: TickFrame) => t.volume,
  injected_qty: (t: TickFrame) => t.injected_qty,
  displaced_qty: (t: TickFrame) => t.displaced_qty,
  regime: (t: TickFrame) => t.regime,
  regime_score_milli: (t: TickFrame) => t.regime_score_milli,
  storms_active: (t: TickFrame) => t.storms_active,
} as const;

export type Measure = keyof typeof MEASURES;
export const MEASURE_NAMES = Object.keys(MEASURES) as Measure[];

const SYMBOLS_MAX = 16;

export interface HistoryAnswer {
  symbol: string;
  from_ms: number;
  to_ms: number;
  bucket_ms: number;
  /** Timeline of the header: answers of another one are void. */
  epoch: number;
  t_ms: number[];
  measures: { [measure: string]: { min: (number | null)[]; max: (number | null)[] } };
}

export class History {
  readonly #pyramids = new Map<string, Pyramid>();
  readonly #row = new Float64Array(MEASURE_NAMES.length);
  #epoch = 0;

  /** A timeline begins: its times have nothing to do with those before. */
  begin(epoch: number): void {
    this.#epoch = epoch;
    this.#pyramids.clear();
  }

  add(tick: TickFrame): void {
    let pyramid = this.#pyramids.get(tick.symbol);
    if (pyramid === undefined) {
      pyramid = new Pyramid(MEASURE_NAMES.length);
    } else this.#pyramids.delete(tick.symbol);
    this.#pyramids.set(tick.symbol, pyramid);
    if (this.#pyramids.size > SYMBOLS_MAX) this.#forgetOldest();
    MEASURE_NAMES.forEach((name, i) => {
      this.#row[i] = MEASURES[name](tick);
    });
    pyramid.add(tick.ts_run_ns / 1e6, this.#row);
  }

  #forgetOldest(): void {
    const [oldest] = this.#pyramids.keys();
    if (oldest !== undefined) this.#pyramids.delete(oldest);
  }

  symbols(): { symbol: string; from_ms: number; to_ms: number }[] {
    return [...this.#pyramids].flatMap(([symbol, pyramid]) =>
      pyramid.span === undefined ? [] : [{ symbol, ...pyramid.span }],
    );
  }

  read(
    symbol: string,
    range: { from_ms?: number; to_ms?: number; points: number },
    wanted: readonly Measure[],
  ): HistoryAnswer | undefined {
    const pyramid = this.#pyramids.get(symbol);
    const span = pyramid?.span;
    if (pyramid === undefined || span === undefined) return undefined;
    const from_ms = range.from_ms ?? span.from_ms;
    const to_ms = range.to_ms ?? span.to_ms;
    const stretch = pyramid.read(from_ms, to_ms, range.points);
    const measures: HistoryAnswer['measures'] = {};
    for (const name of wanted) {
      const i = MEASURE_NAMES.indexOf(name);
      measures[name] = { min: stretch.min[i] ?? [], max: stretch.max[i] ?? [] };
    }
    const { t_ms, width_ms: bucket_ms } = stretch;
    return { symbol, from_ms, to_ms, bucket_ms, epoch: this.#epoch, t_ms, measures };
  }
}
