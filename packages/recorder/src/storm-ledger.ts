// In: Storm frames in order, and target equity as polls come back. Out: storm_start and storm_stop
// exactly once a storm, whoever ended it, and the entries of run.yaml. Knows no file and no clock.
import { type StormFrame, StormPhase } from '@wavetank/abi';
import { type EventFacts, stormStart, stormStop } from './events.ts';
import { round } from './verdict.ts';

const DELIVERED_WITHIN_MS = 1000;

export interface StormFired {
  id: number;
  kind: string;
  symbol: string;
  started_at_ms: number;
  severity: number;
  duration_ms: number;
  seed: string;
  note: string | null;
  cause: string | null;
  start_seq: number;
  end_seq: number | null;
  ended_at_ms: number | null;
  target_pnl_delta: number | null;
}

interface Entry {
  frame: StormFrame;
  fired: StormFired;
  equity: { start: number | null; stop: number | null };
}

export class StormLedger {
  readonly #entries = new Map<number, Entry>();

  /** Facts to record before the frame is shown to anybody. */
  take(frame: StormFrame, note: string | null): EventFacts[] {
    const facts: EventFacts[] = [];
    let entry = this.#entries.get(frame.storm_id);
    if (entry === undefined) {
      entry = { frame, fired: fired(frame, note), equity: { start: null, stop: null } };
      this.#entries.set(frame.storm_id, entry);
      facts.push(stormStart(frame, note));
    }
    entry.frame = frame;
    if (frame.phase !== StormPhase.Running && entry.fired.cause === null) {
      facts.push(this.#close(entry, stormStop(frame, { seq: frame.end_seq || frame.seq })));
    }
    return facts;
  }

  /** Stops every storm that still runs, because its run ends. */
  closeAll(at: { seq: number; ts_run_ns: number; cause: string }): EventFacts[] {
    return [...this.#entries.values()]
      .filter((entry) => entry.fired.cause === null)
      .map((entry) => {
        const frame = { ...entry.frame, ts_run_ns: at.ts_run_ns };
        return this.#close(entry, stormStop(frame, { seq: at.seq, cause: at.cause }));
      });
  }

  #close(entry: Entry, facts: EventFacts): EventFacts {
    entry.fired.cause = String(facts.cause);
    entry.fired.end_seq = facts.seq;
    entry.fired.ended_at_ms = facts.ts_run_ns / 1e6;
    return facts;
  }

  /** Kinds of the storms that run on a symbol, oldest first. */
  kindsOn(symbol: string): string[] {
    return [...this.#entries.values()]
      .filter(({ frame }) => frame.symbol === symbol && frame.phase === StormPhase.Running)
      .map(({ frame }) => frame.kind_name);
  }

  /** Equity that a poll forced by the storm's start or stop found; null when none was had. */
  equity(id: number, end: 'start' | 'stop', value: number | null): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    entry.equity[end] = value;
    const { start, stop } = entry.equity;
    entry.fired.target_pnl_delta = start === null || stop === null ? null : round(stop - start);
  }

  /** Equity at the run's end is the best known for storms that only the run's end stopped. */
  settleOpen(value: number | null): void {
    for (const [id, { fired }] of this.#entries) {
      if (fired.cause === 'run_stop') this.equity(id, 'stop', value);
    }
  }

  /** A storm that meant something ran for a second or more, and nothing of it reached the market. */
  undelivered(): boolean {
    return [...this.#entries.values()].some(({ frame, fired }) => {
      const ran_ms = (fired.ended_at_ms ?? frame.ts_run_ns / 1e6) - fired.started_at_ms;
      return frame.severity_ppm > 0 && frame.events === 0 && ran_ms >= DELIVERED_WITHIN_MS;
    });
  }

  list(): StormFired[] {
    return [...this.#entries.values()].map(({ fired }) => ({ ...fired }));
  }
}

function fired(frame: StormFrame, note: string | null): StormFired {
  return {
    id: frame.storm_id,
    kind: frame.kind_name,
    symbol: frame.symbol,
    started_at_ms: frame.started_ts_ns / 1e6,
    severity: frame.severity_ppm / 1e6,
    duration_ms: frame.duration_ms,
    seed: frame.seed.toString(),
    note,
    cause: null,
    start_seq: frame.start_seq,
    end_seq: null,
    ended_at_ms: null,
    target_pnl_delta: null,
  };
}
