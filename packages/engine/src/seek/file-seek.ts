// A file at a place of it, for programs without an engine: by its seek index, or by plain play from
// its start. In: a file, symbols to analyse, a place. Out: a session there, and what it cost.
import type { Session, SessionConfig } from '@wavetank/native';
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
  readonly #config: SessionConfig;
  readonly #path: string;
  readonly #digest: string;

  private constructor(path: string, digest: string, config: SessionConfig, index: SeekIndex) {
    this.#path = path;
    this.#digest = digest;
    this.#config = config;
    this.#index = index;
  }

  /** The file is read once for its digest. */
  static async open(
    path: string,
    symbols: string[],
    indexDir: string,
    tell: (progress: SeekProgress) => void = () => {},
  ): Promise<FileSeek> {
    const { xxh64 } = await fileDigest(path);
    const config: SessionConfig = { source: { kind: 'itch', path }, symbols, seed: '1' };
    const index = new SeekIndex({ dir: indexDir, events: INDEX_EVENTS }, tell);
    return new FileSeek(path, xxh64, config, index);
  }

  #landing() {
    const source = { kind: 'itch', path: this.#path } as const;
    return { config: this.#config, source, digest: this.#digest };
  }

  /** Builds what is missing of the index, up to a place. */
  async cover(place: Place): Promise<Covered> {
    return this.#index.cover(this.#landing(), place);
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
