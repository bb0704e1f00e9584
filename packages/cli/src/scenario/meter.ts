// Everything that is measured while a scenario runs. In: the tank and its frames. Out: figures by name,
// of the calm stretch before the first storm and of the whole run, at any moment. Judges nothing.
import type { RunFile } from '@wavetank/recorder';
import { known, type Measured, type RunFigures, type Scenario } from '@wavetank/scenario';
import type { Tank } from './tank.ts';
import { TargetWatch } from './target-watch.ts';
import { type Gauges, Watch } from './watch.ts';

const NS_PER_MS = 1_000_000;

export class Meter {
  readonly #scenario: Scenario;
  readonly #tank: Tank;
  readonly #watch: Watch;
  readonly #target: TargetWatch | undefined;
  #whole: Gauges = new Map();
  #calm: Gauges = new Map();
  #recovered = false;
  #rejectedBefore = 0;

  constructor(scenario: Scenario, tank: Tank, onSecond: () => void) {
    this.#scenario = scenario;
    this.#tank = tank;
    this.#watch = new Watch(scenario.symbols, onSecond);
    if (scenario.target === undefined) return;
    this.#target = new TargetWatch(tank.bridge.parts, Date.now);
  }

  get storms() {
    return this.#watch.storms;
  }

  #status() {
    return this.#tank.engine.need().status();
  }

  /** From here on frames are seen. */
  look(): void {
    this.#tank.engine.loop.onlook((bytes) => this.#watch.take(bytes));
  }

  /** The run begins at `ns`, and with it the calm before its first storm. */
  begin(ns: number): void {
    const [whole = this.#whole, calm = this.#calm] = this.#watch.begin(ns, 2);
    [this.#whole, this.#calm] = [whole, calm];
    this.#rejectedBefore = this.#status().rejected;
  }

  calm(): Measured {
    this.#watch.end(this.#calm);
    return this.#measured(this.#calm, this.#tank.bridge.parts.recording.run);
  }

  sofar(): Measured {
    this.recover();
    return this.#measured(this.#whole, this.#tank.bridge.parts.recording.run);
  }

  /** Of the run that was closed. */
  whole(run: RunFile): Measured {
    this.#watch.end(this.#whole);
    return this.#measured(this.#whole, run);
  }

  /** Once no storm has anything left to return, the digests must say so too. */
  recover(): void {
    if (!this.storms.calm || this.storms.list().length === 0) {
      this.#recovered = false;
    } else if (!this.#recovered) {
      const { market_digest, twin_digest } = this.#status();
      this.#recovered = market_digest === twin_digest;
    }
  }

  #measured(gauges: Gauges, run: RunFile | undefined): Measured {
    const target = run === undefined ? {} : this.#target?.figures(run);
    return { symbol: this.#scenario.symbol, gauges, run: { ...this.#figures(run), ...target } };
  }

  #figures(run: RunFile | undefined): RunFigures {
    const { market_digest, twin_digest, feed_dropped, rejected, ts_run_ns } = this.#status();
    const recovery = this.storms.recovery(ts_run_ns / NS_PER_MS);
    const doubted = recovery.state === 'known' && !this.#recovered;
    const slipped = this.#tank.engine.loop.slippedNs;
    return {
      recovery_ms: doubted ? { state: 'unknown', why: 'the digests do not agree' } : recovery,
      digest_equals_source_end: known(market_digest === twin_digest ? 1 : 0),
      storms_started: known(this.storms.list().length),
      rejected: known(rejected - this.#rejectedBefore),
      drops: known(feed_dropped),
      lag_slipped_ms: known(Math.round(slipped / NS_PER_MS)),
      ticks_behind: known(run?.bench.ticks_behind ?? 0),
    };
  }
}
