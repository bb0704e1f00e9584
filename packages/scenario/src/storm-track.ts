// The storms of a run as their frames tell them. In: Storm frames in order. Out: what started, what
// each caused, and how long the market took to recover. Knows no digest.
import { type StormFrame, StormPhase } from '@wavetank/abi';
import type { Value } from './assertion.ts';

export interface TrackedStorm {
  id: number;
  kind: string;
  symbol: string;
  seed: string;
  severity: number;
  started_at_ms: number;
  /** Null while it runs. */
  ended_at_ms: number | null;
  /** When the last it displaced was back; null before. */
  closed_at_ms: number | null;
  events: number;
}

const NS_PER_MS = 1_000_000;

export class StormTrack {
  readonly #storms = new Map<number, TrackedStorm>();

  take(frame: StormFrame): void {
    const before = this.#storms.get(frame.storm_id);
    const now_ms = frame.ts_run_ns / NS_PER_MS;
    const ended = frame.phase !== StormPhase.Running;
    const closed = frame.phase === StormPhase.Closed;
    this.#storms.set(frame.storm_id, {
      id: frame.storm_id,
      kind: frame.kind_name,
      symbol: frame.symbol,
      seed: frame.seed.toString(),
      severity: frame.severity_ppm / 1e6,
      started_at_ms: frame.started_ts_ns / NS_PER_MS,
      ended_at_ms: before?.ended_at_ms ?? (ended ? now_ms : null),
      closed_at_ms: before?.closed_at_ms ?? (closed ? now_ms : null),
      events: frame.events,
    });
  }

  list(): TrackedStorm[] {
    return [...this.#storms.values()];
  }

  /** Events that storms caused on an instrument. */
  injected(symbol: string): number {
    const here = this.list().filter((storm) => storm.symbol === symbol);
    return here.reduce((sum, storm) => sum + storm.events, 0);
  }

  /** No storm runs and nothing is left to return. */
  get calm(): boolean {
    return this.list().every((storm) => storm.closed_at_ms !== null);
  }

  /** From the last storm's end until nothing was left to return. */
  recovery(now_ms: number): Value {
    const storms = this.list();
    if (storms.length === 0) return { state: 'unknown', why: 'no storm ran' };
    const ends = storms.map((storm) => storm.ended_at_ms);
    if (ends.includes(null)) return { state: 'unknown', why: 'a storm still ran at the end' };
    const last = Math.max(...ends.map(Number));
    if (this.calm) {
      const closed = Math.max(...storms.map((storm) => Number(storm.closed_at_ms)));
      return { state: 'known', value: closed - last };
    }
    return { state: 'at_least', value: now_ms - last, why: 'not recovered when the run ended' };
  }
}
