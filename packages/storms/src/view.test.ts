import {
  decodeEvent,
  EVENT_SIZE,
  encodeIntentAnswer,
  encodeViewHeader,
  encodeViewLevel,
  encodeViewOwnOrder,
  encodeViewTrade,
  INTENT_ANSWER_SIZE,
  IntentOp,
  VIEW_HEADER_SIZE,
  VIEW_LEVEL_SIZE,
  VIEW_OWN_ORDER_SIZE,
  VIEW_TRADE_SIZE,
} from '@wavetank/abi';
import { expect, it } from 'vitest';
import { addOwn, encodeIntents, release, take } from './intent.ts';
import { requote } from './quotes.ts';
import { StormView } from './view.ts';

const BIG = 2 ** 40 + 3;

function sample(): Uint8Array {
  const size = VIEW_HEADER_SIZE + 3 * VIEW_LEVEL_SIZE + VIEW_OWN_ORDER_SIZE + VIEW_TRADE_SIZE;
  const bytes = new Uint8Array(size + 8).subarray(8);
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  encodeViewHeader(data, 0, {
    ts_ns: BIG,
    instrument_id: 7,
    tick_size: 100,
    trading_state: 0x48,
    bid_count: 2,
    ask_count: 1,
    own_count: 1,
    trade_count: 1,
    trades_omitted: 5,
    baseline_rate_milli: 9,
    baseline_bid_depth: 10,
    baseline_ask_depth: 11,
    baseline_spread: 12,
    displaced_bid: 13,
    displaced_ask: 14,
  });
  let at = VIEW_HEADER_SIZE;
  for (const price of [1000, 900, 1100]) {
    encodeViewLevel(data, at, { price, qty: BIG, injected_qty: 3, orders: 4, reserved: 0 });
    at += VIEW_LEVEL_SIZE;
  }
  encodeViewOwnOrder(data, at, { price: 900, qty: 3, filled_qty: 2, handle: 6, side: 0 });
  encodeViewTrade(data, at + VIEW_OWN_ORDER_SIZE, { price: 1000, qty: 8, side: 1, flags: 32 });
  return bytes;
}

it('reads every part in place', () => {
  const answers = new Uint8Array(INTENT_ANSWER_SIZE);
  encodeIntentAnswer(new DataView(answers.buffer), 0, { done_qty: 5, index: 0, result: 1 });
  const view = new StormView().load(sample(), answers);
  expect([view.tsNs, view.instrumentId, view.tickSize, view.trading]).toEqual([BIG, 7, 100, false]);
  expect([view.bids.count, view.asks.count]).toEqual([2, 1]);
  expect([view.bids.price(0), view.bids.price(1), view.asks.price(0)]).toEqual([1000, 900, 1100]);
  expect([view.bids.sourceQty(1), view.bids.orders(0)]).toEqual([BIG - 3, 4]);
  expect([view.own.handle(0), view.own.side(0), view.own.price(0)]).toEqual([6, 0, 900]);
  expect([view.own.qty(0), view.own.filledQty(0)]).toEqual([3, 2]);
  expect([view.trades.price(0), view.trades.qty(0)]).toEqual([1000, 8]);
  expect([view.trades.side(0), view.trades.flags(0), view.tradesOmitted]).toEqual([1, 32, 5]);
  expect([view.baselineRateMilli, view.baselineSpread]).toEqual([9, 12]);
  expect([view.baselineBidDepth, view.baselineAskDepth]).toEqual([10, 11]);
  expect([view.displacedBid, view.displacedAsk]).toEqual([13, 14]);
  expect([view.answers.count, view.answers.doneQty(0), view.answers.result(0)]).toEqual([1, 5, 1]);
});

it('refuses a view that is cut', () => {
  expect(() => new StormView().load(sample().subarray(0, 200))).toThrow(RangeError);
});

it('writes intents as events', () => {
  const target = new Uint8Array(3 * EVENT_SIZE);
  const intents = [addOwn(1, BIG, 4, 0xffffffff), take(0, 5, 6), release()];
  expect(encodeIntents(intents, 7, 123, target)).toBe(3 * EVENT_SIZE);
  const data = new DataView(target.buffer);
  expect(decodeEvent(data, 0)).toEqual({
    ts_ns: 123,
    price: BIG,
    qty: 4,
    order_id: 0xffffffffn,
    instrument_id: 7,
    type: IntentOp.AddOwn,
    side: 1,
    flags: 0,
  });
  expect(decodeEvent(data, EVENT_SIZE)).toMatchObject({ type: IntentOp.Take, side: 0, qty: 6 });
  expect(decodeEvent(data, 2 * EVENT_SIZE).type).toBe(IntentOp.Release);
  expect(() => encodeIntents(intents, 7, 123, target.subarray(1))).toThrow(RangeError);
});

it('requotes only what moved', () => {
  const own = new StormView().load(sample()).own;
  const stays = requote(own, [{ handle: 6, side: 0, price: 900, qty: 6 }]);
  expect(stays).toEqual({ cancels: [], adds: [] });
  const moves = requote(own, [{ handle: 6, side: 0, price: 800, qty: 6 }]);
  expect([moves.cancels.length, moves.adds.length]).toEqual([1, 1]);
  expect(requote(own, []).cancels[0]).toMatchObject({ op: IntentOp.CancelOwn, handle: 6 });
});
