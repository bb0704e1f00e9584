// The six charts: which columns they draw, in which units, on which axes.

import type { Banded } from '../model/bands.ts';
import type { Desk } from '../model/desk.ts';
import {
  axisCount,
  bpsText,
  dollarText,
  shortCount,
  signedCount,
  significant,
} from '../model/format.ts';
import type { SeriesName } from '../model/series.ts';
import type { ChartSpec, Row } from './spec.ts';

const tickSize = (desk: Desk): number => desk.tick?.tick_size ?? 100;
const dollars = (value: number, desk: Desk): string => dollarText(value, tickSize(desk));
const of = (column: SeriesName) => (): SeriesName => column;
const band = (column: Banded) => (): Banded => column;
const waiting = (): string => 'No ticks yet';

/** Above this many ticks a spread is told in basis points, where ticks say nothing. */
const TICKS_READABLE = 50;
const inBps = (desk: Desk): boolean =>
  (desk.tick?.twin_spread ?? 0) / tickSize(desk) > TICKS_READABLE;

const ticksText = (value: number): string =>
  Number.isInteger(value) ? shortCount(value) : significant(value, 2);

/** In ticks, with the basis points of the same instant beside them. */
function spreadText(value: number, desk: Desk, row: Row): string {
  if (!Number.isFinite(value)) return '–';
  return inBps(desk) ? bpsText(value) : `${ticksText(value)} · ${bpsText(row('spread_bps'))}`;
}

const perSecond = (value: number): string => significant(value, 2);

/** Axes of the small charts are alike, so that their plots line up. */
const NARROW_REM = 3.4;

/** Wide enough for $10,000 with three decimals. */
export const PRICE_REM = 5.2;

export const PRICE: ChartSpec = {
  id: 'price',
  title: 'Price',
  about: 'Mid, microprice and the mid of the source without storms, with every print.',
  isPrice: true,
  lines: [
    {
      label: 'twin',
      colour: 'twin',
      column: of('twin_mid'),
      text: dollars,
      width: 1.25,
      dash: [4, 3],
      stepped: true,
    },
    { label: 'micro', colour: 'micro', column: of('micro'), text: dollars, width: 1, alpha: 0.8 },
    { label: 'mid', colour: 'mid', column: of('mid'), text: dollars, width: 1.5, stepped: true },
  ],
  bands: [{ colour: 'mid', column: band('mid') }],
  right: {
    unit: () => '$',
    text: dollars,
    gutter: PRICE_REM,
    range: (desk) => ({ kind: 'around', least: (8 * tickSize(desk)) / 10_000 }),
  },
  empty: (desk) => (desk.tracks.last_s > 0 ? 'No two-sided quote' : waiting()),
};

export const SPREAD: ChartSpec = {
  id: 'spread',
  title: 'Spread',
  about: 'Best ask minus best bid, with and without storms.',
  lines: [
    {
      label: 'twin',
      colour: 'twin',
      column: (desk) => (inBps(desk) ? 'twin_spread_bps' : 'twin_spread_ticks'),
      text: (value, desk) => (inBps(desk) ? bpsText(value) : ticksText(value)),
      width: 1.25,
      dash: [4, 3],
      stepped: true,
    },
    {
      label: 'market',
      colour: 'mid',
      column: (desk) => (inBps(desk) ? 'spread_bps' : 'spread_ticks'),
      text: spreadText,
      width: 1.5,
      stepped: true,
    },
  ],
  bands: [{ colour: 'mid', column: (desk) => (inBps(desk) ? 'spread_bps' : 'spread_ticks') }],
  right: {
    unit: (desk) => (inBps(desk) ? 'bps' : 'ticks'),
    text: (value, desk) => (inBps(desk) ? significant(value, 2) : ticksText(value)),
    gutter: NARROW_REM,
    range: (desk) => ({ kind: 'from_zero', least: inBps(desk) ? 1 : 4 }),
  },
  empty: (desk) => (desk.tracks.last_s > 0 ? 'No two-sided quote' : waiting()),
};

