// A file at a place of it, for programs without an engine: by its seek index, or by plain play from
// its start. In: a file, symbols to analyse, a place. Out: a session there, and what it cost.
import { type Landing, landSession, type Session, type SourceSpec } from '@wavetank/native';
import { fileDigest } from '@wavetank/recorder';
import { findSeq, landAt } from './landing.ts';
import type { Place } from './place.ts';
import { type Covered, SeekIndex, type SeekProgress } from './seek-index.ts';

const INDEX_EVENTS = 500_000;

export interface Arrived {
  session: Session;
  wall_ms: number;
}

export class FileSeek {
  readonly #index: SeekIndex;
  readonly #landing: Landing;

  private constructor(landing: Landing, index: SeekIndex) {
    this.#landing = landing;
    this.#index = index;
  }

  /** The file is read once for its digest. */
  static async open(
    source: SourceSpec & { kind: 'itch' },
    symbols: string[],
    indexDir: string,
    tell: (progress: SeekProgress) => void = () => {},
  ): Promise<FileSeek> {
    const { xxh64: digest } = await fileDigest(source.path);
    const index = new SeekIndex({ dir: indexDir, events: INDEX_EVENTS }, tell);
    return new FileSeek({ config: { source, symbols, seed: '1' }, source, digest }, index);
  }

  /** Builds what is missing of the index, up to a place. */
  async cover(place: Place): Promise<Covered> {
    return this.#index.cover(this.#landing, place);
  }

  /** At the first event. */
  start(): Promise<Session> {
    return landSession(this.#landing, null);
  }

  /** By an index that covers the place. */
  async seek(index: Covered, place: Place): Promise<Arrived> {
    const began = performance.now();
    const atNs = 'seq' in place ? (await findSeq(index, place.seq)).at_ns : place.at_ns;
    const session = await landAt(index, atNs);
    return { session, wall_ms: performance.now() - began };
  }

  /** By plain play from the start of what is read. */
  plain(index: Covered, place: Place): Promise<Arrived> {
    const entries = index.table.entries.slice(0, 1);
    return this.seek({ ...index, table: { ...index.table, entries } }, place);
  }
}
