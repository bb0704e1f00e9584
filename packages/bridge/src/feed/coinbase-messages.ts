// What the Coinbase Exchange feed says of a change. In: updates. Out: messages of its channels, as
// plain objects. Names, fields and texts are those of its public documentation.
import { Side } from '@wavetank/abi';
import type { VenueClock } from './dialect.ts';
import type { MarketUpdate } from './market-update.ts';
import type { Effect, Level, RestingOrder } from './resting-book.ts';

/** Quote currency of every product: prices are dollars. */
export const QUOTE = 'USD';

export const productOf = (symbol: string): string => `${symbol}-${QUOTE}`;

export const symbolOf = (product: string): string | undefined =>
  product.endsWith(`-${QUOTE}`) ? product.slice(0, -QUOTE.length - 1) : undefined;

/** Exact: a price is 1/10000 dollar. */
export const priceText = (price: number): string =>
  `${Math.floor(price / 10_000)}.${String(price % 10_000).padStart(4, '0')}`;

export const sizeText = (qty: number): string => String(qty);

export const sideText = (side: number): 'buy' | 'sell' => (side === Side.Bid ? 'buy' : 'sell');

const MIX = 0x9e3779b97f4a7c15n;

/** As a UUID, mixed one to one: a storm's order must not look like one. */
export function orderUuid(id: bigint): string {
  const hex = BigInt.asUintN(64, id * MIX)
    .toString(16)
    .padStart(16, '0');
  return `00000000-0000-4000-${hex.slice(0, 4)}-${hex.slice(4)}`;
}

const NOBODY = '00000000-0000-0000-0000-000000000000';

export interface CoinbaseMessage {
  type: string;
  [key: string]: unknown;
}

/** Sequence numbers that an effect uses up. */
export const messagesOf = ({ did }: Effect): number => (did === 'opened' ? 2 : 1);

/** `full`: every change of every order, with a sequence without holes. */
export function fullMessages(update: MarketUpdate, venue: VenueClock): CoinbaseMessage[] {
  const product_id = productOf(update.symbol);
  let sequence = update.messages_before;
  let trade_id = update.prints_before;
  const messages: CoinbaseMessage[] = [];
  for (const { record, effects } of update.told) {
    const time = venue.iso(record.ts_ns);
    for (const effect of effects) {
      if (effect.did === 'printed') trade_id++;
      for (const body of bodies(effect, trade_id)) {
        messages.push({ ...body, product_id, sequence: ++sequence, time });
      }
    }
  }
  return messages;
}

/** `matches`: the prints alone, with the sequence they have in `full`. */
export const matchMessages = (update: MarketUpdate, venue: VenueClock): CoinbaseMessage[] =>
  fullMessages(update, venue).filter(({ type }) => type === 'match');

function bodies(effect: Effect, trade_id: number): CoinbaseMessage[] {
  switch (effect.did) {
    case 'opened': {
      const { order } = effect;
      const head = { ...orderHead(order), price: priceText(order.price) };
      const size = sizeText(order.qty);
      return [
        { type: 'received', ...head, order_type: 'limit', size },
        { type: 'open', ...head, remaining_size: size },
      ];
    }
    case 'changed': {
      const { order, old_qty } = effect;
      const sizes = { old_size: sizeText(old_qty), new_size: sizeText(order.qty) };
      return [{ type: 'change', ...orderHead(order), price: priceText(order.price), ...sizes }];
    }
    case 'closed': {
      const { order, qty } = effect;
      const reason = qty === 0 ? 'filled' : 'canceled';
      const rest = { price: priceText(order.price), remaining_size: sizeText(qty), reason };
      return [{ type: 'done', ...orderHead(order), ...rest }];
    }
    case 'printed':
      return [{ type: 'match', trade_id, ...matchBody(effect) }];
  }
}

const orderHead = ({ id, side }: RestingOrder) => ({
  order_id: orderUuid(id),
  side: sideText(side),
});

function matchBody({ order, side, price, qty }: Extract<Effect, { did: 'printed' }>) {
  return {
    maker_order_id: order === undefined ? NOBODY : orderUuid(order.id),
    taker_order_id: NOBODY,
    side: sideText(side),
    price: priceText(price),
    size: sizeText(qty),
  };
}

/** `level2`: each level that changed, with its size as it is now. */
export function levelChanges({ bids, asks }: MarketUpdate): [string, string, string][] {
  const of = (side: 'buy' | 'sell') => (level: Level) =>
    [side, priceText(level[0]), sizeText(level[1])] as [string, string, string];
  return [...bids.map(of('buy')), ...asks.map(of('sell'))];
}

export const levelTexts = (levels: readonly Level[]): [string, string][] =>
  levels.map(([price, qty]) => [priceText(price), sizeText(qty)]);
