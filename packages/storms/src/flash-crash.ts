// FlashCrash. In: the view at each quantum end. Out: withdrawals, sweeps and own quotes that slide
// the market down, hold it, lead it back up and let go. Documented in docs/storms.md.
import { StormKind } from '@wavetank/abi';
import { clamp, mulDiv, onTick } from './integer.ts';
import { type Intent, release, take, withdraw } from './intent.ts';
import { between, type SeedWords, seedWords, words } from './philox.ts';
import { type Quote, requote } from './quotes.ts';
import type { StormModule, Touch } from './types.ts';
import type { StormView } from './view.ts';

const PPM = 1_000_000;
const NS_PER_MS = 1_000_000;

/** Parts of the duration, in millionths: slide, hold, lead back; what is left is let go. */
const SLIDE_END = 500_000;
const HOLD_END = 600_000;
const LEAD_END = 900_000;

/** Fall of the mid at severity 1: the larger of the two. */
const FALL_BPS = 80;
const FALL_TICKS = 20;
/** The spread at the bottom, severity 1: its baseline and the largest of the three. */
const WIDE_SPREADS = 6;
const WIDE_BPS = 10;
const WIDE_TICKS = 6;

/** Of a level that the slide reaches, this share is swept; the rest has been withdrawn. */
const SWEEP_PERCENT_MIN = 30;
const SWEEP_PERCENT_MAX = 60;
const PURPOSE_SWEEP = 1;
const PURPOSE_SIZE = 2;

const STUB_BID = 1;
const ASK_LAYERS = 3;
const FIRST_ASK = 2;

interface FlashCrashState {
  severity_ppm: number;
  duration_ms: number;
  seed: SeedWords;
  /** 0 before the first view that shows a price. */
  start_ns: number;
  /** Best bid + best ask at the start. */
  anchor_x2: number;
  /** At severity 1. */
  fall: number;
  widen: number;
  spread: number;
  /** Bid limit of the last step: what rests above it is new. */
  limit: number;
  steps: number;
  released: 0 | 1;
}

function init(
  params: { severity_ppm: number; duration_ms: number },
  seed: bigint,
): FlashCrashState {
  return {
    severity_ppm: params.severity_ppm,
    duration_ms: params.duration_ms,
    seed: seedWords(seed),
    start_ns: 0,
    anchor_x2: 0,
    fall: 0,
    widen: 0,
    spread: 0,
    limit: 0,
    steps: 0,
    released: 0,
  };
}

/** Fixes what the crash is measured from, at the first view with two sides. */
function anchored(state: FlashCrashState, view: StormView): FlashCrashState {
  const tick = view.tickSize;
  const bid = view.bids.price(0);
  const ask = view.asks.price(0);
  const mid = Math.floor((bid + ask) / 2);
  const spread = Math.max(tick, view.baselineSpread);
  const fall = Math.max(mulDiv(mid, FALL_BPS, 10_000), FALL_TICKS * tick);
  const widen = Math.max(spread * WIDE_SPREADS, mulDiv(mid, WIDE_BPS, 10_000), WIDE_TICKS * tick);
  return {
    ...state,
    start_ns: view.tsNs,
    anchor_x2: bid + ask,
    fall,
    widen,
    spread,
    limit: bid,
  };
}

/** How far down the market is led at this moment, 0 to 1 000 000. */
function depthPpm(elapsed_ms: number, duration_ms: number): number {
  const at = mulDiv(elapsed_ms, PPM, duration_ms);
  if (at < SLIDE_END) return mulDiv(at, PPM, SLIDE_END);
  if (at < HOLD_END) return PPM;
  return clamp(mulDiv(LEAD_END - at, PPM, LEAD_END - HOLD_END), 0, PPM);
}

const scaled = (state: FlashCrashState, full: number): number =>
  mulDiv(full, state.severity_ppm, PPM);

interface Aim {
  /** Bids above it go. */
  limit: number;
  ask: number;
}

/** Where the touch is led: the mid falls by `fall`, the spread opens by `widen`. */
function aimOf(state: FlashCrashState, depth: number, tick: number): Aim {
  const spread = state.spread + mulDiv(scaled(state, state.widen), depth, PPM);
  const mid_x2 = state.anchor_x2 - 2 * mulDiv(scaled(state, state.fall), depth, PPM);
  const limit = onTick(Math.floor((mid_x2 - spread) / 2), tick);
  return { limit, ask: Math.max(onTick(Math.floor((mid_x2 + spread) / 2), tick), limit + tick) };
}

