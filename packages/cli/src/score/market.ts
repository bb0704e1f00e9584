// One market in virtual time, with the storms that ship and no socket. In: a source, storms as they
// are asked for. Out: every flag of its detectors, every tick. It judges nothing.
import {
  type ChaosFrame,
  decodeChaosFrame,
  decodeTickFrame,
  FrameKind,
  FrameSplitter,
  payloadKind,
  SEVERITY_ONE,
  type TickFrame,
} from '@wavetank/abi';
import {
  ControlQueue,
  StormLibrary,
  type StormReport,
  startStorm,
  Timeline,
} from '@wavetank/engine';
import { FrameClass, type SessionConfig, StopReason } from '@wavetank/native';
import { fillParams } from '@wavetank/storms';
import { type PlannedStorm, STORM_MS } from './plan.ts';

export const MS_NS = 1_000_000;
const WORK = 500_000;
const LIBRARY = new StormLibrary();

export interface Watcher {
  flag: (flag: ChaosFrame) => void;
  /** Of the record class, once a virtual second. */
  second: (tick: TickFrame) => void;
}

export class Market {
  /** Virtual time of the first event. */
  readonly opened_ns: number;
  readonly #timeline: Timeline;
  readonly #controls = new ControlQueue();
  readonly #frames = new FrameSplitter();
  readonly #watcher: Watcher;

  private constructor(timeline: Timeline, watcher: Watcher) {
    this.#timeline = timeline;
    this.#watcher = watcher;
    this.opened_ns = timeline.session.nextEventNs();
  }

  static async open(config: SessionConfig, watcher: Watcher): Promise<Market> {
    return new Market(await Timeline.open(config), watcher);
  }

  get symbol(): string {
    const [symbol] = this.#timeline.status().symbols;
    if (symbol === undefined) throw new Error('the market has no symbol');
    return symbol;
  }

  get now_ns(): number {
    return this.#timeline.session.nowNs();
  }

  /** Sequenced events so far. */
  get events(): number {
    return this.#timeline.status().seq;
  }

  /** Runs to a virtual time, or to the source's end. */
  runTo(ns: number): void {
    let reason: number;
    do {
      reason = this.#timeline.advance(ns, WORK, this.#controls);
      if (reason !== StopReason.Quantum) this.#take();
    } while (reason !== StopReason.Until && reason !== StopReason.Ended);
  }

  /** Starts a storm of ten seconds; its first slot is in the next quantum. */
  start({ kind: name, severity, seed }: PlannedStorm): StormReport {
    const kind = LIBRARY.get(name);
    if (kind === undefined) throw new Error(`no kind ${name}`);
    const filled = fillParams(kind.info);
    if ('fault' in filled) throw new Error(filled.fault.message);
    const severity_ppm = Math.round(severity * SEVERITY_ONE);
    const shape = { severity_ppm, duration_ms: STORM_MS, params: filled.params };
    return startStorm(this.#timeline, { kind, seed, symbol: this.symbol, ...shape });
  }

  /** Whether everything the storm did is undone. */
  isClosed(id: number): boolean {
    return this.#timeline.storm(id).phase === 'closed';
  }

  /** The latest tick of 50 a second, after a call of `runTo` that ended at its instant. */
  lastTick(): TickFrame | undefined {
    const bytes = this.#timeline.session.drain(FrameClass.View);
    let last: TickFrame | undefined;
    if (bytes === undefined) return last;
    new FrameSplitter().push(bytes, (payload) => {
      if (payloadKind(payload) === FrameKind.Tick) last = decodeTickFrame(payload, 0);
    });
    return last;
  }

  #take(): void {
    const bytes = this.#timeline.session.drain(FrameClass.Record);
    if (bytes === undefined) return;
    this.#frames.push(bytes, (payload) => {
      const kind = payloadKind(payload);
      if (kind === FrameKind.Chaos) this.#watcher.flag(decodeChaosFrame(payload, 0));
      else if (kind === FrameKind.Tick) this.#watcher.second(decodeTickFrame(payload, 0));
    });
  }

  close(): void {
    this.#timeline.close();
  }
}
