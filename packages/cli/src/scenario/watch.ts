// In: every frame of the engine, before anybody else has it. Out: gauges of the stretches that are
// judged, storms, and a call each virtual second. Reads frames; changes nothing.
import {
  decodeChaosFrame,
  decodeStormFrame,
  decodeTickFrame,
  FrameFlags,
  FrameKind,
  FrameSplitter,
  payloadKind,
  type TickFrame,
} from '@wavetank/abi';
import { Gauge, StormTrack } from '@wavetank/scenario';

const SECOND_NS = 1_000_000_000;

/** Gauges of one stretch, by symbol. */
export type Gauges = ReadonlyMap<string, Gauge>;

export class Watch {
  readonly storms = new StormTrack();
  readonly #symbols: readonly string[];
  readonly #splitter = new FrameSplitter();
  readonly #onSecond: () => void;
  readonly #before = new Map<string, TickFrame>();
  /** A frame may come twice, as record and as view. */
  readonly #lastNs = new Map<string, number>();
  #gauges: Gauges[] = [];
  #startNs = Number.POSITIVE_INFINITY;
  #secondNs = 0;

  constructor(symbols: readonly string[], onSecond: () => void) {
    this.#symbols = symbols;
    this.#onSecond = onSecond;
  }

  take(bytes: Uint8Array): void {
    this.#splitter.push(bytes, (payload) => this.#one(payload));
  }

  /** What comes after `ns` is measured, once for each stretch. */
  begin(ns: number, stretches: number): Gauges[] {
    this.#startNs = ns;
    this.#gauges = Array.from({ length: stretches }, () => this.#newGauges());
    return this.#gauges;
  }

  /** This stretch is over: nothing more is added to it. */
  end(gauges: Gauges): void {
    this.#tell(gauges);
    this.#gauges = this.#gauges.filter((one) => one !== gauges);
  }

  #newGauges(): Gauges {
    const gauges = new Map<string, Gauge>();
    for (const symbol of this.#symbols) {
      const gauge = new Gauge();
      const before = this.#before.get(symbol);
      if (before !== undefined) gauge.begin(before);
      gauges.set(symbol, gauge);
    }
    return gauges;
  }

  /** What storms caused, up to now. */
  #tell(gauges: Gauges): void {
    for (const [symbol, gauge] of gauges) gauge.injected(this.storms.injected(symbol));
  }

  #one(payload: DataView): void {
    const kind = payloadKind(payload);
    if (kind === FrameKind.Tick) this.#tick(decodeTickFrame(payload));
    if (kind === FrameKind.Storm) this.storms.take(decodeStormFrame(payload));
    if (kind !== FrameKind.Chaos) return;
    const flag = decodeChaosFrame(payload);
    if (flag.ts_run_ns <= this.#startNs || (flag.frame_flags & FrameFlags.RECORD) === 0) return;
    for (const gauges of this.#gauges) gauges.get(flag.symbol)?.flag(flag);
  }

  #tick(tick: TickFrame): void {
    const { symbol, ts_run_ns } = tick;
    if (!this.#symbols.includes(symbol) || this.#lastNs.get(symbol) === ts_run_ns) return;
    this.#lastNs.set(symbol, ts_run_ns);
    if (ts_run_ns <= this.#startNs) {
      this.#before.set(symbol, tick);
      return;
    }
    this.#second(ts_run_ns);
    for (const gauges of this.#gauges) gauges.get(symbol)?.tick(tick);
  }

  /** Called before the first tick that follows a whole second. */
  #second(ns: number): void {
    const second = Math.floor((ns - 1) / SECOND_NS);
    if (second === this.#secondNs) return;
    this.#secondNs = second;
    for (const gauges of this.#gauges) this.#tell(gauges);
    this.#onSecond();
  }
}
