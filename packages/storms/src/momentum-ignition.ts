// MomentumIgnition. In: the view at each quantum end. Out: takes that lift the market in the
// direction of its imbalance, layers behind them, then nothing. Documented in docs/storms.md.
import { StormKind } from '@wavetank/abi';
import { mulDiv, onTick } from './integer.ts';
import { type Intent, release, take } from './intent.ts';
import { between, type SeedWords, seedWords, words } from './philox.ts';
import { type Quote, requote } from './quotes.ts';
import type { StormModule, Touch } from './types.ts';
import type { LevelRows, StormView } from './view.ts';

const PPM = 1_000_000;
const NS_PER_MS = 1_000_000;
/** Parts of the duration, in millionths: the push, then a short stand, then it lets go. */
const PUSH_END = 550_000;
const LET_GO = 600_000;

/** How far the mid is pushed at severity 1: the larger of the two. */
const PUSH_BPS = 40;
const PUSH_TICKS = 10;

const DEPTH_LEVELS = 10;
const LAYERS = 4;
/** Shares of a layer behind, in thousandths of the median depth, at severity 1: 125 ± 25. */
const LAYER_MILLI_MIN = 100;
const LAYER_MILLI_MAX = 150;
const PURPOSE_LAYER = 1;
const STUB = 1;
const FIRST_LAYER = 2;

interface MomentumIgnitionState {
  severity_ppm: number;
  duration_ms: number;
  seed: SeedWords;
  /** 0 before the first view with two sides. */
  start_ns: number;
  /** 0 buys and lifts, 1 sells and presses. */
  taker: 0 | 1;
  anchor_x2: number;
  /** At severity 1. */
  push: number;
  spread: number;
  steps: number;
  released: 0 | 1;
}

function init(
  p: { severity_ppm: number; duration_ms: number },
  seed: bigint,
): MomentumIgnitionState {
  return {
    severity_ppm: p.severity_ppm,
    duration_ms: p.duration_ms,
    seed: seedWords(seed),
    start_ns: 0,
    taker: 0,
    anchor_x2: 0,
    push: 0,
    spread: 0,
    steps: 0,
    released: 0,
  };
}

function depthOf(rows: LevelRows): number {
  let qty = 0;
  for (let i = 0; i < Math.min(DEPTH_LEVELS, rows.count); i++) qty += rows.sourceQty(i);
  return qty;
}

function ignited(state: MomentumIgnitionState, view: StormView): MomentumIgnitionState {
  const anchor_x2 = view.bids.price(0) + view.asks.price(0);
  const tick = view.tickSize;
  const push = Math.max(mulDiv(anchor_x2, PUSH_BPS, 20_000), PUSH_TICKS * tick);
  return {
    ...state,
    start_ns: view.tsNs,
    taker: depthOf(view.bids) >= depthOf(view.asks) ? 0 : 1,
    anchor_x2,
    push,
    spread: Math.max(tick, view.baselineSpread),
  };
}

const pushOf = ({ push, severity_ppm }: MomentumIgnitionState): number =>
  mulDiv(push, severity_ppm, PPM);

/** The touch that the market is pushed to: where own layers stand, and where the others begin. */
interface Aim {
  near: number;
  far: number;
}

function touchOf(state: MomentumIgnitionState, at_ppm: number, tick: number): Aim {
  const pushed = mulDiv(pushOf(state), Math.min(at_ppm, PUSH_END), PUSH_END);
  const mid_x2 = state.anchor_x2 + (state.taker === 0 ? 2 : -2) * pushed;
  const bid = onTick(Math.floor((mid_x2 - state.spread) / 2), tick);
  const ask = Math.max(onTick(Math.floor((mid_x2 + state.spread) / 2), tick), bid + tick);
  return state.taker === 0 ? { near: bid, far: ask } : { near: ask, far: bid };
}

