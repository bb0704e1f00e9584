// PhantomLiquidity. In: the view at each quantum end. Out: own orders behind the touch that swell
// and vanish once a second, pulled as soon as they could trade. Documented in docs/storms.md.
import { StormKind } from '@wavetank/abi';
import { mulDiv } from './integer.ts';
import { addOwn, cancelOwn, type Intent } from './intent.ts';
import { type SeedWords, seedWords, words } from './philox.ts';
import type { StormModule } from './types.ts';
import type { LevelRows, StormView } from './view.ts';
import { raisedCosine, WAVE_ONE } from './wave.ts';

const PPM = 1_000_000;
const NS_PER_MS = 1_000_000;
const PERIOD_MS = 1000;
/** Shares added at the crest, in percent of the median ten-level depth, at severity 1. */
const CREST_PERCENT = 80;
const SLICES = 16;
/** Levels behind the touch that carry slices: the second to the ninth. */
const FIRST_LEVEL = 1;
const LEVELS = 8;
const DEPTH_LEVELS = 10;
const PURPOSE_LEVEL = 1;

interface PhantomLiquidityState {
  severity_ppm: number;
  seed: SeedWords;
  /** 0 before the first view. */
  start_ns: number;
  /** Number of the tide, its highest depth so far, and that of the one before: for the measure. */
  cycle: number;
  peak_qty: number;
  crest_qty: number;
}

/** One side of the book as this storm treats it. */
interface Flank {
  side: 0 | 1;
  rows: LevelRows;
  depth: number;
}

/** Where the slices of one side may rest, and how many of them. */
interface Layer {
  slices: number;
  size: number;
  nearest: number;
  farthest: number;
}

const beyond = (side: 0 | 1, price: number, ticks: number, tick: number): number =>
  Math.max(tick, side === 0 ? price - ticks * tick : price + ticks * tick);

function priceBehind(flank: Flank, level: number, tick: number): number {
  const { rows, side } = flank;
  if (level < rows.count) return rows.price(level);
  return beyond(side, rows.price(0), level, tick);
}

function layerOf(state: PhantomLiquidityState, flank: Flank, tick: number, ms: number): Layer {
  const crest = mulDiv(mulDiv(flank.depth, CREST_PERCENT, 100), state.severity_ppm, PPM);
  const wave = raisedCosine(mulDiv(ms % PERIOD_MS, PPM, PERIOD_MS));
  const size = Math.max(1, Math.floor(crest / SLICES));
  return {
    slices: Math.min(SLICES, Math.floor(mulDiv(crest, wave, WAVE_ONE) / size)),
    size,
    nearest: priceBehind(flank, FIRST_LEVEL, tick),
    farthest: priceBehind(flank, FIRST_LEVEL + LEVELS, tick),
  };
}

const handleOf = (side: 0 | 1, slice: number): number => side * SLICES + slice + 1;

function inZone(side: 0 | 1, price: number, { nearest, farthest }: Layer): boolean {
  return side === 0 ? price <= nearest && price >= farthest : price >= nearest && price <= farthest;
}

/** Pulls what is too many, too near or too far. Returns the slices that stay. */
function pull(view: StormView, side: 0 | 1, layer: Layer, intents: Intent[]): Set<number> {
  const stay = new Set<number>();
  for (let i = 0; i < view.own.count; i++) {
    if (view.own.side(i) !== side || view.own.qty(i) === 0) continue;
    const slice = view.own.handle(i) - handleOf(side, 0);
    if (slice < layer.slices && inZone(side, view.own.price(i), layer)) stay.add(slice);
    else intents.push(cancelOwn(view.own.handle(i)));
  }
  return stay;
}

/** Pulls of both sides come before adds, so that an add never meets a stale slice. */
function swell(state: PhantomLiquidityState, view: StormView): Intent[] {
  const ms = Math.floor((view.tsNs - state.start_ns) / NS_PER_MS);
  const cycle = Math.floor(ms / PERIOD_MS);
  const draw = words(state.seed, StormKind.PhantomLiquidity, PURPOSE_LEVEL, cycle);
  const flanks: Flank[] = [
    { side: 0, rows: view.bids, depth: view.baselineBidDepth },
    { side: 1, rows: view.asks, depth: view.baselineAskDepth },
  ];
  const pulls: Intent[] = [];
  const adds: Intent[] = [];
  for (const flank of flanks) {
    const { side } = flank;
    const layer = layerOf(state, flank, view.tickSize, ms);
    const stay = pull(view, side, layer, pulls);
    for (let slice = 0; slice < layer.slices; slice++) {
      if (stay.has(slice)) continue;
      const level = FIRST_LEVEL + ((slice * 5 + draw[side]) % LEVELS);
      const price = priceBehind(flank, level, view.tickSize);
      adds.push(addOwn(side, price, layer.size, handleOf(side, slice)));
    }
  }
  return [...pulls, ...adds];
}

function shownQty(rows: LevelRows): number {
  let qty = 0;
  for (let i = 0; i < Math.min(DEPTH_LEVELS, rows.count); i++) qty += rows.injectedQty(i);
  return qty;
}

/** Keeps the height of this tide and of the one before. */
function watched(state: PhantomLiquidityState, view: StormView): PhantomLiquidityState {
  const cycle = Math.floor((view.tsNs - state.start_ns) / (PERIOD_MS * NS_PER_MS));
  const shown = shownQty(view.bids) + shownQty(view.asks);
  if (cycle === state.cycle) return { ...state, peak_qty: Math.max(state.peak_qty, shown) };
  return { ...state, cycle, peak_qty: shown, crest_qty: state.peak_qty };
}

/** The higher of the last two tides against the crest of severity 1. */
function realised(state: PhantomLiquidityState, view: StormView): number | undefined {
  const full = mulDiv(view.baselineBidDepth + view.baselineAskDepth, CREST_PERCENT, 100);
  if (state.start_ns === 0 || full === 0) return undefined;
  return mulDiv(Math.max(state.peak_qty, state.crest_qty), PPM, full);
}

/** Depth that is there until somebody wants it. */
export const PhantomLiquidity: StormModule<PhantomLiquidityState> = {
  name: 'PhantomLiquidity',
  number: StormKind.PhantomLiquidity,
  init: ({ severity_ppm }, seed) => ({
    severity_ppm,
    seed: seedWords(seed),
    start_ns: 0,
    cycle: 0,
    peak_qty: 0,
    crest_qty: 0,
  }),
  step: (before, view) => {
    const blind = view.bids.count === 0 || view.asks.count === 0;
    if (before.severity_ppm === 0 || !view.trading || blind) return { state: before, intents: [] };
    const state = before.start_ns === 0 ? { ...before, start_ns: view.tsNs } : before;
    return { state: watched(state, view), intents: swell(state, view) };
  },
  realised,
};
