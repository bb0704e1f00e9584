// In: a storm kind that ships. Out: its code digest, XXH64 over the module that holds it and every
// module of its package that it imports, in order of path. Two kinds with one digest act alike.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import xxhash from 'xxhash-wasm';

const ENTRY = fileURLToPath(import.meta.resolve('@wavetank/storms'));
const FOLDER = dirname(ENTRY);
const IMPORT = /(?:from|import)\s+'(\.[^']+)'/g;

function reach(path: string, seen: Map<string, string>): void {
  if (seen.has(path)) return;
  const source = readFileSync(path, 'utf8');
  seen.set(path, source);
  for (const [, target] of source.matchAll(IMPORT)) {
    if (target !== undefined) reach(normalize(join(dirname(path), target)), seen);
  }
}

/** The module that exports a kind of this name. */
function moduleOf(kind: string): string | undefined {
  const declares = new RegExp(`export const ${kind}\\b`);
  const files = readdirSync(FOLDER).filter((f) => f.endsWith('.ts') && !f.endsWith('.test.ts'));
  return files.map((f) => join(FOLDER, f)).find((f) => declares.test(readFileSync(f, 'utf8')));
}

const hasher = await xxhash();

/** Code digest of a kind, 16 lower-case hex digits. */
export function stormCode(kind: string): string | undefined {
  const module = moduleOf(kind);
  if (module === undefined) return undefined;
  const seen = new Map<string, string>();
  reach(module, seen);
  const ordered = [...seen].sort(([a], [b]) => (a < b ? -1 : 1));
  const text = ordered.map(([, source]) => source).join('\0');
  return hasher.h64ToString(text);
}
