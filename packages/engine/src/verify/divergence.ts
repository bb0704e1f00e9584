// In: what two logs tell of their markets, and the first tick that differs. Out: the first sequence
// that is not the same event in both, or why there is none. Knows no file.
import {
  Channel,
  decodeRecord,
  EventType,
  enumName,
  RECORD_SIZE,
  Side,
  StormRole,
  snakeName,
} from '@wavetank/abi';
import type { TickComparison } from './compare.ts';
import type { LoggedStretch } from './compare-logs.ts';

export interface Divergence {
  seq: number;
  ts_run_ns: number;
  /** What each run has there; `source` where it is the source's own event. */
  a: string;
  b: string;
}

export interface Told {
  divergence: Divergence | null;
  note: string;
}

/** Two markets over one source part where their inserted events part, and nowhere else. */
export function divergenceOf(
  a: LoggedStretch,
  b: LoggedStretch,
  sameSource: boolean,
  ticks: TickComparison,
): Told {
  if (!sameSource) {
    return { divergence: null, note: 'two sources: their sequences mean nothing to each other' };
  }
  const from = Math.max(a.from, b.from);
  const to = Math.min(a.to, b.to);
  if (from >= to) return { divergence: null, note: 'the logs share no stretch' };
  const until = sameUntil(a, b, ticks);
  const before = `before sequence ${from + 1}, the first that both tell`;
  if (until === false) return { divergence: null, note: `they part ${before}` };
  const divergence = firstUnequal(a, b, from, to);
  if (divergence === null) {
    const known = until === true || ticks.compared === 0;
    const note = known ? `the same events from ${from + 1} to ${to}` : `they part ${before}`;
    return { divergence, note };
  }
  const unsure = until === true ? '' : `, or ${before}`;
  return { divergence, note: `the same up to ${divergence.seq - 1}${unsure}` };
}

/** Whether they were one market where both begin to tell; undefined when that is not known. */
function sameUntil(a: LoggedStretch, b: LoggedStretch, ticks: TickComparison): boolean | undefined {
  if (a.from === b.from && a.digest !== null) return a.digest === b.digest;
  // The chain holds all that came before: where it is the same, everything before was.
  return ticks.chained ? true : undefined;
}

function firstUnequal(
  a: LoggedStretch,
  b: LoggedStretch,
  from: number,
  to: number,
): Divergence | null {
  const [ones, others] = [within(a, from, to), within(b, from, to)];
  for (;;) {
    const [one, other] = [ones.next().value, others.next().value];
    if (one === undefined && other === undefined) return null;
    if (!sameBytes(one, other)) return parted(one, other);
  }
}

function* within(log: LoggedStretch, from: number, to: number): Generator<DataView, undefined> {
  for (const record of log.inserted()) {
    const { seq } = decodeRecord(record);
    if (seq > to) return;
    if (seq > from) yield record;
  }
}

function sameBytes(one: DataView | undefined, other: DataView | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  for (let at = 0; at < RECORD_SIZE; at += 8) {
    if (one.getBigUint64(at) !== other.getBigUint64(at)) return false;
  }
  return true;
}

function parted(one: DataView | undefined, other: DataView | undefined): Divergence {
  const records = [one, other].map((view) => (view === undefined ? undefined : decodeRecord(view)));
  const seq = Math.min(...records.map((record) => record?.seq ?? Number.POSITIVE_INFINITY));
  const words = records.map((record) => (record?.seq === seq ? recordWords(record) : 'source'));
  const first = records.find((record) => record?.seq === seq);
  return { seq, ts_run_ns: first?.ts_ns ?? 0, a: words[0] ?? '', b: words[1] ?? '' };
}

/** A record in words: who, what, where. */
export function recordWords(record: ReturnType<typeof decodeRecord>): string {
  const who =
    record.channel === Channel.Source
      ? 'source'
      : `storm ${record.storm_id} (${name(StormRole, record.role)})`;
  const what = `${name(EventType, record.type)} ${name(Side, record.side)}`;
  const order = `order ${record.order_id} of instrument ${record.instrument_id}`;
  return `${who}: ${what} ${record.qty} at ${record.price}, ${order}`;
}

const name = (variants: Record<string, number>, raw: number): string =>
  snakeName(enumName(variants, raw) ?? `unknown_${raw}`);
