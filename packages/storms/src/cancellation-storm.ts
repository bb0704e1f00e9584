// CancellationStorm. In: the view at each quantum end. Out: a flood of small own orders behind the
// touch, each cancelled within a few milliseconds. Documented in docs/storms.md.
import { StormKind } from '@wavetank/abi';
import { mulDiv } from './integer.ts';
import { addOwn, cancelOwn, type Intent } from './intent.ts';
import { between, type SeedWords, seedWords, words } from './philox.ts';
import type { StormModule } from './types.ts';
import type { StormView } from './view.ts';

const PPM = 1_000_000;
const NS_PER_MS = 1_000_000;
/** Events added at severity 1, in multiples of the median rate: the market then has four times it. */
const TIMES = 3;
/** Cancels for each trade that prints, at severity 1: 99 of 100 of both are cancels, and some to spare
 *  because a trade is answered only after it has printed. */
const CANCELS_A_TRADE = 105;
/** What trades call for is made up for in this many steps. */
const CATCH_UP_STEPS = 32;
/** A quiet instrument counts as if it had 100 events a second. */
const RATE_FLOOR_MILLI = 100_000;
/** An add and its cancel, in millionths of an event. */
const PAIR_MICRO = 2_000_000;
const ADDS_MAX = 1000;
/** A calm moment does not pay for more trades than this. */
const LEAD_MAX = 2 * CANCELS_A_TRADE;
const COUNT_MS = 1000;
const LIFE_STEPS_MAX = 3;
const LEVELS = 9;
const PURPOSE_ORDER = 1;
/** A handle is the step that placed it and its number in that step. */
const STEP_SPAN = 65_536;
const HANDLES_A_STEP = 65_536;

interface CancellationStormState {
  severity_ppm: number;
  seed: SeedWords;
  /** T of the last step, 0 before the first. */
  last_ns: number;
  /** Events owed, in millionths. */
  credit_micro: number;
  steps: number;
  /** Orders placed beyond those that the trades so far call for; below 0: still due. */
  lead: number;
  /** Orders placed and trades printed since `counted_ns`; `flood_ppm` is of the second before. */
  placed: number;
  printed: number;
  counted_ns: number;
  flood_ppm: number;
}

function pulls(state: CancellationStormState, view: StormView): Intent[] {
  const intents: Intent[] = [];
  for (let i = 0; i < view.own.count; i++) {
    if (view.own.qty(i) === 0) continue;
    const handle = view.own.handle(i);
    const placed = Math.floor(handle / HANDLES_A_STEP);
    const age = (state.steps - placed + STEP_SPAN) % STEP_SPAN;
    if (age > handle % LIFE_STEPS_MAX) intents.push(cancelOwn(handle));
  }
  return intents;
}

/** An order on the second level or behind it, where it leaves the touch alone. */
function order(state: CancellationStormState, view: StormView, index: number): Intent {
  const place = state.steps * ADDS_MAX + index;
  const draw = words(state.seed, StormKind.CancellationStorm, PURPOSE_ORDER, place);
  const side = (draw[0] & 1) as 0 | 1;
  const rows = side === 0 ? view.bids : view.asks;
  const depth = side === 0 ? view.baselineBidDepth : view.baselineAskDepth;
  const level = between(draw[1], 1, LEVELS);
  const away = (side === 0 ? -level : level) * view.tickSize;
  const price = level < rows.count ? rows.price(level) : rows.price(0) + away;
  const qty = between(draw[2], 1, Math.max(1, Math.floor(depth / 100)));
  const handle = (state.steps % STEP_SPAN) * HANDLES_A_STEP + index;
  return addOwn(side, Math.max(view.tickSize, price), qty, handle);
}

const rateMilli = (view: StormView): number =>
  Math.max(RATE_FLOOR_MILLI, view.baselineRateMilli) * TIMES;

/** Orders that the median rate calls for in this step. */
function basic(state: CancellationStormState, view: StormView): [adds: number, credit: number] {
  const elapsed_ms = Math.floor((view.tsNs - state.last_ns) / NS_PER_MS);
  const earned = mulDiv(rateMilli(view), state.severity_ppm, PPM) * elapsed_ms;
  const owed = state.credit_micro + earned;
  const adds = Math.min(ADDS_MAX, Math.floor(owed / PAIR_MICRO));
  return [adds, adds === ADDS_MAX ? 0 : owed - adds * PAIR_MICRO];
}

/** Orders beyond them: a market that trades much needs more to be flooded. */
function beyond(lead: number, room: number): number {
  return lead >= 0 ? 0 : Math.min(room, Math.ceil(-lead / CATCH_UP_STEPS));
}

/** Counts what was placed, second by second, against what severity 1 would have placed. */
function counted(state: CancellationStormState, view: StormView): CancellationStormState {
  const past_ms = Math.floor((view.tsNs - state.counted_ns) / NS_PER_MS);
  if (past_ms < COUNT_MS) return state;
  const base = mulDiv(rateMilli(view), past_ms, PAIR_MICRO);
  const full = Math.max(1, base, state.printed * CANCELS_A_TRADE);
  const flood_ppm = mulDiv(state.placed, PPM, full);
  return { ...state, placed: 0, printed: 0, counted_ns: view.tsNs, flood_ppm };
}

function flood(before: CancellationStormState, view: StormView) {
  const [base, credit_micro] = basic(before, view);
  const trades = view.trades.count + view.tradesOmitted;
  const due = mulDiv(trades * CANCELS_A_TRADE, before.severity_ppm, PPM);
  const lead = Math.min(LEAD_MAX, before.lead + base) - due;
  const extra = beyond(lead, ADDS_MAX - base);
  const adds = base + extra;
  const placed = before.placed + adds;
  const printed = before.printed + trades;
  const moved = { ...before, last_ns: view.tsNs, credit_micro, lead: lead + extra };
  const state = counted({ ...moved, placed, printed, steps: before.steps + 1 }, view);
  const intents = pulls(state, view);
  for (let i = 0; i < adds; i++) intents.push(order(state, view, i));
  return { state, intents };
}

/** Messages that say nothing. */
export const CancellationStorm: StormModule<CancellationStormState> = {
  name: 'CancellationStorm',
  number: StormKind.CancellationStorm,
  init: ({ severity_ppm }, seed) => ({
    severity_ppm,
    seed: seedWords(seed),
    last_ns: 0,
    credit_micro: 0,
    steps: 0,
    lead: 0,
    placed: 0,
    printed: 0,
    counted_ns: 0,
    flood_ppm: 0,
  }),
  step: (state, view) => {
    const blind = view.bids.count === 0 || view.asks.count === 0;
    if (state.severity_ppm === 0 || !view.trading || blind) return { state, intents: [] };
    if (state.last_ns > 0) return flood(state, view);
    return { state: { ...state, last_ns: view.tsNs, counted_ns: view.tsNs }, intents: [] };
  },
  // Orders placed in a second against those that severity 1 would have placed in it.
  realised: ({ flood_ppm }) => (flood_ppm === 0 ? undefined : flood_ppm),
};
