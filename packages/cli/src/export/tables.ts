// The tables of a run: sequenced events of its log, ticks, flags, storms. In: their rows as the run's
// files hold them. Out: columns with types and units; prices stay integers in 1/10000 dollar.
import {
  ApplyStatus,
  Channel,
  type decodeRecord,
  EventType,
  enumName,
  Side,
  StormRole,
  snakeName,
} from '@wavetank/abi';
import { type Column, columnsOf, type Table, type Value } from './table.ts';

type LoggedRecord = ReturnType<typeof decodeRecord>;

const PRICE = '1/10000 dollar';
const named = (variants: Record<string, number>, raw: number): string =>
  snakeName(enumName(variants, raw) ?? `unknown_${raw}`);

const column = (
  name: string,
  type: Column<LoggedRecord>['type'],
  unit: string,
  of: (record: LoggedRecord) => Value,
): Column<LoggedRecord> => ({ name, type, unit, of });

export const EVENTS: Table<LoggedRecord> = {
  name: 'events',
  columns: [
    column('seq', 'int', 'order of application, 1 is the first of the source', (r) => r.seq),
    column('ts_ns', 'int', 'ns since venue midnight', (r) => r.ts_ns),
    column('instrument_id', 'int', 'ITCH stock locate', (r) => r.instrument_id),
    column('type', 'text', 'what happened', (r) => named(EventType, r.type)),
    column('side', 'text', 'side of the order', (r) => named(Side, r.side)),
    column('price', 'int', PRICE, (r) => r.price),
    column('qty', 'int', 'shares', (r) => r.qty),
    column('order_id', 'uint', 'order reference; bit 63: injected', (r) => r.order_id),
    column('flags', 'int', 'bits, docs/abi.md EventFlags', (r) => r.flags),
    column('channel', 'text', 'source or storm', (r) => named(Channel, r.channel)),
    column('status', 'text', 'how it applied', (r) => named(ApplyStatus, r.status)),
    column('storm_id', 'int', 'label: the storm behind it, null: none', (r) => r.storm_id || null),
    column('role', 'text', 'label: why it was inserted', (r) => named(StormRole, r.role)),
  ],
};

const PLACE = {
  seq: ['int', 'order of application'],
  ts_run_ns: ['int', 'virtual ns since venue midnight'],
  symbol: ['text', 'instrument'],
} as const;

export const TICKS = {
  name: 'ticks',
  columns: columnsOf({
    ...PLACE,
    run_digest: ['text', 'hex'],
    market_digest: ['text', 'hex'],
    mid: ['float', PRICE],
    twin_mid: ['float', PRICE],
    microprice: ['float', PRICE],
    best_bid: ['int', PRICE],
    best_ask: ['int', PRICE],
    spread: ['int', PRICE],
    spread_bps: ['float', 'basis points of mid'],
    depth: ['int', 'shares in ten levels a side'],
    bid_depth: ['int', 'shares in ten levels'],
    ask_depth: ['int', 'shares in ten levels'],
    imbalance: ['float', '-1 to 1'],
    vpin: ['float', '0 to 1'],
    velocity: ['float', 'trades a second over their moving average'],
    event_rate: ['float', 'events a second'],
    drift_bps: ['float', 'basis points in the last second'],
    volume: ['int', 'shares since the start of the source'],
    trades: ['int', 'count since the start of the source'],
    events: ['int', 'count since the start of the source'],
    crossed_ms: ['int', 'virtual ms'],
    injected_qty: ['int', 'shares'],
    displaced_qty: ['int', 'shares'],
    regime: ['text', 'unknown, calm, volatile, aggressive or crisis'],
    regime_score: ['float', 'score'],
    storm_active: ['bool', 'a storm runs on the symbol'],
    storm_kind: ['text', 'kinds that run, joined by +'],
  }),
};

export const FLAGS = {
  name: 'flags',
  columns: columnsOf({
    ...PLACE,
    flag_no: ['int', 'number of the flag on its instrument'],
    detector: ['text', 'kind that was seen'],
    severity: ['float', '0 to 1'],
    started_ts_ns: ['int', 'virtual ns since venue midnight'],
    evidence_qty: ['int', 'shares'],
    order_ids: ['text', 'JSON list of decimal ids'],
    truth_storm_id: ['int', 'label: the storm it hit, null: false'],
    time_to_detect_ms: ['int', 'virtual ms from the start of that storm'],
  }),
};

export const STORMS = {
  name: 'storms',
  columns: columnsOf({
    id: ['int', 'storm'],
    kind: ['text', 'kind of storm'],
    symbol: ['text', 'instrument'],
    started_at_ms: ['float', 'virtual ms since venue midnight'],
    ended_at_ms: ['float', 'virtual ms since venue midnight'],
    severity: ['float', '0 to 1'],
    duration_ms: ['int', 'virtual ms'],
    seed: ['text', 'unsigned 64-bit decimal'],
    note: ['text', 'free text'],
    cause: ['text', 'why it ended'],
    start_seq: ['int', 'order of application'],
    end_seq: ['int', 'order of application'],
    target_pnl_delta: ['float', 'the money of the account'],
  }),
};
