// The seek index on disk: checkpoints of plain play, and a table of them. In: a folder. Out: entries
// that are there and bytes that were written; what is damaged or of another build is no index. The
// checkpoints check themselves when a session is made of them.
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const VERSION = 2;
const TABLE = 'index.json';
/** Checkpoints of one index, in number and in bytes; beyond, every second one goes. */
const ENTRIES_MAX = 64;
const BYTES_MAX = 512 * 1024 * 1024;

export interface IndexEntry {
  seq: number;
  ts_run_ns: number;
  bytes: number;
}

export interface IndexTable {
  version: number;
  /** Work between two checkpoints, at least: events, and ticks as the events that cost as much. */
  spacing_work: number;
  /** How far plain play went, and whether the source ends there. */
  covered: { seq: number; ts_run_ns: number; ended: boolean };
  entries: IndexEntry[];
}

export class IndexFolder {
  readonly dir: string;
  readonly #events: number;

  /** `events` is the least between two checkpoints of a new table. */
  constructor(dir: string, events: number) {
    this.dir = dir;
    this.#events = events;
  }

  /** The table, when it can be read and its files are there; else an empty one. */
  read(): IndexTable {
    try {
      const table = JSON.parse(readFileSync(join(this.dir, TABLE), 'utf8')) as IndexTable;
      const whole = (entry: IndexEntry) => statSync(this.#path(entry)).size === entry.bytes;
      if (table.version === VERSION && table.entries.every(whole)) return table;
    } catch {
      // No table, a torn one, or a checkpoint gone: an index is only ever a shortcut.
    }
    const covered = { seq: 0, ts_run_ns: 0, ended: false };
    return { version: VERSION, spacing_work: this.#events, covered, entries: [] };
  }

  checkpoint(entry: IndexEntry): Buffer {
    return readFileSync(this.#path(entry));
  }

  /** Keeps a checkpoint; thins the table out where it grows too large. */
  add(table: IndexTable, entry: Omit<IndexEntry, 'bytes'>, checkpoint: Buffer): void {
    mkdirSync(this.dir, { recursive: true });
    replace(this.#path(entry), checkpoint);
    table.entries.push({ ...entry, bytes: checkpoint.length });
    while (table.entries.length > 2 && tooLarge(table.entries)) this.#thin(table);
    this.write(table);
  }

  #thin(table: IndexTable): void {
    const gone = table.entries.filter((_, at) => at % 2 === 1);
    table.entries = table.entries.filter((_, at) => at % 2 === 0);
    table.spacing_work *= 2;
    for (const entry of gone) rmSync(this.#path(entry), { force: true });
  }

  write(table: IndexTable): void {
    mkdirSync(this.dir, { recursive: true });
    replace(join(this.dir, TABLE), JSON.stringify(table));
  }

  /** Something in it was damaged: it is built again when it is asked for. */
  remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }

  #path({ ts_run_ns }: Omit<IndexEntry, 'bytes'>): string {
    return join(this.dir, `${String(ts_run_ns).padStart(14, '0')}.ckpt`);
  }
}

function tooLarge(entries: readonly IndexEntry[]): boolean {
  const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  return entries.length > ENTRIES_MAX || bytes > BYTES_MAX;
}

/** A reader sees the old file or the new one. */
function replace(path: string, content: Buffer | string): void {
  writeFileSync(`${path}.next`, content);
  renameSync(`${path}.next`, path);
}
