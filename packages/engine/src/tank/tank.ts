// A market in virtual time, without server, clock or socket: the session and the storms as the engine
// runs them. In: a source, storms. Out: ticks, storm frames, digests. What tests and pictures use.
import {
  type ChaosFrame,
  decodeChaosFrame,
  decodeStormFrame,
  decodeTickFrame,
  decodeTradeFrame,
  FrameKind,
  FrameSplitter,
  payloadKind,
  QUANTUM_NS,
  SEVERITY_ONE,
  type StormFrame,
  type TickFrame,
  type TradeFrame,
} from '@wavetank/abi';
import { FrameClass, type SessionConfig, type SourceSpec, StopReason } from '@wavetank/native';
import { fillParams } from '@wavetank/storms';
import { ControlQueue } from '../control-queue.ts';
import type { NativeStatus, StormReport } from '../native-answers.ts';
import { StormLibrary } from '../storm-library.ts';
import { startStorm } from '../storm-start.ts';
import { Timeline } from '../timeline.ts';

const MS_NS = 1_000_000;
/** Ticks are made 50 times a second; each is taken before the next replaces it. */
const TICK_MS = 20;
const WORK = 1_000_000;

export interface TankOptions {
  /** Default: the synthetic market, seed 1, one instrument at $100. */
  source?: SourceSpec;
  /** Instruments whose ticks are kept; default: those that the source configures. */
  symbols?: string[];
  /** Files of own storms. */
  storms?: readonly string[];
  /** Seed of storms that are given none. */
  seed?: string;
}

/** A storm as it is asked for; the same words as POST /storm/start. */
export interface StormRequest {
  kind: string;
  severity: number;
  duration_ms: number;
  seed?: string;
  /** Default: the tank's only symbol. */
  symbol?: string;
  params?: Record<string, number>;
}

export const SYNTHETIC_SYMBOL = 'SYN001';
const SYNTHETIC: SourceSpec = { kind: 'synthetic', seed: '1', instruments: 1 };

export class Tank {
  readonly library: StormLibrary;
  /** Ticks since the last `forget`, 50 a second for each instrument that is watched. */
  ticks: TickFrame[] = [];
  /** Storm frames since the last `forget`. */
  storms: StormFrame[] = [];
  /** Flags that detectors raised since the last `forget`. */
  flags: ChaosFrame[] = [];
  /** Why storms were aborted, by id. */
  readonly failures = new Map<number, string>();
  readonly #timeline: Timeline;
  readonly #controls = new ControlQueue();
  readonly #symbols: readonly string[];
  #hear: ((payload: DataView) => void) | undefined;
  #ended = false;
  #seen: (print: TradeFrame) => void = () => {};

  private constructor(timeline: Timeline, library: StormLibrary, symbols: readonly string[]) {
    this.#timeline = timeline;
    this.library = library;
    this.#symbols = symbols;
    timeline.storms.failed = (id, why) => this.failures.set(id, why);
  }

  static async open(options: TankOptions = {}): Promise<Tank> {
    const { source = SYNTHETIC, seed = '1', storms = [] } = options;
    const symbols = options.symbols ?? (source.kind === 'synthetic' ? [SYNTHETIC_SYMBOL] : []);
    const library = new StormLibrary(storms);
    const config: SessionConfig = { source, symbols, seed };
    return new Tank(await Timeline.open(config), library, symbols);
  }

  /** Over a timeline that exists already; the tank closes it. */
  static over(timeline: Timeline, library: StormLibrary): Tank {
    return new Tank(timeline, library, timeline.config.symbols ?? []);
  }

  /** Shows each print of the instruments that are watched from here on, as it is made. */
  onPrint(seen: (print: TradeFrame) => void): void {
    this.#timeline.session.control('feed', { on: true });
    this.#seen = seen;
  }

