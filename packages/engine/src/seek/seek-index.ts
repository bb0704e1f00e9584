// The seek index of the open source, as the engine sees it. In: what is open, a place. Out: an index
// that covers the place, built by a process of its own where it does not yet, progress on the way.
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ADDON_PATH, type Landing, type SourceSpec } from '@wavetank/native';
import { fileDigest } from '@wavetank/recorder';
import xxhash from 'xxhash-wasm';
import { EngineError } from '../errors.ts';
import { covers } from './index-builder.ts';
import { IndexFolder, type IndexTable } from './index-folder.ts';
import { makeRoom } from './index-room.ts';
import { readable } from './inflated.ts';
import { DAY_NS, type Place } from './place.ts';

const BUILDER = fileURLToPath(new URL('./build-main.ts', import.meta.url));
/** Bytes that all indexes may take, and that one .gz may inflate to. */
const ROOM_BYTES = 16 * 1024 ** 3;

export interface BuildOrder {
  landing: Landing;
  /** Folder of the source's indexes, and within it that of this one. */
  source: string;
  folder: string;
  until: Place;
  /** Work between two checkpoints, at least. */
  events: number;
  inflate_max: number;
}

export type BuildSaid =
  | { type: 'progress'; stage: 'inflate' | 'index'; done: number; of: number }
  | { type: 'built'; source: SourceSpec; table: IndexTable }
  | { type: 'failed'; detail: string };

export interface SeekProgress {
  stage: 'inflate' | 'index' | 'land';
  done: number;
  of: number;
}

/** Where indexes are kept, and the events between two checkpoints. */
interface Kept {
  dir: string;
  events: number;
}

/** An index that covers what was asked. */
export interface Covered {
  folder: IndexFolder;
  table: IndexTable;
  landing: Landing;
}

export class SeekIndex {
  readonly #kept: Kept;
  readonly #tell: (progress: SeekProgress) => void;
  #child: ChildProcess | undefined;

  constructor(kept: Kept, tell: (progress: SeekProgress) => void) {
    this.#kept = kept;
    this.#tell = tell;
  }

  async cover(landing: Landing, until: Place): Promise<Covered> {
    const { dir, events } = this.#kept;
    const source = join(dir, landing.digest);
    const folder = await keyOf(landing);
    const index = new IndexFolder(join(source, folder), events);
    const read = await readable(landing.source, source);
    if (read !== undefined) {
      const table = index.read();
      if (covers(table, until))
        return { folder: index, table, landing: { ...landing, source: read } };
    }
    await makeRoom(dir, landing.digest, ROOM_BYTES);
    // A file is covered whole, once; the generator has no end.
    const end = landing.source.kind === 'itch' ? { at_ns: DAY_NS } : until;
    const order = { landing, source, folder, until: end, events, inflate_max: ROOM_BYTES };
    const built = await this.#build(order);
    return { folder: index, table: built.table, landing: { ...landing, source: built.source } };
  }

  #build(order: BuildOrder): Promise<BuildSaid & { type: 'built' }> {
    return new Promise((resolve, reject) => {
      const failed = (why: string) => reject(new EngineError('SEEK_FAILED', `no index: ${why}`));
      const child = fork(BUILDER, [JSON.stringify(order)], {
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      this.#child = child;
      child.on('message', (said: BuildSaid) => {
        if (said.type === 'built') resolve(said);
        else if (said.type === 'failed') failed(said.detail);
        else this.#tell({ stage: said.stage, done: said.done, of: said.of });
      });
      child.on('error', (cause) => failed(cause.message));
      child.on('close', (code, signal) => {
        this.#child = undefined;
        failed(`its builder ended: ${signal ?? code}`);
      });
    });
  }

  stop(): void {
    this.#child?.kill('SIGKILL');
  }
}

let addonDigest: Promise<string> | undefined;

/** Checkpoints hold for one build, one watch set and one tick size. */
async function keyOf({ config }: Landing): Promise<string> {
  addonDigest ??= fileDigest(ADDON_PATH).then(({ xxh64 }) => xxh64);
  const of = [await addonDigest, config.symbols ?? [], config.tick_size ?? null];
  const { h64ToString } = await xxhash();
  return h64ToString(JSON.stringify(of));
}
