// LatencyArbProxy, its market part. In: the view at each quantum end. Out: a small print, then a
// fade of the quotes on the stale side, again and again. How late the target gets the market is in
// delivery.ts. Documented in docs/storms.md.

import { StormKind } from '@wavetank/abi';
import { delivery, stallsUntil } from './delivery.ts';
import { mulDiv } from './integer.ts';
import { type Intent, release, take, withdraw } from './intent.ts';
import { between, type SeedWords, seedWords, words } from './philox.ts';
import type { StormModule } from './types.ts';
import type { StormView } from './view.ts';

const PPM = 1_000_000;
const NS_PER_MS = 1_000_000;
/** A pick-off every 80 to 240 ms. */
const PAUSE_MS_MIN = 80;
const PAUSE_MS_MAX = 240;
/** The fade follows its print after 1 to 3 ms. */
const FADE_MS_MIN = 1;
const FADE_MS_MAX = 3;
/** At severity 1: of the touch that is taken, and of the levels that fade. */
const PRINT_PERCENT = 50;
const FADE_PERCENT = 90;
const FADE_LEVELS = 3;
const PURPOSE_PICK = 1;

interface LatencyArbProxyState {
  severity_ppm: number;
  seed: SeedWords;
  /** T of the next print, 0 before the first view. */
  print_ns: number;
  /** T of the fade that is due, 0 when none is. */
  fade_ns: number;
  /** Side of the quotes that are stale: 0 bids, 1 asks. */
  stale: 0 | 1;
  picks: number;
  /** Shares that severity 1 would have let fade, and those that have. */
  full_qty: number;
  faded_qty: number;
  /** Intents of the fade whose answers come with the next view. */
  fades: number;
}

const share = (qty: number, percent: number, severity_ppm: number): number =>
  mulDiv(mulDiv(qty, percent, 100), severity_ppm, PPM);

const draws = (state: LatencyArbProxyState) =>
  words(state.seed, StormKind.LatencyArbProxy, PURPOSE_PICK, state.picks);

const staleRows = (view: StormView, stale: 0 | 1) => (stale === 0 ? view.bids : view.asks);

/** Takes part of a stale touch; its fade is due a moment later. */
function pick(before: LatencyArbProxyState, view: StormView) {
  const draw = draws(before);
  const stale = (draw[0] & 1) as 0 | 1;
  const state = {
    ...before,
    stale,
    picks: before.picks + 1,
    fade_ns: view.tsNs + between(draw[1], FADE_MS_MIN, FADE_MS_MAX) * NS_PER_MS,
    print_ns: view.tsNs + between(draw[2], PAUSE_MS_MIN, PAUSE_MS_MAX) * NS_PER_MS,
  };
  const rows = staleRows(view, stale);
  const qty = rows.count > 0 ? share(rows.sourceQty(0), PRINT_PERCENT, state.severity_ppm) : 0;
  const intents = qty > 0 ? [take(stale === 0 ? 1 : 0, rows.price(0), qty)] : [];
  return { state, intents };
}

/** The quotes that were picked off fade; what has faded starts to return. */
function fade(before: LatencyArbProxyState, view: StormView) {
  const rows = staleRows(view, before.stale);
  const intents: Intent[] = [];
  let full_qty = 0;
  for (let i = 0; i < Math.min(FADE_LEVELS, rows.count - 1); i++) {
    const qty = share(rows.sourceQty(i), FADE_PERCENT, before.severity_ppm);
    full_qty += share(rows.sourceQty(i), FADE_PERCENT, PPM);
    if (qty > 0) intents.push(withdraw(before.stale, rows.price(i), qty));
  }
  const fades = intents.length;
  intents.push(release());
  return { state: { ...before, fade_ns: 0, full_qty, faded_qty: 0, fades }, intents };
}

/** Notes how much has faded. */
function counted(state: LatencyArbProxyState, view: StormView): LatencyArbProxyState {
  if (state.fades === 0) return state;
  let faded_qty = 0;
  for (let i = 0; i < state.fades; i++) faded_qty += view.answers.doneQty(i);
  return { ...state, faded_qty, fades: 0 };
}

/** Prints that a slow reader learns of too late. */
export const LatencyArbProxy: StormModule<LatencyArbProxyState> = {
  stalls: (severity_ppm, seed, start_ns, end_ns) =>
    severity_ppm === 0 ? [] : stallsUntil(delivery(seed, severity_ppm, start_ns), end_ns),
  name: 'LatencyArbProxy',
  number: StormKind.LatencyArbProxy,
  init: ({ severity_ppm }, seed) => ({
    severity_ppm,
    seed: seedWords(seed),
    print_ns: 0,
    fade_ns: 0,
    stale: 0,
    picks: 0,
    full_qty: 0,
    faded_qty: 0,
    fades: 0,
  }),
  step: (before, view) => {
    if (before.severity_ppm === 0 || !view.trading) return { state: before, intents: [] };
    const state = counted(before, view);
    if (state.print_ns === 0) {
      return { state: { ...state, print_ns: view.tsNs + PAUSE_MS_MIN * NS_PER_MS }, intents: [] };
    }
    if (state.fade_ns !== 0 && view.tsNs >= state.fade_ns) return fade(state, view);
    return view.tsNs >= state.print_ns ? pick(state, view) : { state, intents: [] };
  },
  // The last fade against that of severity 1.
  realised: ({ full_qty, faded_qty }) =>
    full_qty === 0 ? undefined : mulDiv(faded_qty, PPM, full_qty),
};
