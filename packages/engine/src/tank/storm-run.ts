// One storm in a tank, from calm to calm. In: a market, a storm. Out: what it did, tick by tick, and
// what it left. The measure of every proof and every picture.
import type { StormFrame, TickFrame } from '@wavetank/abi';
import type { SourceSpec } from '@wavetank/native';
import type { StormReport } from '../native-answers.ts';
import { type StormRequest, Tank } from './tank.ts';

/** Where a storm is let loose, and how long the market runs before it. */
export interface Market {
  name: string;
  source: SourceSpec;
  symbol: string;
  warm_ms: number;
}

export interface StormRun {
  /** Ticks from the storm's start on, 50 a second. */
  ticks: TickFrame[];
  frames: StormFrame[];
  report: StormReport;
  /** Why its code was stopped. */
  failure: string | undefined;
  /** Virtual ms from its end until everything had returned. */
  recovery_ms: number;
  /** Chain over every event, its place and its status, up to a fixed instant. */
  run_digest: string;
  market_digest: string;
  twin_digest: string;
  /** Events of all channels while it ran. */
  events: number;
}

/** Virtual time after a storm's end at which digests are compared. */
const AFTER_MS = 15_000;

async function warm(market: Market, storms: readonly string[]): Promise<Tank> {
  const { source, symbol, warm_ms } = market;
  const tank = await Tank.open({ source, symbols: [symbol], storms });
  tank.forward(warm_ms);
  tank.forget();
  return tank;
}

export interface RunOptions {
  /** Files of own kinds. */
  storms?: readonly string[];
  /** Virtual ms that are run behind the storm's end; what it displaced may need them to return. */
  after_ms?: number;
}

/** Lets a storm loose. */
export async function runStorm(
  market: Market,
  request: StormRequest,
  { storms = [], after_ms = AFTER_MS }: RunOptions = {},
): Promise<StormRun> {
  const tank = await warm(market, storms);
  const seq = tank.status().seq;
  const { id } = tank.start({ symbol: market.symbol, ...request });
  // Its last slot is one quantum behind its last millisecond.
  tank.forward(request.duration_ms + 1);
  const events = tank.status().seq - seq;
  const recovery_ms = tank.settle(after_ms);
  tank.forward(after_ms - recovery_ms);
  const { run_digest, market_digest, twin_digest } = tank.status();
  const { ticks, storms: frames } = tank;
  const failure = tank.failures.get(id);
  const report = tank.storm(id);
  tank.close();
  const ends = { run_digest, market_digest, twin_digest };
  return { ticks, frames, report, failure, recovery_ms, events, ...ends };
}

/** The same market, the same time, and no storm. */
export async function runCalm(market: Market, duration_ms: number): Promise<string> {
  const tank = await warm(market, []);
  tank.forward(duration_ms + 1);
  tank.forward(AFTER_MS);
  const { run_digest } = tank.status();
  tank.close();
  return run_digest;
}
