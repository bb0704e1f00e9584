// The measures of one instrument. In: its ticks and flags, from just before the beginning of a stretch
// on. Out: a number by the name of each measure that has one. Knows no assertion.
import { type ChaosFrame, Detector, enumName, type TickFrame } from '@wavetank/abi';
import { Series } from './series.ts';

const NULL_U32 = 0xffff_ffff;
const NULL_I32 = -0x8000_0000;
const BPS = 10_000;

/** One book: the market's, or the twin's. */
interface BookTick {
  mid: number | undefined;
  spread: number | undefined;
  bid_depth: number;
  ask_depth: number;
}

/** Worked out when asked for. */
type Figures = { [measure: string]: () => number | undefined };

class BookSeries {
  readonly #spread_bps = new Series();
  readonly #mid = new Series();
  readonly #depth = new Series();
  readonly #bid_depth = new Series();
  readonly #ask_depth = new Series();

  add({ mid, spread, bid_depth, ask_depth }: BookTick): void {
    this.#mid.add(mid);
    if (mid !== undefined && spread !== undefined)
      this.#spread_bps.add(round((spread * BPS) / mid));
    this.#depth.add(bid_depth + ask_depth);
    this.#bid_depth.add(bid_depth);
    this.#ask_depth.add(ask_depth);
  }

  figures(): Figures {
    const mid = this.#mid;
    return {
      spread_bps_p50: () => this.#spread_bps.quantile(0.5),
      spread_bps_p99: () => this.#spread_bps.quantile(0.99),
      spread_bps_max: () => this.#spread_bps.max,
      mid_start: () => mid.first,
      mid_end: () => mid.last,
      mid_min: () => mid.min,
      mid_max: () => mid.max,
      mid_fall_bps: () => apart(mid.min, mid.first, mid.first),
      mid_rise_bps: () => apart(mid.first, mid.max, mid.first),
      depth_p50: () => this.#depth.quantile(0.5),
      depth_min: () => this.#depth.min,
      depth_max: () => this.#depth.max,
      bid_depth_min: () => this.#bid_depth.min,
      ask_depth_min: () => this.#ask_depth.min,
    };
  }
}

/** How far one price is above the other, in bps of a third. */
function apart(
  lower: number | undefined,
  higher: number | undefined,
  of: number | undefined,
): number | undefined {
  if (lower === undefined || higher === undefined || of === undefined) return undefined;
  return round(((higher - lower) * BPS) / of);
}

/** To a thousandth: what is shown is what is compared. */
const round = (value: number): number => Math.round(value * 1000) / 1000;

const LARGEST = [
  'regime_max',
  'regime_score_max',
  'vpin_max',
  'imbalance_abs_max',
  'injected_qty_max',
  'displaced_qty_max',
] as const;

/** Counters of a tick that grow from the source's start. */
const COUNTERS = ['crossed_ms', 'events', 'trades', 'volume'] as const;
type Counters = { [Name in (typeof COUNTERS)[number]]: number };

export class Gauge {
  readonly #market = new BookSeries();
  readonly #twin = new BookSeries();
  readonly #mid_bps_vs_twin = new Series();
  readonly #depth_vs_twin = new Series();
  readonly #event_rate = new Series();
  readonly #largest = new Map<string, number>();
  readonly #flags = new Map<string, number>();
  readonly #detected = new Map<string, number>();
  #falseFlags = 0;
  #before: Counters = { crossed_ms: 0, events: 0, trades: 0, volume: 0 };
  #now: Counters | undefined;
  #injected = 0;
  #figures: Figures | undefined;

  /** A tick before the stretch: counters are counted from it. */
  begin(tick: TickFrame): void {
    this.#before = tick;
  }

