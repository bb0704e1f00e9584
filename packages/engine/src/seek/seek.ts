// Seek and step back over the open source: a new timeline at another place of it. In: the engine, a
// place. Out: the engine stands there as plain play would, storms gone. Refused while a run is
// recorded; one at a time.
import type { Landing } from '@wavetank/native';
import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { Timeline } from '../timeline.ts';
import { findSeq, landAt, plainSeqAt } from './landing.ts';
import type { Place } from './place.ts';
import { type Covered, SeekIndex, type SeekProgress } from './seek-index.ts';

/** The last stretch is played in view of everybody, so that a book and ticks of the place are shown. */
const SHOWN_NS = 100_000_000;

export class Seeker {
  readonly #engine: Engine;
  readonly #index: SeekIndex;
  #progress: SeekProgress | undefined;

  constructor(engine: Engine, dir: string, events: number) {
    this.#engine = engine;
    this.#index = new SeekIndex({ dir, events }, (progress) => this.#told(progress));
  }

  /** How far the seek under way is. */
  get progress(): SeekProgress | null {
    return this.#progress ?? null;
  }

  #told(progress: SeekProgress): void {
    this.#progress = progress;
    this.#engine.tell('seek', progress);
  }

  /** Lands at a place and goes on as before: playing or paused. */
  to(place: Place): Promise<void> {
    return this.#alone(async (timeline, landing) => {
      const index = await this.#index.cover(landing, place);
      const atNs = 'seq' in place ? (await findSeq(index, place.seq)).at_ns : place.at_ns;
      await this.#land(timeline, index, atNs, this.#engine.loop.playing);
    });
  }

  /** The virtual time of a place: where its quantum ends. */
  async timeOf(place: Place): Promise<number> {
    if ('at_ns' in place) return place.at_ns;
    let atNs = 0;
    await this.#alone(async (_, landing) => {
      const index = await this.#index.cover(landing, place);
      atNs = (await findSeq(index, place.seq)).at_ns;
    });
    return atNs;
  }

  /** Lands at an earlier time, paused. */
  backTo(atNs: number): Promise<void> {
    return this.#alone(async (timeline, landing) => {
      this.#engine.loop.play(false);
      const index = await this.#index.cover(landing, { at_ns: atNs });
      await this.#land(timeline, index, atNs, false);
    });
  }

  /** Lands where the last `count` source events had not come yet, paused. */
  backBy(count: number): Promise<void> {
    return this.#alone(async (timeline, landing) => {
      this.#engine.loop.play(false);
      timeline.applyHeld(this.#engine.controls);
      const now = timeline.session.nowNs();
      const index = await this.#index.cover(landing, { at_ns: now });
      const { seq: last, storm_events } = timeline.status();
      const plain = storm_events === 0 ? last : await plainSeqAt(index, now);
      const seq = plain - count + 1;
      const { before_ns } = await findSeq(index, Math.max(1, seq));
      await this.#land(timeline, index, before_ns, false);
    });
  }

  async #alone(seek: (timeline: Timeline, landing: Landing) => Promise<void>): Promise<void> {
    const engine = this.#engine;
    const timeline = engine.need();
    if (engine.recording.open) {
      throw new EngineError('RUN_ACTIVE', 'stop the run before time is moved');
    }
    if (this.#progress !== undefined) {
      throw new EngineError('SEEK_ACTIVE', 'a seek is under way; its progress is in the status');
    }
    if (engine.loop.stepping) throw new EngineError('STEP_ACTIVE', 'a step is under way');
    this.#told({ stage: 'land', done: 0, of: 1 });
    try {
      const { config } = timeline;
      const { digest } = timeline.status().source;
      await seek(timeline, { config, source: config.source, digest });
    } finally {
      this.#progress = undefined;
      engine.tell('seek', { stage: null });
    }
  }

  async #land(old: Timeline, index: Covered, atNs: number, play: boolean): Promise<void> {
    this.#told({ stage: 'land', done: 0, of: 1 });
    const session = await landAt(index, Math.max(0, atNs - SHOWN_NS));
    const engine = this.#engine;
    if (engine.timeline !== old || engine.recording.open) {
      session.close();
      throw new EngineError('SEEK_OVERTAKEN', 'the source or the run changed while it was sought');
    }
    engine.begin(new Timeline(session, old.config), false);
    await engine.loop.runTo(atNs);
    if (play) engine.loop.play(true);
  }

  stop(): void {
    this.#index.stop();
  }
}
