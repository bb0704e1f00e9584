// P8: storms in lockstep, as the engine runs them, without sockets and without pacing. In: rounds. Out:
// results: the stream with a CancellationStorm at severity 1 beside the same stream without one, in turns.
import { ControlQueue, StormLibrary, type StormPlan, startStorm, Timeline } from '@wavetank/engine';
import { FrameClass, type SessionConfig, StopReason } from '@wavetank/native';
import { fillParams } from '@wavetank/storms';
import type { Result } from './report.ts';
import { spread } from './spread.ts';

const KIND = 'CancellationStorm';
const EVENTS_PER_S = 12_500;
/** Virtual seconds before the storm, so that it has its baselines. */
const WARM_S = 15;
/** A storm's longest life is 120 s. */
const STORM_S = 120;
const WORK = 500_000;
const NS_PER_S = 1_000_000_000;

/** A market that is run on, some seconds at a time. */
class Market {
  readonly timeline: Timeline;
  readonly #controls = new ControlQueue();
  #until_ns: number;

  constructor(timeline: Timeline) {
    this.timeline = timeline;
    this.#until_ns = timeline.session.nextEventNs();
  }

  static async open(): Promise<Market> {
    const source = { kind: 'synthetic', seed: '1', instruments: 1, events_per_s: EVENTS_PER_S };
    const market = new Market(await Timeline.open({ source, seed: '1' } as SessionConfig));
    market.run(WARM_S);
    return market;
  }

  /** Nanoseconds of wall time that so many virtual seconds take, frames handed over as they come. */
  run(seconds: number): number {
    this.#until_ns += seconds * NS_PER_S;
    const started = process.hrtime.bigint();
    let reason: number;
    do {
      reason = this.timeline.advance(this.#until_ns, WORK, this.#controls);
      if (reason !== StopReason.Quantum) this.#drain();
    } while (reason !== StopReason.Until);
    return Number(process.hrtime.bigint() - started);
  }

  #drain(): void {
    for (const frameClass of [FrameClass.Record, FrameClass.View])
      this.timeline.session.drain(frameClass);
  }

  storm(): void {
    const kind = new StormLibrary().get(KIND);
    if (kind === undefined) throw new Error(`no storm ${KIND}`);
    const filled = fillParams(kind.info);
    if ('fault' in filled) throw new Error(filled.fault.message);
    const [symbol = ''] = this.timeline.status().symbols;
    const shape = { severity_ppm: 1_000_000, duration_ms: STORM_S * 1_000, seed: '1' };
    const plan: StormPlan = { kind, symbol, params: filled.params, ...shape };
    startStorm(this.timeline, plan);
  }

  get events(): number {
    return this.timeline.status().seq;
  }
}

/** One market's part of a round. */
interface Lap {
  ns: number;
  events: number;
}

function lap(market: Market, seconds: number): Lap {
  const before = market.events;
  const ns = market.run(seconds);
  return { ns, events: market.events - before };
}

interface Round {
  calm: Lap;
  storm: Lap;
}

async function measured(rounds: number, seconds: number): Promise<[Round[], digest: string]> {
  const [calm, stormy] = [await Market.open(), await Market.open()];
  stormy.storm();
  const all: Round[] = [];
  for (let round = 0; round <= rounds; round++)
    all.push({ calm: lap(calm, seconds), storm: lap(stormy, seconds) });
  const digest = stormy.timeline.status().run_digest;
  calm.timeline.close();
  stormy.timeline.close();
  return [all.slice(1), digest];
}

/** Rows of P8; one round that does not count and `rounds` that do. */
export async function stormRows(rounds: number): Promise<Result[]> {
  const seconds = Math.floor((STORM_S - 5) / (rounds + 1));
  const [all, digest] = await measured(rounds, seconds);
  const shape = `${KIND} severity 1 on ${EVENTS_PER_S} events/s`;
  const figure = (
    what: string,
    unit: string,
    of: (round: Round) => number,
    least: number,
  ): Result => {
    const { median: value, min, max } = spread(all.map(of));
    const goal = { goal: `≥${least}`, met: value >= least };
    const range = { against: null, ratio: null, min, max };
    return { id: 'P8', workload: `${what}: ${shape}`, value, unit, ...range, ...goal, digest };
  };
  const compared = (unit: string, amount: (lap: Lap) => number, most: number | null): Result => {
    const cost = (lap: Lap): number => lap.ns / amount(lap);
    const { median: value } = spread(all.map(({ storm }) => cost(storm)));
    const ratios = spread(all.map(({ calm, storm }) => cost(storm) / cost(calm)));
    const { median: ratio, min, max } = ratios;
    const goal = most === null ? null : `≤${most}`;
    const met = most === null ? null : ratio <= most;
    const against = { against: 'no storm', ratio, min, max };
    return { id: 'P8', workload: shape, value, unit, ...against, goal, met, digest };
  };
  return [
    figure('virtual by wall time', '×', ({ storm }) => (seconds * NS_PER_S) / storm.ns, 20),
    figure('events sequenced', 'M/s', ({ storm }) => (storm.events * 1e3) / storm.ns, 1),
    compared('ms/virtual second', () => seconds * 1e6, 3),
    compared('ns/event', ({ events }) => events, null),
  ];
}
