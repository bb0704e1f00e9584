// In: a storm kind that ships, or sources by name. Out: a code digest, XXH64 over the module and every
// module of its package that it imports, in order of path. Two kinds with one digest act alike.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import xxhash from 'xxhash-wasm';

const ENTRY = fileURLToPath(import.meta.resolve('@wavetank/storms'));
/** What files of own storms import. */
export const KIT_FILE = fileURLToPath(import.meta.resolve('@wavetank/storms/kit'));
const FOLDER = dirname(ENTRY);
const IMPORT = /(?:from|import)\s+'(\.[^']+)'/g;

/** A file's name and text. */
type Source = [name: string, text: string];

function reach(path: string, seen: Map<string, string>): void {
  if (seen.has(path)) return;
  const source = readFileSync(path, 'utf8');
  seen.set(path, source);
  for (const [, target] of source.matchAll(IMPORT)) {
    if (target !== undefined) reach(normalize(join(dirname(path), target)), seen);
  }
}

/** A module of the storms package and all that it imports from there. */
export function sourcesFrom(module: string): Source[] {
  const seen = new Map<string, string>();
  reach(module, seen);
  return [...seen];
}

/** The module that exports a kind of this name. */
function moduleOf(kind: string): string | undefined {
  const declares = new RegExp(`export const ${kind}\\b`);
  const files = readdirSync(FOLDER).filter((f) => f.endsWith('.ts') && !f.endsWith('.test.ts'));
  return files.map((f) => join(FOLDER, f)).find((f) => declares.test(readFileSync(f, 'utf8')));
}

const hasher = await xxhash();

export const xxh64 = (text: string): bigint => hasher.h64(text);

/** XXH64 over texts in order of their names, 16 lower-case hex digits. */
export function digestOf(sources: readonly Source[]): string {
  const ordered = [...sources].sort(([a], [b]) => (a < b ? -1 : 1));
  return hasher.h64ToString(ordered.map(([, text]) => text).join('\0'));
}

const known = new Map<string, string>();

/** Code digest of a kind that ships, 16 lower-case hex digits. */
export function stormCode(kind: string): string | undefined {
  const module = known.has(kind) ? undefined : moduleOf(kind);
  if (module !== undefined) known.set(kind, digestOf(sourcesFrom(module)));
  return known.get(kind);
}
