// How places of what is open are found and reached: of a source, by its seek index; of a recorded run,
// by the checkpoints of its log.
import type { Landing } from '@wavetank/native';
import type { Played } from '../playback/playback.ts';
import { Timeline } from '../timeline.ts';
import { findSeq, landAt, plainSeqAt } from './landing.ts';
import type { Place } from './place.ts';
import type { Covered, SeekIndex } from './seek-index.ts';

/** A timeline that may take the place of the one before; `Played` is one too. */
export type Opened = { timeline: Timeline } | Played;

export interface Ways {
  /** The virtual time of a place: where its quantum ends. */
  timeOf(place: Place): Promise<number>;
  /** Where the last `count` events had not come yet. */
  before(timeline: Timeline, count: number): Promise<number>;
  /** A timeline that is `shownNs` before a virtual time; what lies behind is to be played in view. */
  land(atNs: number, shownNs: number): Promise<Opened>;
}

/** Those of a source, for one seek: its index is covered once, as far as the seek goes. */
export class SourceWays implements Ways {
  readonly #index: SeekIndex;
  readonly #landing: Landing;
  #covered: Covered | undefined;

  constructor(index: SeekIndex, { config, digest }: Omit<Landing, 'source'>) {
    this.#index = index;
    this.#landing = { config, source: config.source, digest };
  }

  async #cover(place: Place): Promise<Covered> {
    this.#covered ??= await this.#index.cover(this.#landing, place);
    return this.#covered;
  }

  async timeOf(place: Place): Promise<number> {
    if ('at_ns' in place) return place.at_ns;
    return (await findSeq(await this.#cover(place), place.seq)).at_ns;
  }

  async before(timeline: Timeline, count: number): Promise<number> {
    const now = timeline.session.nowNs();
    const index = await this.#cover({ at_ns: now });
    const { seq: last, storm_events } = timeline.status();
    const plain = storm_events === 0 ? last : await plainSeqAt(index, now);
    return (await findSeq(index, Math.max(1, plain - count + 1))).before_ns;
  }

  async land(atNs: number, shownNs: number): Promise<Opened> {
    const index = await this.#cover({ at_ns: atNs });
    const { ended, ts_run_ns } = index.table.covered;
    // Behind the end of the source lies its end, and what led there is what can be shown.
    const thereNs = ended ? Math.min(atNs, ts_run_ns) : atNs;
    const session = await landAt(index, Math.max(0, thereNs - shownNs));
    return { timeline: new Timeline(session, this.#landing.config) };
  }
}