/** Withdraws source bids above the limit; of those the slide has just reached, a share is swept. */
function clearBids(state: FlashCrashState, view: StormView, aim: Aim): Intent[] {
  const intents: Intent[] = [];
  let swept = 0;
  let floor = aim.limit;
  const draw = words(state.seed, StormKind.FlashCrash, PURPOSE_SWEEP, state.steps);
  const percent = between(draw[0], SWEEP_PERCENT_MIN, SWEEP_PERCENT_MAX);
  for (let i = 0; i < view.bids.count; i++) {
    const price = view.bids.price(i);
    if (price <= aim.limit) break;
    floor = price;
    const qty = view.bids.sourceQty(i);
    const sweep = price <= state.limit ? Math.ceil((qty * percent) / 100) : 0;
    swept += sweep;
    if (qty > sweep) intents.push(withdraw(0, price, qty - sweep));
  }
  if (swept > 0) intents.push(take(1, floor, swept));
  return intents;
}

/** A stub bid at the limit and a thin stack of asks pressing from above. */
function quotesOf(state: FlashCrashState, view: StormView, aim: Aim, depth: number): Quote[] {
  const tick = view.tickSize;
  const draw = words(state.seed, StormKind.FlashCrash, PURPOSE_SIZE, Math.floor(state.steps / 64));
  const stub = Math.max(1, Math.floor(view.baselineBidDepth / 100));
  const quotes: Quote[] = [{ handle: STUB_BID, side: 0, price: aim.limit, qty: stub }];
  const layer = Math.max(1, Math.floor(view.baselineAskDepth / 20));
  const gap = Math.max(1, mulDiv(depth, 3, PPM));
  for (let i = 0; i < ASK_LAYERS; i++) {
    const qty = Math.max(1, mulDiv(layer, between(draw[i] ?? 0, 50, 150), 100));
    quotes.push({ handle: FIRST_ASK + i, side: 1, price: aim.ask + i * gap * tick, qty });
  }
  return quotes;
}

function lead(state: FlashCrashState, view: StormView, depth: number): [FlashCrashState, Intent[]] {
  const aim = aimOf(state, depth, view.tickSize);
  const { cancels, adds } = requote(view.own, quotesOf(state, view, aim, depth));
  const intents = [...cancels, ...clearBids(state, view, aim), ...adds];
  return [{ ...state, limit: aim.limit, steps: state.steps + 1 }, intents];
}

/** Releases what was displaced; the stub bid stays until the end, lest the side be empty. */
function letGo(state: FlashCrashState, view: StormView): [FlashCrashState, Intent[]] {
  if (state.released === 1) return [state, []];
  const stub = quotesOf(state, view, aimOf(state, 0, view.tickSize), 0).slice(0, 1);
  const { cancels, adds } = requote(view.own, stub);
  return [{ ...state, released: 1 }, [...cancels, ...adds, release()]];
}

function step(before: FlashCrashState, view: StormView) {
  const blind = view.bids.count === 0 || view.asks.count === 0;
  if (before.severity_ppm === 0 || !view.trading) return idle(before);
  if (before.start_ns === 0 && blind) return idle(before);
  const state = before.start_ns === 0 ? anchored(before, view) : before;
  if (scaled(state, state.fall) < view.tickSize) return idle(state);
  const elapsed_ms = Math.floor((view.tsNs - state.start_ns) / NS_PER_MS);
  const over = mulDiv(elapsed_ms, PPM, state.duration_ms) >= LEAD_END;
  const [next, intents] = over
    ? letGo(state, view)
    : lead(state, view, depthPpm(elapsed_ms, state.duration_ms));
  return { state: next, intents };
}

/** Fall of the mid against the fall of severity 1. */
function realised(
  state: FlashCrashState,
  _view: StormView,
  { bid, ask }: Touch,
): number | undefined {
  if (state.fall === 0 || bid === 0 || ask === 0) return undefined;
  const fallen_x2 = state.anchor_x2 - bid - ask;
  return mulDiv(Math.max(0, fallen_x2), PPM, 2 * state.fall);
}

const idle = (state: FlashCrashState) => ({ state, intents: [] as Intent[] });

/** A sudden one-sided collapse and its recovery. */
export const FlashCrash: StormModule<FlashCrashState> = {
  name: 'FlashCrash',
  number: StormKind.FlashCrash,
  init,
  step,
  realised,
};
