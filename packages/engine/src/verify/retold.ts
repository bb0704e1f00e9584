// In: frames of an execution, in order. Out: the lines that the run's files must hold, by the same
// functions that wrote them. Knows no file.
import {
  decodeChaosFrame,
  decodeStormFrame,
  decodeTickFrame,
  FrameKind,
  FrameSplitter,
  payloadKind,
  type TickFrame,
} from '@wavetank/abi';
import { chaosFlag, type EventFacts, regimeName, StormLedger, tickLine } from '@wavetank/recorder';

export type Line = { [key: string]: unknown };

export class Retold {
  /** By instant and symbol. */
  readonly ticks = new Map<string, Line>();
  readonly events: EventFacts[] = [];
  readonly #symbols: ReadonlySet<string>;
  readonly #storms = new StormLedger();
  readonly #regimes = new Map<string, number>();
  readonly #splitter = new FrameSplitter();

  constructor(symbols: readonly string[]) {
    this.#symbols = new Set(symbols);
  }

  /** Takes wire frames as an execution drained them. */
  take(bytes: Uint8Array | undefined): void {
    if (bytes !== undefined) this.#splitter.push(bytes, (payload) => this.#one(payload));
  }

  #one(payload: DataView): void {
    const kind = payloadKind(payload);
    if (kind === FrameKind.Tick) this.#tick(decodeTickFrame(payload));
    if (kind === FrameKind.Chaos) this.events.push(chaosFlag(decodeChaosFrame(payload)));
    if (kind === FrameKind.Storm) {
      this.events.push(...this.#storms.take(decodeStormFrame(payload), null));
    }
  }

  #tick(frame: TickFrame): void {
    if (!this.#symbols.has(frame.symbol)) return;
    this.#regime(frame);
    const { wall: _, ...line } = tickLine(frame, this.#storms.kindsOn(frame.symbol), { at: '' });
    this.ticks.set(tickKey(line), line);
  }

  #regime(frame: TickFrame): void {
    const before = this.#regimes.get(frame.symbol);
    this.#regimes.set(frame.symbol, frame.regime);
    if (before === undefined || before === frame.regime) return;
    const { seq, ts_run_ns, symbol } = frame;
    const [from, to] = [regimeName(before), regimeName(frame.regime)];
    const score = frame.regime_score_milli / 1000;
    this.events.push({ type: 'regime_change', seq, ts_run_ns, symbol, from, to, score });
  }

  /** The run ends: what still runs is stopped with it. */
  end(seq: number, ts_run_ns: number): void {
    this.events.push(...this.#storms.closeAll({ seq, ts_run_ns, cause: 'run_stop' }));
  }
}

export const tickKey = (line: Line): string => `${line.ts_run_ns} ${line.symbol}`;
