// One target during one run. In: its polls with the virtual time at which they came back, storms as
// they start and end. Out: what the run did to it, in numbers, and which service levels it broke.
// Bounded; knows no clock.
import type { Poll } from '../poller.ts';
import type { Slo } from '../spec/target-spec.ts';
import { Percentile } from './percentile.ts';
import { type StormScore, StormWatch } from './storm-watch.ts';

/** A service level that was certainly broken. */
export interface SloBreach {
  slo: keyof Slo;
  limit: number;
  measured: number;
  storm_id: number | null;
}

export interface TargetReport {
  polls: number;
  polls_failed: number;
  max_drawdown: number | null;
  answer_ms_p50: number | null;
  answer_ms_p99: number | null;
  outages: number;
  offline_ms_max: number;
  staleness_ms_max: number | null;
  tick_to_trade_us_p99: number | null;
  storms: StormScore[];
  slo: Slo;
  slo_breaches: SloBreach[];
}

const NS_PER_MS = 1e6;
const STORMS_MAX = 256;

const larger = (a: number | null, b: number | null): number | null =>
  b === null ? a : Math.max(a ?? b, b);

export class TargetScore {
  readonly #slo: Slo;
  readonly #answers = new Percentile();
  readonly #storms = new Map<number, StormWatch>();
  #polls = 0;
  #failed = 0;
  #peak: number | null = null;
  #drawdown: number | null = null;
  #outages = 0;
  #offlineSinceMs: number | null = null;
  #offlineMs = 0;
  #staleMs: number | null = null;
  #tickToTradeUs: number | null = null;
  #lastPoll: { poll: Poll; ts_run_ns: number } | undefined;
  /** Changes of equity from poll to poll, newest last: what its steady band is made of. */
  #steps: { ts_run_ns: number; step: number }[] = [];

  constructor(slo: Slo) {
    this.#slo = slo;
  }

  observe(poll: Poll, ts_run_ns: number): void {
    this.#polls++;
    if (poll.online) this.#online(poll, ts_run_ns);
    else this.#offline(poll.at_wall_ms);
    const before = this.#lastPoll;
    for (const storm of this.#storms.values()) storm.observe(poll, ts_run_ns, before?.ts_run_ns);
    this.#lastPoll = { poll, ts_run_ns };
  }

  #online(poll: Extract<Poll, { online: true }>, ts_run_ns: number): void {
    const { state, took_ms, at_wall_ms } = poll;
    this.#answers.add(took_ms);
    this.#closeOutage(at_wall_ms);
    this.#tickToTradeUs = larger(this.#tickToTradeUs, state.tick_to_trade_us_p99);
    if (state.as_of_ts_run_ns !== null && ts_run_ns > 0) {
      const age = Math.max(0, (ts_run_ns - state.as_of_ts_run_ns) / NS_PER_MS);
      this.#staleMs = larger(this.#staleMs, age);
    }
    if (state.equity === null) return;
    this.#peak = larger(this.#peak, state.equity);
    this.#drawdown = larger(this.#drawdown, (this.#peak ?? 0) - state.equity);
    const last = this.#lastPoll?.poll;
    if (!last?.online || last.state.equity === null) return;
    const step = Math.abs(state.equity - last.state.equity);
    this.#steps.push({ ts_run_ns, step });
    for (const storm of this.#storms.values()) storm.step(step, ts_run_ns);
    if (this.#steps.length > 512) this.#steps = this.#steps.slice(-256);
  }

  #offline(at_wall_ms: number): void {
    this.#failed++;
    if (this.#offlineSinceMs !== null) {
      this.#offlineMs = Math.max(this.#offlineMs, at_wall_ms - this.#offlineSinceMs);
      return;
    }
    this.#outages++;
    this.#offlineSinceMs = at_wall_ms;
  }

  #closeOutage(at_wall_ms: number): void {
    if (this.#offlineSinceMs === null) return;
    this.#offlineMs = Math.max(this.#offlineMs, at_wall_ms - this.#offlineSinceMs);
    this.#offlineSinceMs = null;
  }

  stormStarted(id: number, started_ts_ns: number): void {
    if (this.#storms.has(id) || this.#storms.size >= STORMS_MAX) return;
    const before = this.#lastPoll?.poll;
    this.#storms.set(id, new StormWatch(id, started_ts_ns, before, this.#steps));
  }

  /** Equity of a poll that the storm's start or end forced. */
  stormEquity(id: number, end: 'start' | 'stop', equity: number | null): void {
    this.#storms.get(id)?.equity(end, equity);
  }

  stormEnded(id: number, ended_ts_ns: number): void {
    this.#storms.get(id)?.ended(ended_ts_ns);
  }

  /** As it stands now; `ended_ts_ns` is the run's end. */
  report(ended_ts_ns: number): TargetReport {
    const last = this.#lastPoll?.poll;
    const equity = last?.online ? last.state.equity : null;
    const storms = [...this.#storms.values()].map((storm) => storm.score(equity));
    const figures = {
      offline_ms: this.#outages === 0 ? null : Math.max(this.#offlineMs, 1),
      answer_ms_p99: this.#answers.of(0.99),
      staleness_ms: this.#staleMs,
      tick_to_trade_us_p99: this.#tickToTradeUs,
    };
    return {
      polls: this.#polls,
      polls_failed: this.#failed,
      max_drawdown: rounded(this.#drawdown),
      answer_ms_p50: rounded(this.#answers.of(0.5)),
      answer_ms_p99: rounded(figures.answer_ms_p99),
      outages: this.#outages,
      offline_ms_max: this.#offlineMs,
      staleness_ms_max: rounded(this.#staleMs),
      tick_to_trade_us_p99: this.#tickToTradeUs,
      storms,
      slo: this.#slo,
      slo_breaches: [...this.#ofRun(figures), ...this.#ofStorms(ended_ts_ns)],
    };
  }

  #ofRun(figures: { [slo in keyof Slo]?: number | null }): SloBreach[] {
    return (Object.entries(figures) as [keyof Slo, number | null][]).flatMap(([slo, measured]) =>
      breach(slo, this.#slo[slo], measured, null),
    );
  }

  /** What a poll cannot resolve counts in favour of the target. */
  #ofStorms(ended_ts_ns: number): SloBreach[] {
    const { reaction_ms, recovery_ms } = this.#slo;
    return [...this.#storms.values()].flatMap((storm) => [
      ...breach('reaction_ms', reaction_ms, storm.reactionAtLeastMs, storm.id),
      ...breach('recovery_ms', recovery_ms, storm.recoveryAtLeastMs(ended_ts_ns), storm.id),
    ]);
  }
}

function breach(
  slo: keyof Slo,
  limit: number | null,
  measured: number | null,
  storm_id: number | null,
): SloBreach[] {
  if (limit === null || measured === null || measured <= limit) return [];
  return [{ slo, limit, measured: rounded(measured) ?? measured, storm_id }];
}

const rounded = (value: number | null): number | null =>
  value === null ? null : Math.round(value * 1000) / 1000;
