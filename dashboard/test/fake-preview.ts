// In: a storm that was asked for and where a fake market stands. Out: an answer of /storm/preview that
// looks like one. What a preview is worth, the engine's own tests say.
import type { Preview } from '../src/model/preview.ts';
import type { FakeMarket } from './fake-market.ts';

const STEP_MS = 80;
const MID = 5_851_300;
const TICK = 100;
const FALL = 12_000;

export function fakePreview(body: Record<string, unknown>, market: FakeMarket): Preview {
  const [severity, duration_ms] = [Number(body.severity), Number(body.duration_ms)];
  const calm_after_ms = Math.round(duration_ms * 1.3);
  const rows = Math.floor((calm_after_ms + 2000) / STEP_MS);
  const after_ms = Array.from({ length: rows }, (_, i) => (i + 1) * STEP_MS);
  const depth = (at: number): number => Math.max(0, Math.min(1, at / (duration_ms / 2)));
  const back = (at: number): number => Math.max(0, Math.min(1, (at - duration_ms * 0.6) / 3000));
  const fallen = (at: number): number =>
    Math.round((depth(at) - back(at)) * severity * FALL) * (depth(at) > back(at) ? 1 : 0);
  const wave = (at: number): number => TICK * Math.round(3 * Math.sin(at / 900));
  const deepest = -Math.max(...after_ms.map(fallen));
  return {
    kind: String(body.kind),
    symbol: market.symbol,
    severity,
    duration_ms,
    seed: String(body.seed ?? '17419069924784877859'),
    at_ms: market.now_ns / 1e6,
    at_seq: 12,
    until_ms: market.now_ns / 1e6 + calm_after_ms + 2000,
    cut: null,
    tick_size: TICK,
    epoch: 1,
    points: {
      after_ms,
      mid: after_ms.map((at) => MID + wave(at) - fallen(at)),
      mid_without: after_ms.map((at) => MID + wave(at)),
      spread: after_ms.map((at) => TICK * (1 + Math.round(fallen(at) / 1500))),
    },
    facts: {
      price_move: { price: deepest, bps: (deepest / MID) * 10_000, after_ms: duration_ms / 2 },
      widest_spread: { price: 900, ticks: 9, bps: 1.54, after_ms: duration_ms / 2 },
      depth_change: { share: -0.62, after_ms: duration_ms / 2 },
      events: 21_475,
      events_share: 0.501,
      taken_qty: 35_026,
      withdrawn_qty: 765_635,
      placed_qty: 4_625_715,
      trades: 2790,
      delivery_stalls: { count: 0, total_ms: 0 },
      calm_after_ms,
      flags: [
        { detector: 'FlashCrash', after_ms: 520, count: 2 },
        { detector: 'Spoof', after_ms: 2400, count: 1 },
      ],
      failure: null,
    },
    cost: { stall_ms: 1.5, wall_ms: 344.4 },
  };
}
