// In: every frame that leaves the bridge. Out: the newest of each kind and instrument, the storms and
// flags of this timeline, and the numbers that /status shows. Bounded; a new timeline begins empty.
import {
  decodeHeaderFrame,
  decodeHeartbeatFrame,
  decodeRiskFrame,
  decodeStormFrame,
  FrameKind,
  type HeaderFrame,
  type HeartbeatFrame,
} from '@wavetank/abi';
import type { Frame } from './frame.ts';

const STORMS_KEPT = 64;
const FLAGS_KEPT = 64;
const VIEWS_KEPT = 64;
const GATES_KEPT = 16;

export class Latest {
  #headerFrame: Frame | undefined;
  #header: HeaderFrame | undefined;
  #heartbeat: HeartbeatFrame | undefined;
  #heartbeatFrame: Frame | undefined;
  readonly #views = new Map<string, Frame>();
  readonly #storms = new Map<number, Frame>();
  readonly #gates = new Map<string, Frame>();
  #flags: Frame[] = [];
  #goesOn = false;

  get header(): HeaderFrame | undefined {
    return this.#header;
  }

  get heartbeat(): HeartbeatFrame | undefined {
    return this.#heartbeat;
  }

  /** Virtual ms per wall ms; 0 = as fast as possible. */
  get speed(): number {
    return (this.#heartbeat?.speed_milli ?? 1000) / 1000;
  }

  /** True when a header opened another timeline. */
  take(frame: Frame): boolean {
    switch (frame.kind) {
      case FrameKind.Header:
        return this.#begin(frame);
      case FrameKind.Heartbeat:
        this.#heartbeatFrame = frame;
        this.#heartbeat = decodeHeartbeatFrame(frame.payload);
        break;
      case FrameKind.Storm:
        keep(this.#storms, decodeStormFrame(frame.payload).storm_id, frame, STORMS_KEPT);
        break;
      case FrameKind.Risk:
        keep(this.#gates, decodeRiskFrame(frame.payload).target, frame, GATES_KEPT);
        break;
      case FrameKind.Chaos:
        this.#flags = [...this.#flags.slice(1 - FLAGS_KEPT), frame];
        break;
      case FrameKind.Trade:
        break;
      default:
        keep(this.#views, `${frame.kind}:${frame.instrument}`, frame, VIEWS_KEPT);
    }
    return false;
  }

  #begin(frame: Frame): boolean {
    const header = decodeHeaderFrame(frame.payload);
    const before = this.#header;
    this.#headerFrame = frame;
    this.#header = header;
    const known = this.#goesOn || before?.engine_pid === header.engine_pid;
    const same = known && before?.epoch === header.epoch;
    this.#goesOn = false;
    if (!same) this.#forget();
    // An engine takes its gates along to another market; one that is new has none.
    if (!known) this.#gates.clear();
    return !same;
  }

  #forget(): void {
    this.#views.clear();
    this.#storms.clear();
    this.#flags = [];
    this.#heartbeat = undefined;
    this.#heartbeatFrame = undefined;
  }

  /** The next engine goes on with the timeline, if its header says the same epoch. */
  goesOn(): void {
    this.#goesOn = true;
  }

  /** The engine went: nothing it told is so any more, except what it was. */
  lost(): void {
    this.#heartbeat = undefined;
    this.#heartbeatFrame = undefined;
  }

  get heartbeatFrame(): Frame | undefined {
    return this.#heartbeatFrame;
  }

  /** What a newcomer is told after the header. */
  *known(): Generator<Frame> {
    if (this.#heartbeatFrame !== undefined) yield this.#heartbeatFrame;
    yield* this.#storms.values();
    yield* this.#flags;
    yield* this.#gates.values();
    yield* this.#views.values();
  }

  get headerFrame(): Frame | undefined {
    return this.#headerFrame;
  }
}

/** Newest last; the oldest makes room. */
function keep<K>(map: Map<K, Frame>, key: K, frame: Frame, max: number): void {
  map.delete(key);
  map.set(key, frame);
  if (map.size <= max) return;
  const [oldest] = map.keys();
  if (oldest !== undefined) map.delete(oldest);
}
