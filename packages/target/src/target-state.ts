// In: the JSON of a target's /api/state. Out: the fields that scoring reads, each of the right type
// or null. A field that is missing is null; one of a wrong type is named, and null.
import type { JsonValue } from './bounded-json.ts';

export interface TargetState {
  bot: string | null;
  equity: number | null;
  currency: string | null;
  total_trades: number | null;
  wins: number | null;
  losses: number | null;
  realized_pnl: number | null;
  unrealized_pnl: number | null;
  /** The newest signal as JSON text, cut to a length a record can hold. */
  last_signal: string | null;
  /** Its own stamp, where it is an object with a virtual `ts_run_ns`. */
  last_signal_ts_run_ns: number | null;
  /** Signed shares, orders that work, whether it quotes: what a defence changes. */
  position: number | null;
  open_orders: number | null;
  quoting: boolean | null;
  /** Virtual time of the last market data that it has seen. */
  as_of_ts_run_ns: number | null;
  /** What it measured of itself. */
  tick_to_trade_us_p99: number | null;
  /** Fields that were there and could not be used. */
  refused: string[];
}

const SIGNAL_CHARS_MAX = 1024;
const NAME_CHARS_MAX = 64;

export function readState(value: JsonValue): TargetState | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const refused: string[] = [];
  const take = <T>(names: string[], read: (value: JsonValue) => T | undefined): T | null => {
    for (const name of names) {
      const found = Object.hasOwn(value, name) ? value[name] : undefined;
      if (found === undefined || found === null) continue;
      const read_ = read(found);
      if (read_ !== undefined) return read_;
      refused.push(name);
    }
    return null;
  };
  return {
    bot: take(['bot', 'name'], name),
    equity: take(['equity'], finite),
    currency: take(['currency', 'account_currency'], name),
    total_trades: take(['total_trades'], count),
    wins: take(['wins'], count),
    losses: take(['losses'], count),
    realized_pnl: take(['realized_pnl'], finite),
    unrealized_pnl: take(['unrealized_pnl'], finite),
    last_signal: take(['signals'], lastSignal),
    last_signal_ts_run_ns: lastStamp(Object.hasOwn(value, 'signals') ? value.signals : undefined),
    position: take(['position'], finite),
    open_orders: take(['open_orders'], count),
    quoting: take(['quoting'], truth),
    as_of_ts_run_ns: take(['as_of_ts_run_ns'], count),
    tick_to_trade_us_p99: take(['tick_to_trade_us_p99'], finite),
    refused,
  };
}

// JSON has no NaN, but 1e999 parses to Infinity.
const finite = (value: JsonValue): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

const count = (value: JsonValue): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;

const name = (value: JsonValue): string | undefined =>
  typeof value === 'string' && value !== '' ? value.slice(0, NAME_CHARS_MAX) : undefined;

const truth = (value: JsonValue): boolean | undefined =>
  typeof value === 'boolean' ? value : undefined;

function lastStamp(signals: JsonValue | undefined): number | null {
  const last = Array.isArray(signals) ? signals.at(-1) : undefined;
  if (typeof last !== 'object' || last === null || Array.isArray(last)) return null;
  const stamp = Object.hasOwn(last, 'ts_run_ns') ? last.ts_run_ns : undefined;
  return stamp === undefined ? null : (count(stamp) ?? null);
}

function lastSignal(value: JsonValue): string | null | undefined {
  if (!Array.isArray(value)) return undefined;
  const last = value.at(-1);
  return last === undefined ? null : JSON.stringify(last).slice(0, SIGNAL_CHARS_MAX);
}
