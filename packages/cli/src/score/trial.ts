// In: one trial. Out: what its detectors and its regime said, storm by storm. Pure in virtual time: the
// same trial gives the same outcome on any machine.
import { type ChaosFrame, Detector, enumName, Regime, type TickFrame } from '@wavetank/abi';
import { Market, MS_NS } from './market.ts';
import type { PlannedStorm, Trial } from './plan.ts';

const SECOND_NS = 1_000_000_000;
const TICK_NS = 20 * MS_NS;
/** After everything has returned, the regime is looked at this much later. */
const SETTLED_NS = 10 * SECOND_NS;

/** A storm that came, and what each detector needed to see it. */
export interface Fired {
  kind: string;
  severity: number;
  /** By detector: ms from its start to the first hit. */
  seen_ms: Record<string, number>;
}

/** A flag; ms are virtual, after the market's first event. */
export interface Said {
  by: string;
  at_ms: number;
  hit: boolean;
}

export interface Outcome {
  trial: Trial;
  seconds: number;
  events: number;
  storms: Fired[];
  flags: Said[];
  /** Seconds with a regime, and calm ones. */
  known_s: number;
  calm_s: number;
  crash: Crash | undefined;
}

/** What the regime made of a crash; regimes as numbers, calm 1 to crisis 4. */
export interface Crash {
  /** From its start to crisis; undefined: never. */
  crisis_ms: number | undefined;
  before: number;
  /** Ten seconds after the last share returned. */
  after: number;
}

class Tally {
  readonly flags: Said[] = [];
  readonly fired = new Map<number, Fired>();
  known_s = 0;
  calm_s = 0;

  flag(flag: ChaosFrame, opened_ns: number): void {
    const by = enumName(Detector, flag.detector) ?? String(flag.detector);
    const storm = this.fired.get(flag.truth_storm_id);
    const at_ms = Math.round((flag.ts_run_ns - opened_ns) / MS_NS);
    this.flags.push({ by, at_ms, hit: storm !== undefined });
    if (storm !== undefined) storm.seen_ms[by] ??= flag.time_to_detect_ms;
  }

  second({ regime }: TickFrame): void {
    if (regime === Regime.Unknown) return;
    this.known_s++;
    if (regime === Regime.Calm) this.calm_s++;
  }
}

export async function runTrial(trial: Trial): Promise<Outcome> {
  const tally = new Tally();
  const market: Market = await Market.open(
    { source: trial.source, symbols: trial.symbols },
    { flag: (flag) => tally.flag(flag, market.opened_ns), second: (tick) => tally.second(tick) },
  );
  try {
    const [first] = trial.storms;
    let crash: Crash | undefined;
    if (trial.purpose === 'crash' && first !== undefined) crash = runCrash(market, tally, first);
    else runAll(market, tally, trial);
    const seconds = (market.now_ns - market.opened_ns) / SECOND_NS;
    const { flags, known_s, calm_s } = tally;
    const storms = [...tally.fired.values()];
    const counted = { flags, known_s, calm_s, crash };
    return { trial, seconds, events: market.events, storms, ...counted };
  } finally {
    market.close();
  }
}

function runAll(market: Market, tally: Tally, trial: Trial): void {
  for (const storm of trial.storms) fire(market, tally, storm);
  market.runTo(market.opened_ns + trial.seconds * SECOND_NS);
}

function fire(market: Market, tally: Tally, storm: PlannedStorm): number {
  market.runTo(market.opened_ns + storm.at_s * SECOND_NS);
  const { id } = market.start(storm);
  tally.fired.set(id, { kind: storm.kind, severity: storm.severity, seen_ms: {} });
  return id;
}

/** Follows the regime tick by tick until ten seconds after the last share has returned. */
function runCrash(market: Market, tally: Tally, storm: PlannedStorm): Crash {
  const at_ns = market.opened_ns + storm.at_s * SECOND_NS;
  let regime: number = Regime.Unknown;
  const step = (): void => {
    market.runTo(Math.floor(market.now_ns / TICK_NS + 1) * TICK_NS);
    regime = market.lastTick()?.regime ?? regime;
  };
  market.runTo(at_ns - TICK_NS);
  step();
  const before = regime;
  const id = fire(market, tally, storm);
  const started_ns = market.now_ns;
  let crisis_ms: number | undefined;
  while (!market.isClosed(id)) {
    step();
    if (regime === Regime.Crisis) crisis_ms ??= (market.now_ns - started_ns) / MS_NS;
  }
  const settled_ns = market.now_ns + SETTLED_NS;
  while (market.now_ns < settled_ns) step();
  return { crisis_ms, before, after: regime };
}
