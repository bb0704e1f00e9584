// In: a path somebody asks for, and the folders whose files may be read. Out: the file's real path, or
// a refusal.
import { realpath } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';
import { ApiError } from '../lib/problem.ts';

/** The real path of a file inside one of the folders; links that lead out are out. */
export async function allowedFile(path: string, roots: readonly string[]): Promise<string> {
  let missing = false;
  let leadsOut = false;
  for (const root of roots) {
    const base = await realpath(root).catch(() => undefined);
    if (base === undefined) continue;
    const asked = resolve(base, path);
    const real = await realpath(asked).catch(() => undefined);
    if (real !== undefined && within(base, real)) return real;
    if (!within(base, asked)) continue;
    if (real === undefined) missing = true;
    else leadsOut = true;
  }
  if (missing && !leadsOut) throw new ApiError('PATH_UNKNOWN', `no file ${JSON.stringify(path)}`);
  throw new ApiError('PATH_REFUSED', `${JSON.stringify(path)} is in none of the allowed folders`);
}

function within(base: string, path: string): boolean {
  const from = relative(base, path);
  return from !== '' && !from.startsWith('..') && !isAbsolute(from);
}
