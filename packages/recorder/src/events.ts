// The lines of events.jsonl: what each type carries. In: frames and facts. Out: plain objects. Knows
// no file. Every line has `type`, `seq`, `ts_run_ns` and, under `wall`, when it was written.
import {
  type ChaosFrame,
  Detector,
  enumName,
  type RiskFrame,
  RiskGuard,
  RiskState,
  StormCause,
  type StormFrame,
  snakeName,
} from '@wavetank/abi';
import type { Wall } from './tick-line.ts';

export const EVENT_TYPES = [
  'run_start',
  'storm_start',
  'storm_stop',
  'chaos_flag',
  'regime_change',
  'breaker_trip',
  'target_signal',
  'bot_unreachable',
  'bot_back',
  'target_reloaded',
  'target_refused',
  'engine_down',
  'run_stop',
] as const;

export type EventName = (typeof EVENT_TYPES)[number];

/** Where in the run something happened. */
export interface Place {
  seq: number;
  ts_run_ns: number;
  symbol?: string;
}

/** A line before it is written. */
export interface EventFacts extends Place {
  type: EventName;
  [key: string]: unknown;
}

export interface EventLine extends EventFacts {
  wall: Wall;
}

const named = (variants: Record<string, number>, raw: number): string =>
  snakeName(enumName(variants, raw) ?? `unknown_${raw}`);

export function stormStart(frame: StormFrame, note: string | null): EventFacts {
  return {
    type: 'storm_start',
    seq: frame.start_seq,
    ts_run_ns: frame.started_ts_ns,
    symbol: frame.symbol,
    storm_id: frame.storm_id,
    kind: frame.kind_name,
    severity: frame.severity_ppm / 1e6,
    duration_ms: frame.duration_ms,
    seed: frame.seed.toString(),
    started_at_ms: frame.started_ts_ns / 1e6,
    expires_at_ms: frame.expires_ts_ns / 1e6,
    note,
  };
}

/** How a storm ended; `cause` is given where no frame told it. */
export function stormStop(frame: StormFrame, end: { seq: number; cause?: string }): EventFacts {
  return {
    type: 'storm_stop',
    seq: end.seq,
    ts_run_ns: frame.ts_run_ns,
    symbol: frame.symbol,
    storm_id: frame.storm_id,
    kind: frame.kind_name,
    cause: end.cause ?? named(StormCause, frame.cause),
    start_seq: frame.start_seq,
    end_seq: end.seq,
    events: frame.events,
    taken_qty: frame.taken_qty,
    withdrawn_qty: frame.withdrawn_qty,
    placed_qty: frame.placed_qty,
  };
}

export function chaosFlag(frame: ChaosFrame): EventFacts {
  return {
    type: 'chaos_flag',
    seq: frame.seq,
    ts_run_ns: frame.ts_run_ns,
    symbol: frame.symbol,
    flag_no: frame.flag_no,
    detector: enumName(Detector, frame.detector) ?? `unknown_${frame.detector}`,
    severity: frame.severity_ppm / 1e6,
    started_ts_ns: frame.started_ts_ns,
    evidence_qty: frame.evidence_qty,
    order_ids: [frame.order_id_first, frame.order_id_last].filter((id) => id !== 0n).map(String),
    truth_storm_id: frame.truth_storm_id === 0 ? null : frame.truth_storm_id,
    time_to_detect_ms: frame.time_to_detect_ms === 0xffff_ffff ? null : frame.time_to_detect_ms,
  };
}

export function breakerTrip(frame: RiskFrame): EventFacts {
  return {
    type: 'breaker_trip',
    seq: frame.seq,
    ts_run_ns: frame.ts_run_ns,
    ...(frame.symbol === '' ? {} : { symbol: frame.symbol }),
    target: frame.target,
    state: named(RiskState, frame.state),
    guard: named(RiskGuard, frame.guard),
    position: frame.position,
    pnl: frame.pnl,
  };
}