  /** Virtual now, ms since venue midnight. */
  get now_ms(): number {
    return Math.floor(this.#timeline.session.nowNs() / MS_NS);
  }

  /** Virtual time of the first event, ms since venue midnight. */
  get opens_ms(): number {
    return Math.floor(this.#timeline.session.nextEventNs() / MS_NS);
  }

  /** The source has ended and everything has returned. */
  get ended(): boolean {
    return this.#ended;
  }

  status(): NativeStatus {
    return this.#timeline.status();
  }

  /** Symbols that the source has named so far. */
  symbols(): string[] {
    return this.#timeline.session.control<{ symbols: string[] }>('symbols').symbols;
  }

  storm(id: number): StormReport {
    return this.#timeline.storm(id);
  }

  /** From now on tells every record of its symbols, a snapshot first: Snapshot and Events frames. */
  follow(hear: (payload: DataView) => void): void {
    const { session } = this.#timeline;
    session.control('feed', { on: true });
    session.control('feed.subscribe', { symbols: this.#symbols });
    this.#hear = hear;
  }

  /** Runs for so many virtual milliseconds, or to the source's end. */
  forward(ms: number): void {
    const { session } = this.#timeline;
    const from = session.nowNs() === 0 ? session.nextEventNs() - QUANTUM_NS : session.nowNs();
    const until = from + ms * MS_NS;
    while (!this.#ended && session.nowNs() < until) {
      const step = TICK_MS * MS_NS;
      const next = Math.floor(session.nowNs() / step + 1) * step;
      this.#runTo(Math.min(until, Math.max(from, next)));
    }
  }

  #runTo(ns: number): void {
    let reason: number;
    do {
      reason = this.#timeline.advance(ns, WORK, this.#controls);
      if (reason !== StopReason.Quantum) this.#take();
    } while (reason !== StopReason.Until && reason !== StopReason.Ended);
    this.#ended ||= reason === StopReason.Ended;
  }

  #take(): void {
    for (const frames of Object.values(FrameClass)) {
      const bytes = this.#timeline.session.drain(frames);
      if (bytes === undefined) continue;
      new FrameSplitter().push(bytes, (payload) => {
        const kind = payloadKind(payload);
        if (kind === FrameKind.Storm) this.storms.push(decodeStormFrame(payload, 0));
        if (kind === FrameKind.Chaos) this.flags.push(decodeChaosFrame(payload, 0));
        if (kind === FrameKind.Trade) this.#seen(decodeTradeFrame(payload, 0));
        if (kind === FrameKind.Snapshot || kind === FrameKind.Events) this.#hear?.(payload);
        // The tick of record comes again as a tick of view.
        const isView = frames === FrameClass.View;
        if (kind === FrameKind.Tick && isView) this.ticks.push(decodeTickFrame(payload, 0));
      });
    }
  }

  /** Lets go of ticks, storm frames and flags. */
  forget(): void {
    this.ticks = [];
    this.storms = [];
    this.flags = [];
  }

  /** Starts a storm; its first slot is in the next quantum. */
  start(request: StormRequest): StormReport {
    const kind = this.library.get(request.kind);
    if (kind === undefined) throw new Error(`no kind ${request.kind}`);
    const filled = fillParams(kind.info, request.params);
    if ('fault' in filled) throw new Error(filled.fault.message);
    const symbol = request.symbol ?? this.#symbols[0];
    if (symbol === undefined) throw new Error('name the symbol');
    return startStorm(this.#timeline, {
      kind,
      severity_ppm: Math.round(request.severity * SEVERITY_ONE),
      duration_ms: request.duration_ms,
      seed: request.seed,
      symbol,
      params: filled.params,
    });
  }

  /** Runs until no storm runs and nothing is owed, for at most `max_ms`; the milliseconds it took. */
  settle(max_ms: number): number {
    const from = this.now_ms;
    while (this.status().storms.length > 0 && this.now_ms - from < max_ms && !this.#ended) {
      this.forward(TICK_MS);
    }
    return this.now_ms - from;
  }

  close(): void {
    this.#timeline.close();
  }
}
