// What every kind has to prove, in virtual time. In: a kind, files of own kinds, markets. Out: one line a
// proof. Knows no kind: what an effect is, the kind says itself by `realised`.
import { NULLS } from '@wavetank/abi';
import { type Market, runCalm, runStorm, type StormRun } from './storm-run.ts';
import type { StormRequest } from './tank.ts';

export interface Proof {
  /** What is proven. */
  name: string;
  market: string;
  ok: boolean;
  /** What was seen. */
  said: string;
}

export interface Subject {
  kind: string;
  storms: readonly string[];
  duration_ms: number;
  params?: Record<string, number>;
}

const SEEDS = ['1', '2', '3', '4', '5'];
const SEVERITIES = [0.2, 0.4, 0.6, 0.8, 1];
const PPM = 1_000_000;

const requestOf = ({ kind, duration_ms, params = {} }: Subject, severity: number, seed: string) =>
  ({ kind, severity, duration_ms, seed, params }) satisfies StormRequest;

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Time for which the market was crossed and its source was not is time that a storm crossed it. */
function crossedBy({ ticks }: StormRun): number {
  return ticks.filter((t) => t.best_bid >= t.best_ask && t.best_bid > 0 && t.twin_spread > 0)
    .length;
}

/** The height that the kind's own measure reached, in ppm; undefined when it has none. */
function height({ frames }: StormRun): number | undefined {
  const { realised_ppm: absent } = NULLS.StormFrame;
  const seen = frames.map((frame) => frame.realised_ppm).filter((ppm) => ppm !== absent);
  return seen.length === 0 ? undefined : Math.max(...seen);
}

/** A run at full severity: its code holds, it ends on time, it leaves nothing. */
function ofOneRun(run: StormRun, market: string): Proof[] {
  const { failure, report, recovery_ms, ticks } = run;
  const did = `${report.events} events`;
  const onTime = report.ended_at_ms === report.expires_at_ms && report.cause === 'expired';
  const ended = `ended at ${report.ended_at_ms}, due ${report.expires_at_ms}`;
  const clean = run.market_digest === run.twin_digest && ticks.at(-1)?.injected_qty === 0;
  const left = clean ? `clean after ${recovery_ms} ms` : 'the market is not its source';
  const crossed = crossedBy(run);
  const seen: [name: string, ok: boolean, said: string][] = [
    ['its state is whole numbers, its intents are legal', failure === undefined, failure ?? did],
    ['it does something', report.events > 0, did],
    ['it ends exactly', onTime, ended],
    ['it leaves nothing behind', clean, left],
    ['it never crosses the market', crossed === 0, `${crossed} ticks`],
  ];
  return seen.map(([name, ok, said]) => ({ name, market, ok, said }));
}

async function identity(subject: Subject, market: Market): Promise<Proof> {
  const calm = await runCalm(market, subject.duration_ms);
  const nothing = await runStorm(market, requestOf(subject, 0, '7'), subject);
  const said = `run digest ${nothing.run_digest}, without a storm ${calm}`;
  const ok = nothing.run_digest === calm;
  return { name: 'severity 0 is the identity', market: market.name, ok, said };
}

async function repetition(subject: Subject, market: Market): Promise<Proof> {
  const one = () => runStorm(market, requestOf(subject, 0.7, '7'), subject);
  const [first, second] = [await one(), await one()];
  const ok = first.run_digest === second.run_digest;
  const said = `run digests ${first.run_digest} and ${second.run_digest}`;
  return { name: 'it repeats itself', market: market.name, ok, said };
}

async function growth(subject: Subject, market: Market): Promise<Proof> {
  const medians: number[] = [];
  for (const severity of SEVERITIES) {
    const heights: (number | undefined)[] = [];
    for (const seed of SEEDS) {
      const run = await runStorm(market, requestOf(subject, severity, seed), {
        ...subject,
        after_ms: 0,
      });
      heights.push(height(run));
    }
    medians.push(median(heights.map((each) => each ?? 0)));
  }
  const name = 'its effect grows with severity';
  const measured = medians.some((each) => each > 0);
  const rises = medians.every((each, i) => i === 0 || each >= (medians[i - 1] ?? 0));
  const said = measured
    ? `realised ${medians.map((each) => (each / PPM).toFixed(2)).join(' ')} at severity ${SEVERITIES.join(' ')}`
    : 'nothing measured: the kind has no realised(state, view, touch)';
  return { name, market: market.name, ok: measured && rises, said };
}

/** Every proof on every market; growth on the one in the middle. */
export async function* prove(subject: Subject, markets: readonly Market[]): AsyncGenerator<Proof> {
  for (const market of markets) {
    yield await identity(subject, market);
    const full = await runStorm(market, requestOf(subject, 1, '7'), subject);
    yield* ofOneRun(full, market.name);
  }
  const middle = markets[Math.floor(markets.length / 2)];
  if (middle === undefined) return;
  yield await repetition(subject, middle);
  yield await growth(subject, middle);
}
