// What the Coinbase Exchange says of the last trade and of those before it, over REST and in the channel
// `ticker`. In: the feed of an instrument. Out: plain objects with its names. Figures that it gives for a
// day are since the feed began: no more is known.
import { Side } from '@wavetank/abi';
import {
  type CoinbaseMessage,
  priceText,
  productOf,
  sideText,
  sizeText,
} from './coinbase-messages.ts';
import type { VenueClock } from './dialect.ts';
import type { InstrumentFeed } from './instrument-feed.ts';

/** The channel's message; undefined before the first trade. */
export function tickerMessage(
  feed: InstrumentFeed,
  venue: VenueClock,
): CoinbaseMessage | undefined {
  const { tape, book, symbol } = feed;
  const { last } = tape;
  if (last === undefined) return undefined;
  const [bid, ask] = [book.best(Side.Bid), book.best(Side.Ask)];
  return {
    type: 'ticker',
    sequence: feed.messages,
    product_id: productOf(symbol),
    price: priceText(last.price),
    open_24h: priceText(tape.open),
    volume_24h: sizeText(tape.volume),
    low_24h: priceText(tape.low),
    high_24h: priceText(tape.high),
    volume_30d: sizeText(tape.volume),
    best_bid: bid === undefined ? null : priceText(bid[0]),
    best_bid_size: bid === undefined ? null : sizeText(bid[1]),
    best_ask: ask === undefined ? null : priceText(ask[0]),
    best_ask_size: ask === undefined ? null : sizeText(ask[1]),
    // Here it is the taker's, in `match` the maker's.
    side: sideText(last.side === Side.Bid ? Side.Ask : Side.Bid),
    time: venue.iso(last.ts_ns),
    trade_id: last.trade_id,
    last_size: sizeText(last.qty),
  };
}

/** `/products/:id/ticker`; a figure that is not known yet is null. */
export function tickerBody({ tape, book, ts_run_ns }: InstrumentFeed, venue: VenueClock) {
  const { last, volume } = tape;
  const [bid, ask] = [book.best(Side.Bid), book.best(Side.Ask)];
  return {
    trade_id: last?.trade_id ?? null,
    price: last === undefined ? null : priceText(last.price),
    size: last === undefined ? null : sizeText(last.qty),
    time: venue.iso(last?.ts_ns ?? ts_run_ns),
    bid: bid === undefined ? null : priceText(bid[0]),
    ask: ask === undefined ? null : priceText(ask[0]),
    volume: sizeText(volume),
  };
}

/** `/products/:id/trades`, newest first; `side` is the maker's. */
export const tradeBodies = (
  { tape }: InstrumentFeed,
  venue: VenueClock,
  { limit, after }: { limit: number; after: number | undefined },
) =>
  tape.newest(limit, after).map(({ trade_id, side, price, qty, ts_ns }) => ({
    trade_id,
    side: sideText(side),
    size: sizeText(qty),
    price: priceText(price),
    time: venue.iso(ts_ns),
  }));
