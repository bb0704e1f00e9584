// One target of a run that is recorded. In: its polls, storms as they start and end. Out: its part of
// run.yaml, with the numbers behind its verdict.
import type { RunScore, RunTarget } from '@wavetank/recorder';
import { type Poll, type TargetNews, TargetScore } from '@wavetank/target';
import { equityOf, settleTarget } from './run-facts.ts';
import type { Target } from './targets.ts';

export class ScoredTarget {
  readonly target: Target;
  /** As run.yaml holds it. */
  readonly run: RunTarget;
  readonly #score: TargetScore;

  constructor(target: Target, run: RunTarget) {
    this.target = target;
    this.run = run;
    this.#score = new TargetScore(target.spec.slo);
  }

  observe(poll: Poll, ts_run_ns: number): void {
    this.#score.observe(poll, ts_run_ns);
  }

  news({ type }: TargetNews): void {
    if (type === 'bot_unreachable') this.run.outages++;
  }

  stormStarted(id: number, ts_run_ns: number): void {
    this.#score.stormStarted(id, ts_run_ns);
  }

  stormEnded(id: number, ts_run_ns: number): void {
    this.#score.stormEnded(id, ts_run_ns);
  }

  /** A poll of now, for the end of a storm; the equity it found. */
  async equity(id: number, end: 'start' | 'stop'): Promise<number | null> {
    const equity = equityOf(await this.target.poller.pollFresh());
    this.#score.stormEquity(id, end, equity);
    return equity;
  }

  /** Asks a last time. */
  async settle(ended_ts_ns: number): Promise<void> {
    const poll = await this.target.poller.pollFresh();
    this.#score.observe(poll, ended_ts_ns);
    settleTarget(this.run, poll);
  }

  /** As it stands at a virtual time. */
  score(at_ts_ns: number): RunScore {
    const { slo, ...figures } = this.#score.report(at_ts_ns);
    return { ...figures, slo: { ...slo } };
  }

  /** All polls have come back. */
  finish(ended_ts_ns: number): void {
    this.run.score = this.score(ended_ts_ns);
  }
}
