// In: a timeline, a pacer, controls. Out: virtual time that follows wall time, frames handed to the
// wire, controls applied. Wall time only paces; nothing here changes what a quantum contains.
import { QUANTUM_NS, TICK_HZ } from '@wavetank/abi';
import { FrameClass, StopReason } from '@wavetank/native';
import type { ControlQueue } from './control-queue.ts';
import type { Pacer } from './pacer.ts';
import type { Timeline } from './timeline.ts';
import type { WireServer } from './wire-server.ts';

/** Wall time of one turn before other work of the process gets its chance. */
const SLICE_MS = 5;
const IDLE_MS = 4;
const STALL_MS = 20;
const VIEW_MS = 20;
const LATENCY_MS = 1_000;
const TICK_NS = 1_000_000_000 / TICK_HZ;
/** A lag beyond this is kept as slipped, and virtual time goes on from where it is. */
const SLIP_NS = 1_000_000_000;

/** Virtual time to reach, as fast as possible or at the pace of play, then stand. */
interface Goal {
  ns: number;
  paced: boolean;
  reached: () => void;
}

/** Sees every frame before anybody, and each tick of view on its own. */
export type Onlooker = (bytes: Uint8Array) => void;

export interface LoopListener {
  ended: (timeline: Timeline) => void;
  failed: (error: unknown) => void;
}

export class Loop {
  readonly #pacer: Pacer;
  readonly #controls: ControlQueue;
  readonly #wire: WireServer;
  readonly #listener: LoopListener;
  #timeline: Timeline | undefined;
  #timer: NodeJS.Timeout | NodeJS.Immediate | undefined;
  #playing = false;
  #stalled = false;
  #goal: Goal | undefined;
  #viewAt = 0;
  #latencyAt = 0;
  #lagNs = 0;
  #slippedNs = 0;
  #stalls = 0;
  #answering = false;
  #onlooker: Onlooker | undefined;

  constructor(pacer: Pacer, controls: ControlQueue, wire: WireServer, listener: LoopListener) {
    this.#pacer = pacer;
    this.#controls = controls;
    this.#wire = wire;
    this.#listener = listener;
    controls.onArrival(() => this.wake());
  }

  get playing(): boolean {
    return this.#playing;
  }

  get stalled(): boolean {
    return this.#stalled;
  }

  /** On the way to an instant as fast as possible. */
  get stepping(): boolean {
    return this.#goal?.paced === false;
  }

  /** Wall time lost for good because the machine could not follow, ns. */
  get slippedNs(): number {
    return this.#slippedNs;
  }

  get stalls(): number {
    return this.#stalls;
  }

  /** The largest lag since the last call, ns of wall time. */
  takeLagNs(): number {
    const lag = this.#lagNs;
    this.#lagNs = 0;
    return lag;
  }

  /** From now on this timeline, or none. */
  attach(timeline: Timeline | undefined): void {
    this.#timeline = timeline;
    this.#goal?.reached();
    this.#goal = undefined;
    this.#rebase();
    this.wake();
  }

  play(playing: boolean): void {
    this.#playing = playing;
    this.#rebase();
    this.wake();
  }

  /** Runs to a virtual time as fast as possible, then stands; settles there, or when another is set. */
  runTo(ns: number): Promise<void> {
    this.#playing = false;
    return this.#reach(ns, false);
  }

  /** Plays to a virtual time, then stands; settles as `runTo` does. A pause holds it up. */
  playTo(ns: number): Promise<void> {
    this.play(true);
    return this.#reach(ns, true);
  }

