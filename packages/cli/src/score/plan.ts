// In: how large a grid, which seeds. Out: the trials of a score, as plain data: a market each, and
// the storms that come over it. Knows no detector and no figure to be met.
import type { SourceSpec } from '@wavetank/native';

/** Thresholds are fitted on market seeds below this; the score uses this one and those after it. */
export const FIRST_SCORE_SEED = 1001;

/** The recorded hour among the fixtures. */
export const RECORDED_HOUR = 'aapl-2012-06-21/feed.itch50';

/** Severity of the crash that the regime is calibrated by. */
export const CRASH_SEVERITY = 0.8;
export const STORM_MS = 10_000;

const WARM_S = 60;
const RECORDED_WARM_S = 120;
/** From one storm to the next: its length, all that returns, and a detector's cooldown. */
const EVERY_S = 40;
const KINDS = [
  'PhantomLiquidity',
  'CancellationStorm',
  'MomentumIgnition',
  'FlashCrash',
  'LatencyArbProxy',
];

export interface PlannedStorm {
  kind: string;
  severity: number;
  /** Virtual seconds after the market's first event. */
  at_s: number;
  seed: string;
}

export interface Trial {
  name: string;
  /** What it is for: hits and misses, false flags, the calm of a regime, or its crises. */
  purpose: 'stormed' | 'clean' | 'crash';
  recorded: boolean;
  source: SourceSpec;
  symbols: string[];
  /** Dollars; undefined where a recording says. */
  price: number | undefined;
  events_per_s: number | undefined;
  seconds: number;
  storms: PlannedStorm[];
}

export interface Grid {
  first_seed: number;
  seeds: number;
  prices: number[];
  rates: number[];
  severities: number[];
  /** Clean minutes of each price at the middle rate; at the others a third of them. */
  clean_minutes: number;
  recorded: { path: string; symbol: string } | undefined;
}

export const FULL: Omit<Grid, 'first_seed' | 'seeds' | 'recorded'> = {
  prices: [1, 10, 100, 1_000, 10_000],
  rates: [200, 2_000, 10_000],
  severities: [0.25, 0.5, 0.75, 1],
  clean_minutes: 60,
};

export const QUICK: typeof FULL = {
  prices: [1, 100, 10_000],
  rates: [200, 2_000],
  severities: [0.5, 0.75, 1],
  clean_minutes: 4,
};

/** Every trial, the longest first so that the last worker does not wait for one. */
export function trials(grid: Grid): Trial[] {
  const synthetic = grid.prices.flatMap((price) =>
    grid.rates.flatMap((rate) =>
      Array.from({ length: grid.seeds }, (_, i) => grid.first_seed + i).flatMap((seed) => [
        stormed(grid, price, rate, seed),
        crash(price, rate, seed),
      ]),
    ),
  );
  const clean = grid.prices.flatMap((price) =>
    grid.rates.map((rate, at) => {
      const minutes = at === middle(grid.rates) ? grid.clean_minutes : grid.clean_minutes / 3;
      return market('clean', price, rate, grid.first_seed, Math.ceil(minutes * 60), []);
    }),
  );
  const all = [...synthetic, ...clean, ...recorded(grid)];
  return all.sort((a, b) => cost(b) - cost(a));
}

const middle = (rates: number[]): number => Math.floor(rates.length / 2);

/** Wall time a trial takes, roughly: events, and the steps of storms. */
const cost = (trial: Trial): number =>
  trial.seconds * (trial.events_per_s ?? 25) + trial.storms.length * STORM_MS * 60;

function market(
  purpose: Trial['purpose'],
  price: number,
  events_per_s: number,
  seed: number,
  seconds: number,
  storms: PlannedStorm[],
): Trial {
  const base_price = price * 10_000;
  const source = { kind: 'synthetic' as const, seed: String(seed), events_per_s, base_price };
  const name = `${purpose} $${price} ${events_per_s}/s seed ${seed}`;
  const rest = { recorded: false, symbols: [], price, events_per_s, seconds, storms };
  return { name, purpose, source, ...rest };
}

function stormed(grid: Grid, price: number, rate: number, seed: number): Trial {
  const storms = sequence(grid.severities, seed, WARM_S);
  return market('stormed', price, rate, seed, WARM_S + storms.length * EVERY_S, storms);
}

function crash(price: number, rate: number, seed: number): Trial {
  const storm = { kind: 'FlashCrash', severity: CRASH_SEVERITY, at_s: 2 * WARM_S, seed: `${seed}` };
  return market('crash', price, rate, seed, 3 * WARM_S, [storm]);
}

/** Every kind at every severity, mixed so that no kind always follows the same one. */
function sequence(severities: number[], seed: number, from_s: number): PlannedStorm[] {
  const all = KINDS.flatMap((kind) => severities.map((severity) => ({ kind, severity })));
  return all.map((_, at) => {
    // 7 shares no factor with their number, so each comes once.
    const { kind, severity } = all[(7 * at + 3 * seed) % all.length] as (typeof all)[number];
    return { kind, severity, at_s: from_s + at * EVERY_S, seed: String(seed * 100 + at) };
  });
}

function recorded({ recorded: hour, severities, seeds, first_seed }: Grid): Trial[] {
  if (hour === undefined) return [];
  const source = { kind: 'itch' as const, path: hour.path };
  const common = { recorded: true, source, symbols: [hour.symbol] };
  const rest = { ...common, price: undefined, events_per_s: undefined };
  const clean = { name: `clean ${hour.symbol}`, purpose: 'clean' as const, seconds: 3_600 };
  const length_s = severities.length * KINDS.length * EVERY_S;
  const rounds = Math.min(seeds, Math.floor((3_600 - RECORDED_WARM_S) / length_s));
  const storms = Array.from({ length: rounds }, (_, round) =>
    sequence(severities, first_seed + round, RECORDED_WARM_S + round * length_s),
  ).flat();
  const seconds = RECORDED_WARM_S + rounds * length_s;
  const stormy = { name: `stormed ${hour.symbol}`, purpose: 'stormed' as const, seconds };
  return [
    { ...rest, ...clean, storms: [] },
    { ...rest, ...stormy, storms },
  ];
}
