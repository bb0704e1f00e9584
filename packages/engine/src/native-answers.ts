// Shapes of what the native session answers as JSON. Types only.

export interface StormReport {
  id: number;
  kind: string;
  severity: number;
  duration_ms: number;
  seed: string;
  symbol: string;
  instrument: number;
  phase: 'running' | 'returning' | 'closed';
  cause: string | null;
  started_at_ms: number;
  expires_at_ms: number;
  ended_at_ms: number | null;
  start_seq: number;
  end_seq: number | null;
  events: number;
  taken_qty: number;
  withdrawn_qty: number;
  placed_qty: number;
  displaced_qty: number;
  /** Severity asked for now, its ramp included. */
  asked: number;
  /** Effect reached, 1 = what severity 1 does at its height; null while not measured. */
  realised: number | null;
}

export interface SourceAnswer {
  kind: 'itch' | 'synthetic';
  digest: string;
  path?: string;
  seed?: string;
  instruments?: number;
}

export interface NativeStatus {
  ts_run_ns: number;
  ts_run_ms: number;
  ts_event_ns: number;
  seq: number;
  run_digest: string;
  market_digest: string;
  twin_digest: string;
  ended: boolean;
  /** What of a held quantum is left: everything after its source events, or its close. */
  held: 'all' | 'close' | null;
  source: SourceAnswer;
  position: number;
  length: number;
  symbols: string[];
  symbols_pending: string[];
  watched: string[];
  instruments: number;
  instruments_named: number;
  live_orders: number;
  rejected: number;
  /** Events that storms put in. */
  storm_events: number;
  ts_regressions: number;
  parse: { messages: number; errors: number; first_error: string | null } | null;
  conflated: number;
  feed_dropped: number;
  storms_running: number;
  storms: StormReport[];
  durable_seq: number;
  run: { run_id: string; symbols: string[]; recording: boolean } | null;
}

export interface RunEnd {
  run_id: string;
  start_seq: number;
  end_seq: number;
  ended_ts_ns: number;
  run_digest: string;
  market_digest: string;
  storms: StormReport[];
}
