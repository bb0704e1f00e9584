// The kinds this program can start: those that ship and those of the files it was given. In: paths. Out:
// a kind by name, with its code digest and its file. A file that is at fault is refused whole.
import { KindTable, ownNumber, StormFault } from '@wavetank/storms';
import { stormCode, xxh64 } from './storm-code.ts';
import { loadStormFile, type StormFile } from './storm-file.ts';

/** A kind that can be started; `file` is null when it ships. */
export type LibraryKind = Omit<StormFile, 'file'> & { file: string | null };

/** The number that the name of an own kind gives it. */
export const stormNumber = (name: string): number => ownNumber(xxh64(name));

export class StormLibrary {
  readonly #table = new KindTable();
  readonly #files = new Map<string, StormFile>();

  constructor(files: readonly string[] = []) {
    for (const file of files) this.add(file);
  }

  /** Takes in a user's file; a StormFault says why it is refused. */
  add(path: string): StormFile {
    const loaded = loadStormFile(path);
    try {
      this.#table.add(loaded);
    } catch (cause) {
      if (!(cause instanceof StormFault)) throw cause;
      throw new StormFault(cause.code, `${path}: ${cause.message}`);
    }
    this.#files.set(loaded.info.name, loaded);
    return loaded;
  }

  get(name: string): LibraryKind | undefined {
    const kind = this.#table.get(name);
    if (kind === undefined) return undefined;
    const own = this.#files.get(name);
    return own ?? { ...kind, file: null, code: stormCode(name) ?? '' };
  }

  get names(): string[] {
    return this.#table.names;
  }

  get all(): LibraryKind[] {
    return this.names.flatMap((name) => this.get(name) ?? []);
  }
}