/** Takes every source order that stands short of the far touch. */
function sweep(state: MomentumIgnitionState, view: StormView, touch: Aim): Intent[] {
  const rows = state.taker === 0 ? view.asks : view.bids;
  let qty = 0;
  let limit = 0;
  for (let i = 0; i < rows.count; i++) {
    const price = rows.price(i);
    if (state.taker === 0 ? price >= touch.far : price <= touch.far) break;
    limit = price;
    qty += rows.sourceQty(i);
  }
  return qty > 0 ? [take(state.taker, limit, qty)] : [];
}

/** Layers behind the push, and a stub in front so that the other side is never empty. */
function quotesOf(state: MomentumIgnitionState, view: StormView, touch: Aim): Quote[] {
  const { taker, steps, severity_ppm } = state;
  const behind = taker === 0 ? view.baselineBidDepth : view.baselineAskDepth;
  const ahead = taker === 0 ? view.baselineAskDepth : view.baselineBidDepth;
  const away = (taker === 0 ? -1 : 1) * view.tickSize;
  const draw = words(state.seed, StormKind.MomentumIgnition, PURPOSE_LAYER, Math.floor(steps / 64));
  const stub = Math.max(1, Math.floor(ahead / 100));
  const quotes: Quote[] = [
    { handle: STUB, side: taker === 0 ? 1 : 0, price: touch.far, qty: stub },
  ];
  for (let i = 0; i < LAYERS; i++) {
    const milli = between(draw[i] ?? 0, LAYER_MILLI_MIN, LAYER_MILLI_MAX);
    const qty = Math.max(1, mulDiv(mulDiv(behind, milli, 1000), severity_ppm, PPM));
    const price = Math.max(view.tickSize, touch.near + i * away);
    quotes.push({ handle: FIRST_LAYER + i, side: taker, price, qty });
  }
  return quotes;
}

function push(state: MomentumIgnitionState, view: StormView, at_ppm: number) {
  const touch = touchOf(state, at_ppm, view.tickSize);
  const { cancels, adds } = requote(view.own, quotesOf(state, view, touch));
  const intents = [...cancels, ...sweep(state, view, touch), ...adds];
  return { state: { ...state, steps: state.steps + 1 }, intents };
}

/** The layers go and what was taken returns; the stub stays until something has returned. */
function letGo(state: MomentumIgnitionState, view: StormView) {
  if (state.released === 1) return { state, intents: [] };
  const stub = quotesOf(state, view, touchOf(state, PUSH_END, view.tickSize)).slice(0, 1);
  const { cancels, adds } = requote(view.own, stub);
  return { state: { ...state, released: 1 as const }, intents: [...cancels, ...adds, release()] };
}

function step(before: MomentumIgnitionState, view: StormView) {
  const blind = view.bids.count === 0 || view.asks.count === 0;
  const waits = before.start_ns === 0 && blind;
  if (before.severity_ppm === 0 || !view.trading || waits) return { state: before, intents: [] };
  const state = before.start_ns === 0 ? ignited(before, view) : before;
  if (pushOf(state) < view.tickSize) return { state, intents: [] };
  const elapsed_ms = Math.floor((view.tsNs - state.start_ns) / NS_PER_MS);
  const at_ppm = mulDiv(elapsed_ms, PPM, state.duration_ms);
  return at_ppm >= LET_GO ? letGo(state, view) : push(state, view, at_ppm);
}

/** Way of the mid against the way of severity 1. */
function realised(state: MomentumIgnitionState, _view: StormView, now: Touch): number | undefined {
  if (state.push === 0 || now.bid === 0 || now.ask === 0) return undefined;
  const way_x2 = now.bid + now.ask - state.anchor_x2;
  return mulDiv(Math.max(0, state.taker === 0 ? way_x2 : -way_x2), PPM, 2 * state.push);
}

/** A push that wants to be followed. */
export const MomentumIgnition: StormModule<MomentumIgnitionState> = {
  name: 'MomentumIgnition',
  number: StormKind.MomentumIgnition,
  init,
  step,
  realised,
};