  #reach(ns: number, paced: boolean): Promise<void> {
    return new Promise((resolve) => {
      // Whoever waits for an instant that is no longer gone to is let go.
      this.#goal?.reached();
      this.#goal = { ns, paced, reached: resolve };
      this.wake();
    });
  }

  /** Ends playing, and any way to an instant, where time is now: at the end of this quantum. */
  stand(): void {
    this.#playing = false;
    this.#settleGoal();
  }

  onlook(onlooker: Onlooker): void {
    this.#onlooker = onlooker;
  }

  setSpeed(speed: Pacer['speed']): void {
    this.#pacer.rebase(this.#timeline?.session.nowNs() ?? 0, performance.now(), speed);
    this.wake();
  }

  #rebase(): void {
    this.#pacer.rebase(this.#timeline?.session.nowNs() ?? 0, performance.now());
  }

  wake(): void {
    this.#schedule(0);
  }

  stop(): void {
    this.#clear();
    this.#timeline = undefined;
  }

  /**
   * To be called by a control: what was shown so far goes out now, what follows goes out after the
   * answer to that control. So a client knows which frames belong to a run.
   */
  answerFirst(): void {
    if (this.#timeline !== undefined) this.#drain(this.#timeline, FrameClass.Record);
    this.#answering = true;
  }

  #clear(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer as NodeJS.Timeout);
    clearImmediate(this.#timer as NodeJS.Immediate);
    this.#timer = undefined;
  }

  #schedule(waitMs: number): void {
    this.#clear();
    const turn = () => this.#turn();
    this.#timer = waitMs <= 0 ? setImmediate(turn) : setTimeout(turn, waitMs);
  }

  #turn(): void {
    this.#timer = undefined;
    const timeline = this.#timeline;
    if (timeline === undefined) {
      this.#controls.drain({ ns: 0, closed: true });
      return;
    }
    try {
      const waitMs = this.#run(timeline);
      if (this.#answering) {
        this.#answering = false;
        this.#schedule(0);
        return;
      }
      this.flush(timeline);
      if (this.#timer === undefined && this.#timeline === timeline) this.#schedule(waitMs);
    } catch (error) {
      this.stand();
      this.#listener.failed(error);
    }
  }

  /** One slice of work; the wall time until the next one is due. */
  #run(timeline: Timeline): number {
    this.#judgeStall();
    if (this.#stalled || timeline.ended || !this.#moves) {
      if (this.#controls.pending) timeline.applyHeld(this.#controls);
      return STALL_MS;
    }
    const began = performance.now();
    let reason: number = StopReason.Until;
    do {
      const at = performance.now();
      reason = this.#advance(timeline, this.#untilNs(at), at);
      if (reason === StopReason.Full) this.#drain(timeline, FrameClass.Record);
    } while (
      reason !== StopReason.Until &&
      reason !== StopReason.Ended &&
      this.#moves &&
      !this.#answering &&
      performance.now() - began < SLICE_MS
    );
    return this.#after(timeline, reason);
  }

  #advance(timeline: Timeline, untilNs: number, at: number): number {
    const work = this.#pacer.work();
    const lookNs = this.#onlooker === undefined ? untilNs : nextTick(timeline, untilNs);
    const reason = timeline.advance(lookNs, work, this.#controls);
    if (reason === StopReason.Budget) this.#pacer.measured(work, performance.now() - at);
    if (this.#onlooker === undefined) return reason;
    // An onlooker is shown the ticks of each instant before the next ones are made.
    if (timeline.session.nowNs() % TICK_NS === 0) {
      this.#drain(timeline, FrameClass.Record);
      this.#drain(timeline, FrameClass.View);
    }
    const onTheWay = reason === StopReason.Until && lookNs < untilNs;
    return onTheWay ? StopReason.Quantum : reason;
  }

  get #moves(): boolean {
    return this.#playing || this.#goal?.paced === false;
  }

  #untilNs(wallMs: number): number {
    if (this.#goal?.paced === false) return this.#goal.ns;
    return Math.min(this.#goal?.ns ?? Number.POSITIVE_INFINITY, this.#pacer.dueNs(wallMs));
  }

  #after(timeline: Timeline, reason: number): number {
    if (reason === StopReason.Ended) {
      timeline.ended = true;
      this.#playing = false;
      this.flush(timeline);
      this.#listener.ended(timeline);
      this.#settleGoal();
      return STALL_MS;
    }
    if (this.#goal !== undefined && reason === StopReason.Until && this.#arrived(timeline)) {
      if (this.#controls.pending) timeline.applyHeld(this.#controls);
      this.#playing = false;
      this.#settleGoal();
    }
    if (this.#goal?.paced === false) return 0;
    this.#judgeLag(timeline);
    if (reason !== StopReason.Until) return 0;
    // A control that waits is due at the next quantum end, however long the pace makes that.
    const wait = this.#pacer.waitMs(timeline.session.nowNs() + 1_000_000, performance.now());
    return Math.min(Math.max(1, wait), this.#controls.pending ? Math.max(1, wait) : IDLE_MS);
  }

  #arrived(timeline: Timeline): boolean {
    const left = (this.#goal?.ns ?? 0) - timeline.session.nowNs();
    return this.#goal?.paced === false || left < QUANTUM_NS;
  }

  #settleGoal(): void {
    const goal = this.#goal;
    this.#goal = undefined;
    this.#rebase();
    goal?.reached();
  }

  #judgeLag(timeline: Timeline): void {
    const now = performance.now();
    const lag = this.#pacer.lagNs(timeline.session.nowNs(), now);
    this.#lagNs = Math.max(this.#lagNs, lag);
    if (lag <= SLIP_NS) return;
    this.#slippedNs += lag;
    this.#rebase();
  }

  #judgeStall(): void {
    const behind = this.#wire.backedUp;
    if (behind && !this.#stalled) this.#stalls++;
    if (!behind && this.#stalled) this.#rebase();
    this.#stalled = behind;
  }

  /** Hands over what waits; view frames at most each 20 ms. */
  flush(timeline: Timeline): void {
    this.#drain(timeline, FrameClass.Record);
    // What the link does not take now stays in its bounded ring, which knows how to lose.
    if (!this.#wire.feedHeld) this.#drain(timeline, FrameClass.Feed);
    const now = performance.now();
    if (now - this.#latencyAt >= LATENCY_MS) {
      this.#latencyAt = now;
      timeline.session.control('latency');
    }
    if (now - this.#viewAt >= VIEW_MS) {
      this.#viewAt = now;
      this.#drain(timeline, FrameClass.View);
    }
  }

  #drain(timeline: Timeline, frameClass: number): void {
    const bytes = timeline.session.drain(frameClass);
    if (bytes === undefined) return;
    this.#onlooker?.(bytes);
    if (frameClass === FrameClass.Record) this.#wire.record(bytes);
    else this.#wire.lossy(bytes, frameClass === FrameClass.Feed);
  }
}

/** The next instant of ticks, or `untilNs` if it comes before. */
function nextTick(timeline: Timeline, untilNs: number): number {
  return Math.min(untilNs, (Math.floor(timeline.session.nowNs() / TICK_NS) + 1) * TICK_NS);
}
