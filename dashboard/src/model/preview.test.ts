import { describe, expect, it } from 'vitest';
import {
  cutWords,
  factsOf,
  isMoved,
  keyOf,
  type Present,
  type Preview,
  rowAt,
  rowWords,
  type Shown,
  seedFor,
  stallWords,
  standingOf,
} from './preview.ts';

const preview: Preview = {
  kind: 'FlashCrash',
  symbol: 'AAPL',
  severity: 0.8,
  duration_ms: 10_000,
  seed: '7',
  at_ms: 34_200_000,
  at_seq: 12,
  until_ms: 34_215_200,
  cut: null,
  tick_size: 100,
  epoch: 2,
  points: {
    after_ms: [20, 100, 300],
    mid: [1_000_000, 995_050, null],
    mid_without: [1_000_000, 1_000_050, 1_000_050],
    spread: [100, 900, null],
  },
  facts: {
    price_move: { price: -5000, bps: -49.9975, after_ms: 5820 },
    widest_spread: { price: 900, ticks: 9, bps: 9.058, after_ms: 4420 },
    depth_change: { share: -0.624, after_ms: 5100 },
    events: 21_475,
    events_share: 0.501,
    taken_qty: 35_026,
    withdrawn_qty: 765_635,
    placed_qty: 4_625_715,
    trades: 2790,
    delivery_stalls: { count: 7, total_ms: 281.5 },
    calm_after_ms: 13_245,
    flags: [{ detector: 'FlashCrash', after_ms: 520, count: 1 }],
    failure: null,
  },
  cost: { stall_ms: 1.5, wall_ms: 344 },
};

const request = { kind: 'FlashCrash', severity: 0.8, duration_ms: 10_000 };
const shown: Shown = { preview, key: keyOf(request), storms: '1:1', fired: null };
const now: Present = { key: shown.key, storms: '1:1', epoch: 2, isMoved: false };
const started = { id: 3, seed: '7', start_seq: 12, started_at_ms: 34_200_000 };

describe('a preview', () => {
  it.each<[string, Partial<Shown>, Partial<Present>, boolean, RegExp]>([
    ['holds while nothing has changed', {}, {}, false, /^Exact/],
    ['is dated once time moved on', {}, { isMoved: true }, true, /moved on\. Pause/],
    ['is dated by another parameter', {}, { key: 'other' }, true, /parameter/],
    ['is dated by another storm', {}, { storms: '' }, true, /storm began or ended/],
    ['is dated by a seek', {}, { epoch: 3 }, true, /source or place/],
    ['is what happens once it was fired', { fired: started }, { isMoved: true }, false, /as #3/],
    [
      'is another market when it was fired later',
      { fired: { ...started, started_at_ms: 34_200_001 } },
      { isMoved: true },
      true,
      /fired later/,
    ],
  ])('%s', (_what, is, present, isDated, words) => {
    const standing = standingOf({ ...shown, ...is }, { ...now, ...present });
    expect(standing.isDated).toBe(isDated);
    expect(standing.words).toMatch(words);
  });

  it('keeps its seed for the same storm, until that is fired', () => {
    expect(seedFor(shown, { ...request, note: 'a note' })).toBe('7');
    expect(seedFor(shown, { ...request, severity: 0.7 })).toBeUndefined();
    expect(seedFor({ ...shown, fired: started }, request)).toBeUndefined();
    expect(seedFor(null, request)).toBeUndefined();
  });

  it('has not moved at its own instant', () => {
    expect([isMoved(34_200, preview), isMoved(34_200.001, preview)]).toEqual([false, true]);
  });
});

describe('its words', () => {
  it('name the figures', () => {
    const text = factsOf(preview).map(({ name, value, more }) => `${name}: ${value} ${more}`);
    expect(text).toEqual([
      'Price move: −50.0 bps at 5.8 s',
      'Widest spread: 9 ticks 9.06 bps at 4.4 s',
      'Calm again: 13.2 s everything is back',
      'Detected: 0.5 s FlashCrash',
      'Depth: −62 % at 5.1 s',
      'Injected: 21.5k events 50 % of the flow',
      'Trades: 2,790 that it is a side of',
      'Displaced: 801k shares, 35.0k taken',
    ]);
  });

  it('say what is absent', () => {
    const nothing = { price_move: null, widest_spread: null, depth_change: null };
    const none = { ...nothing, calm_after_ms: null, flags: [] };
    const cut = { ...preview, cut: 'source_end' as const, facts: { ...preview.facts, ...none } };
    const text = factsOf(cut).map(({ value, more }) => `${value} ${more}`.trim());
    expect(text.slice(0, 4)).toEqual(['none', '–', '– not in sight', 'no']);
    expect(cutWords(cut)).toBe('Cut at 15.2 s: the source ends.');
    expect(cutWords(preview)).toBe('');
    expect(stallWords(preview)).toBe('The link to a target stalls 7 times, 282 ms in all.');
  });

  it('read the row under the pointer', () => {
    expect([-50, 61, 190, 9000].map((at) => rowAt(preview.points, at))).toEqual([0, 1, 1, 2]);
    expect(rowWords(preview, 1)).toBe(
      '0.1 s · mid 99.505 · without 100.005 · −50.0 bps · spread 9 ticks',
    );
    expect(rowWords(preview, 2)).toBe('0.3 s · mid – · without 100.005 · spread –');
  });
});
