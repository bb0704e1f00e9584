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
/** A quiet instrument counts as if it had 100 events a second. */
const RATE_FLOOR_MILLI = 100_000;
/** An add and its cancel, in millionths of an event. */
const PAIR_MICRO = 2_000_000;
const ADDS_MAX = 1000;
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

function flood(before: CancellationStormState, view: StormView) {
  const elapsed_ms = Math.floor((view.tsNs - before.last_ns) / NS_PER_MS);
  const rate_milli = Math.max(RATE_FLOOR_MILLI, view.baselineRateMilli) * TIMES;
  const earned = mulDiv(rate_milli, before.severity_ppm, PPM) * elapsed_ms;
  const owed = before.credit_micro + earned;
  const adds = Math.min(ADDS_MAX, Math.floor(owed / PAIR_MICRO));
  const state = {
    ...before,
    last_ns: view.tsNs,
    credit_micro: adds === ADDS_MAX ? 0 : owed - adds * PAIR_MICRO,
    steps: before.steps + 1,
  };
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
  }),
  step: (state, view) => {
    const blind = view.bids.count === 0 || view.asks.count === 0;
    if (state.severity_ppm === 0 || !view.trading || blind) return { state, intents: [] };
    if (state.last_ns === 0) return { state: { ...state, last_ns: view.tsNs }, intents: [] };
    return flood(state, view);
  },
};