export const DEPTH: ChartSpec = {
  id: 'depth',
  title: 'Depth, ten levels',
  about: 'Shares resting on the ten best levels of each side, with and without storms.',
  lines: [
    {
      label: '',
      colour: 'buy',
      column: of('twin_bid_depth'),
      text: shortCount,
      width: 1,
      dash: [3, 3],
      alpha: 0.55,
    },
    {
      label: '',
      colour: 'sell',
      column: of('twin_ask_depth'),
      text: shortCount,
      width: 1,
      dash: [3, 3],
      alpha: 0.55,
    },
    { label: 'bid', colour: 'buy', column: of('bid_depth'), text: shortCount, width: 1.5 },
    { label: 'ask', colour: 'sell', column: of('ask_depth'), text: shortCount, width: 1.5 },
  ],
  bands: [
    { colour: 'buy', column: band('bid_depth') },
    { colour: 'sell', column: band('ask_depth') },
  ],
  right: {
    unit: () => 'shares',
    text: axisCount,
    gutter: NARROW_REM,
    range: () => ({ kind: 'from_zero', least: 100 }),
  },
  empty: waiting,
};

export const IMBALANCE: ChartSpec = {
  id: 'imbalance',
  title: 'Imbalance',
  about: 'Bid minus ask depth over their sum, ten levels; plus is bid-heavy.',
  lines: [
    {
      label: '',
      colour: 'mid',
      column: of('imbalance'),
      text: (value) => (Number.isNaN(value) ? '–' : `${signedCount(value * 100)} %`),
      width: 1.5,
    },
  ],
  bands: [{ colour: 'mid', column: band('imbalance') }],
  right: {
    unit: () => '%',
    text: (value) => signedCount(value * 100),
    gutter: NARROW_REM,
    range: () => ({ kind: 'fixed', min: -1, max: 1 }),
  },
  empty: (desk) => (desk.tracks.last_s > 0 ? 'The book is empty' : waiting()),
};

export const VPIN: ChartSpec = {
  id: 'vpin',
  title: 'VPIN',
  about: 'Volume-synchronised probability of informed trading, 0 to 1.',
  lines: [
    {
      label: '',
      colour: 'mid',
      column: of('vpin'),
      text: (value) => significant(value, 3),
      width: 1.5,
      stepped: true,
    },
  ],
  bands: [{ colour: 'mid', column: band('vpin') }],
  right: {
    unit: () => 'probability',
    text: (value) => value.toFixed(2),
    gutter: NARROW_REM,
    range: () => ({ kind: 'fixed', min: 0, max: 1 }),
  },
  empty: (desk) =>
    desk.tracks.last_s > 0 ? 'Warming up: ten volume buckets are needed' : waiting(),
};

export const RATE: ChartSpec = {
  id: 'rate',
  title: 'Activity',
  about: 'Events a second on the right axis, trades a second and their average on the left.',
  lines: [
    { label: 'events', colour: 'event', column: of('event_rate'), text: shortCount, width: 1.5 },
    {
      label: 'avg',
      colour: 'twin',
      column: of('velocity_ewma'),
      text: perSecond,
      width: 1.25,
      dash: [4, 3],
      left: true,
    },
    {
      label: 'trades',
      colour: 'mid',
      column: of('velocity'),
      text: perSecond,
      width: 1.25,
      left: true,
      stepped: true,
    },
  ],
  bands: [{ colour: 'event', column: band('event_rate') }],
  right: {
    unit: () => '/s',
    text: axisCount,
    gutter: NARROW_REM,
    colour: 'event',
    range: () => ({ kind: 'from_zero', least: 20 }),
  },
  left: {
    unit: () => '',
    text: axisCount,
    gutter: 2.6,
    colour: 'text',
    range: () => ({ kind: 'from_zero', least: 4 }),
  },
  empty: waiting,
};
