// Seek and step back over what is open: a new timeline at another place of it. In: the engine, a place.
// Out: the engine stands there as plain play would, storms gone, or as the recorded run did. Refused
// while a run is recorded; one at a time.
import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import type { Timeline } from '../timeline.ts';
import type { Place } from './place.ts';
import { SeekIndex, type SeekProgress } from './seek-index.ts';
import { SourceWays, type Ways } from './ways.ts';

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
    return this.#alone(async (timeline, ways) => {
      await this.#land(timeline, ways, await ways.timeOf(place), this.#engine.loop.playing);
    });
  }

  /** The virtual time of a place: where its quantum ends. */
  async timeOf(place: Place): Promise<number> {
    let atNs = 0;
    await this.#alone(async (_, ways) => {
      atNs = await ways.timeOf(place);
    });
    return atNs;
  }

  /** Lands at an earlier time, paused. */
  backTo(atNs: number): Promise<void> {
    return this.#alone(async (timeline, ways) => {
      this.#engine.loop.play(false);
      await this.#land(timeline, ways, atNs, false);
    });
  }

  /** Lands where the last `count` events had not come yet, paused. */
  backBy(count: number): Promise<void> {
    return this.#alone(async (timeline, ways) => {
      this.#engine.loop.play(false);
      timeline.applyHeld(this.#engine.controls);
      await this.#land(timeline, ways, await ways.before(timeline, count), false);
    });
  }

  async #alone(seek: (timeline: Timeline, ways: Ways) => Promise<void>): Promise<void> {
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
      const source = new SourceWays(this.#index, { config, digest });
      await seek(timeline, engine.played?.playback ?? source);
    } finally {
      this.#progress = undefined;
      engine.tell('seek', { stage: null });
    }
  }

  async #land(old: Timeline, ways: Ways, atNs: number, play: boolean): Promise<void> {
    this.#told({ stage: 'land', done: 0, of: 1 });
    const opened = await ways.land(atNs, SHOWN_NS);
    const engine = this.#engine;
    if (engine.timeline !== old || engine.recording.open) {
      opened.timeline.close();
      throw new EngineError('SEEK_OVERTAKEN', 'the source or the run changed while it was sought');
    }
    engine.begin(opened, false);
    await engine.loop.runTo(atNs);
    if (play) engine.loop.play(true);
  }

  stop(): void {
    this.#index.stop();
  }
}
