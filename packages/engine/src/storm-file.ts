// In: the path of a user's storm file. Out: its kind and its code digest, or a StormFault and nothing
// kept. The file may import the kit and files beside it, nothing else, so that its code is all in reach.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { basename, dirname, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Kind, ownKind, ownNumber, StormFault } from '@wavetank/storms';
import { digestOf, KIT_FILE, sourcesFrom, xxh64 } from './storm-code.ts';

const KIT = '@wavetank/storms/kit';
const KIT_URL = pathToFileURL(KIT_FILE).href;
const BESIDE = /^\.{1,2}\//;
const require = createRequire(import.meta.url);

/** Files of users' storms, and the files beside it that each imports. */
const imports = new Map<string, Set<string>>();
let hooked = false;

function hook(): void {
  if (hooked) return;
  hooked = true;
  registerHooks({
    resolve(specifier, context, next) {
      const from = context.parentURL ?? '';
      const known = imports.get(from);
      if (known === undefined) return next(specifier, context);
      if (specifier === KIT)
        return { url: KIT_URL, format: 'module-typescript', shortCircuit: true };
      if (!BESIDE.test(specifier)) throw notAllowed(specifier, from);
      const found = next(specifier, context);
      known.add(found.url);
      if (!imports.has(found.url)) imports.set(found.url, new Set());
      return found;
    },
    load(url, context, next) {
      if (!imports.has(url) || !url.endsWith('.ts')) return next(url, context);
      // Whatever package.json lies around, the file is a module.
      return next(url, { ...context, format: 'module-typescript' });
    },
  });
}

function notAllowed(specifier: string, from: string): StormFault {
  const message = `${basename(from)} imports ${specifier}, expected ${KIT} or a file beside it`;
  return new StormFault('STORM_FILE_IMPORT', message);
}

/** The file and all it imports from beside it. */
function reach(url: string, seen = new Set<string>()): Set<string> {
  if (seen.has(url)) return seen;
  seen.add(url);
  for (const next of imports.get(url) ?? []) reach(next, seen);
  return seen;
}

/** XXH64 over the file, what it imports from beside it, and the kit. */
function codeOf(file: string): string {
  const folder = dirname(file);
  const own = [...reach(pathToFileURL(file).href)].map((url) => fileURLToPath(url));
  const named = own.map((path): [string, string] => [
    relative(folder, path),
    readFileSync(path, 'utf8'),
  ]);
  return digestOf([...named, ...sourcesFrom(KIT_FILE)]);
}

function exportOf(file: string): unknown {
  hook();
  const url = pathToFileURL(file).href;
  if (!imports.has(url)) imports.set(url, new Set());
  try {
    return (require(file) as { default?: unknown }).default;
  } catch (cause) {
    if (cause instanceof StormFault) throw cause;
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new StormFault('STORM_FILE_THROWS', said);
  }
}

export interface StormFile extends Kind {
  /** Absolute path. */
  file: string;
  code: string;
}

/** The kind that a file exports by default. */
export function loadStormFile(path: string): StormFile {
  const file = resolve(path);
  if (!existsSync(file)) throw new StormFault('STORM_FILE_MISSING', `${path}: no such file`);
  try {
    const kind = ownKind(exportOf(file), (name) => ownNumber(xxh64(name)));
    return { ...kind, file, code: codeOf(file) };
  } catch (cause) {
    if (cause instanceof StormFault) throw new StormFault(cause.code, `${path}: ${cause.message}`);
    throw cause;
  }
}
