// One opened source from its first event on: the session and the storms in it. In: a configuration.
// Out: quanta, in the order of the phase machine. A timeline ends when another source is opened.
import { QUANTUM_NS } from '@wavetank/abi';
import {
  openSession,
  resumeSession,
  type Session,
  type SessionConfig,
  StopReason,
} from '@wavetank/native';
import type { Checkpoints, SavedStorm } from './checkpoints.ts';
import type { ControlQueue } from './control-queue.ts';
import type { NativeStatus, StormReport } from './native-answers.ts';
import type { LibraryKind } from './storm-library.ts';
import { StormSlots } from './storm-slots.ts';

/** Work for finishing a quantum that was cut. */
const SETTLE_WORK = 1_000_000;

export class Timeline {
  readonly session: Session;
  readonly config: SessionConfig;
  readonly storms: StormSlots;
  /** Nothing more comes: the source is exhausted, or the run that is played was stopped here. */
  ended = false;
  /** Those of the run that is recorded. */
  checkpoints: Checkpoints | undefined;
  /** What of a held quantum a resumed session still has to do. */
  #left: NativeStatus['held'] = null;

  constructor(session: Session, config: SessionConfig) {
    this.session = session;
    this.config = config;
    this.storms = new StormSlots({ ended: (id, why) => this.#stormEnded(id, why) });
  }

  static async open(config: SessionConfig): Promise<Timeline> {
    return new Timeline(await openSession(config), config);
  }

  /**
   * From a checkpoint of a run's log: the first, or the last before a virtual time. `kindOf` finds the
   * code of a storm, or throws.
   */
  static async resume(
    config: SessionConfig,
    log: string,
    beforeNs: number | null,
    kindOf: (saved: SavedStorm) => LibraryKind,
  ): Promise<Timeline> {
    return Timeline.goingOn(await resumeSession(config, log, beforeNs), config, kindOf);
  }

  /** Over a session that was resumed. */
  static goingOn(
    session: Session,
    config: SessionConfig,
    kindOf: (saved: SavedStorm) => LibraryKind,
  ): Timeline {
    const timeline = new Timeline(session, config);
    try {
      for (const { id, state } of timeline.session.stormStates()) {
        const saved = JSON.parse(state) as SavedStorm;
        timeline.storms.restore(id, kindOf(saved).module, saved);
      }
      timeline.#left = timeline.status().held;
      return timeline;
    } catch (error) {
      timeline.close();
      throw error;
    }
  }

  /** Controls, returns, storms, checkpoint, close: the quantum that is held. */
  quantum(controls: ControlQueue): void {
    // The quantum that is held ends one quantum after the last, or later.
    controls.drain({ ns: this.session.nowNs() + QUANTUM_NS, closed: false });
    // Of the quantum in which a recorded run was stopped, its record holds nothing more.
    if (!this.ended) {
      this.session.returns();
      this.storms.step(this.session);
    }
    try {
      if (this.#checkpointDue) this.checkpoints?.write(this.session, this.storms);
    } finally {
      // One that cannot be written ends its run; the market can still be stopped, or another opened.
      this.session.closeQuantum();
    }
  }

  get #checkpointDue(): boolean {
    return this.checkpoints?.due(this.session.nowNs()) ?? false;
  }

  /** A checkpoint may stand in a quantum that is held. */
  #finish(controls: ControlQueue): void {
    const left = this.#left;
    this.#left = null;
    if (left === 'all') this.quantum(controls);
    else this.session.closeQuantum();
    controls.closed(this.session.nowNs());
  }

  /** Advances; the session's stop reason, quanta that were held being run meanwhile. */
  advance(untilNs: number, work: number, controls: ControlQueue): number {
    if (this.#left !== null) this.#finish(controls);
    // The quantum of a dated control is held: time first runs to where it has to stand for that.
    const { standNs } = controls;
    const due = this.session.nowNs() >= standNs;
    const first = due ? untilNs : Math.min(untilNs, standNs);
    const held = due || controls.pending || this.#checkpointDue;
    const reason = this.session.advance(first, work, held);
    if (reason === StopReason.Quantum) this.quantum(controls);
    controls.closed(this.session.nowNs());
    const onTheWay = !this.ended && reason === StopReason.Until && first < untilNs;
    return onTheWay ? this.advance(untilNs, work, controls) : reason;
  }

  /** Applies what waits while virtual time stands, at the last quantum end. */
  applyHeld(controls: ControlQueue): void {
    while (!this.session.between()) this.advance(0, SETTLE_WORK, controls);
    controls.drain({ ns: this.session.nowNs(), closed: true });
  }

  status(): NativeStatus {
    return this.session.control<NativeStatus>('status');
  }

  storm(id: number): StormReport {
    return this.session.control<StormReport>('storm.get', { id });
  }

  /** Stops running storms, the given one or all: in their slots, or at once while time stands. */
  stopStorms(id?: number): number[] {
    const running = this.status().storms.filter((storm) => storm.phase === 'running');
    const chosen = id === undefined ? running : running.filter((storm) => storm.id === id);
    for (const storm of chosen) {
      this.note('storm.stop', { id: storm.id });
      const report = this.session.control<StormReport>('storm.stop', { id: storm.id });
      if (report.phase !== 'running') this.storms.drop(storm.id);
    }
    return chosen.map((storm) => storm.id);
  }

  /** A notice in the record class, in order with its frames. */
  notice(notice: string, body: object): void {
    this.session.control('notice', { notice, ...body });
  }

  /** A control that took effect, for the run's log and for events.jsonl. */
  note(method: string, params: object): void {
    this.session.control('run.note', { method, params });
    this.notice('control', { method, params, ts_run_ns: this.session.nowNs() });
  }

  #stormEnded(id: number, why: string | undefined): void {
    const reason = why === undefined ? {} : { reason: why };
    this.notice('storm_ended', { ...this.storm(id), ...reason });
  }

  close(): void {
    this.session.close();
  }
}