  tick(tick: TickFrame): void {
    this.#now = tick;
    const mid = tick.mid_x2 === 0 ? undefined : tick.mid_x2 / 2;
    const twin = tick.twin_mid_x2 === 0 ? undefined : tick.twin_mid_x2 / 2;
    const { bid_depth, ask_depth, twin_bid_depth, twin_ask_depth } = tick;
    this.#market.add({ mid, spread: known(tick.spread, NULL_U32), bid_depth, ask_depth });
    const spread = known(tick.twin_spread, NULL_U32);
    this.#twin.add({ mid: twin, spread, bid_depth: twin_bid_depth, ask_depth: twin_ask_depth });
    if (mid !== undefined && twin !== undefined) {
      this.#mid_bps_vs_twin.add(round(((mid - twin) * BPS) / twin));
    }
    const twinDepth = twin_bid_depth + twin_ask_depth;
    if (twinDepth > 0) this.#depth_vs_twin.add(round((bid_depth + ask_depth) / twinDepth));
    this.#event_rate.add(tick.event_rate_milli / 1000);
    this.#largests(tick);
  }

  #largests(tick: TickFrame): void {
    const vpin = known(tick.vpin_ppm, NULL_U32);
    const imbalance = known(tick.imbalance_ppm, NULL_I32);
    this.#large('regime_max', tick.regime);
    this.#large('regime_score_max', tick.regime_score_milli / 1000);
    this.#large('vpin_max', vpin === undefined ? undefined : vpin / 1e6);
    const leaning = imbalance === undefined ? undefined : Math.abs(imbalance) / 1e6;
    this.#large('imbalance_abs_max', leaning);
    this.#large('injected_qty_max', tick.injected_qty);
    this.#large('displaced_qty_max', tick.displaced_qty);
  }

  #large(name: (typeof LARGEST)[number], value: number | undefined): void {
    if (value === undefined) return;
    this.#largest.set(name, Math.max(value, this.#largest.get(name) ?? value));
  }

  flag({ detector, truth_storm_id, time_to_detect_ms }: ChaosFrame): void {
    const name = enumName(Detector, detector) ?? String(detector);
    this.#flags.set(name, (this.#flags.get(name) ?? 0) + 1);
    if (truth_storm_id === 0) this.#falseFlags++;
    if (time_to_detect_ms === NULL_U32) return;
    const least = Math.min(time_to_detect_ms, this.#detected.get(name) ?? time_to_detect_ms);
    this.#detected.set(name, least);
  }

  /** Events that storms caused on the instrument so far. */
  injected(events: number): void {
    this.#injected = events;
  }

  /** By the names of measures.ts; undefined where there is nothing to tell. */
  figure(name: string): number | undefined {
    this.#figures ??= this.#table();
    return this.#figures[name]?.();
  }

  #table(): Figures {
    const table: Figures = {
      ...this.#market.figures(),
      mid_bps_vs_twin_end: () => this.#mid_bps_vs_twin.last,
      mid_bps_vs_twin_min: () => this.#mid_bps_vs_twin.min,
      mid_bps_vs_twin_max: () => this.#mid_bps_vs_twin.max,
      depth_vs_twin_min: () => this.#depth_vs_twin.min,
      depth_vs_twin_max: () => this.#depth_vs_twin.max,
      event_rate_p50: () => this.#event_rate.quantile(0.5),
      event_rate_max: () => this.#event_rate.max,
      injected_events: () => this.#injected,
      injected_share: () => this.#injectedShare(),
      flags: () => [...this.#flags.values()].reduce((sum, count) => sum + count, 0),
      false_flags: () => this.#falseFlags,
    };
    for (const [name, figure] of Object.entries(this.#twin.figures())) {
      table[`twin.${name}`] = figure;
    }
    for (const name of COUNTERS) table[name] = () => this.#counted(name);
    for (const name of LARGEST) table[name] = () => this.#largest.get(name);
    for (const name of Object.keys(Detector)) {
      table[`flags.${name}`] = () => this.#flags.get(name) ?? 0;
      table[`detect_ms.${name}`] = () => this.#detected.get(name);
    }
    return table;
  }

  #injectedShare(): number | undefined {
    const events = this.#counted('events') ?? 0;
    return events === 0 ? undefined : this.#injected / events;
  }

  #counted(name: keyof Counters): number | undefined {
    return this.#now === undefined ? undefined : this.#now[name] - this.#before[name];
  }
}

const known = (value: number, none: number): number | undefined =>
  value === none ? undefined : value;
