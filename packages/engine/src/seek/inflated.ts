// An inflated copy of a .gz, made on the first seek so that later ones need not read from its start.
// In: the .gz, a folder. Out: the copy's path, progress on the way. Bounded: a .gz that inflates
// beyond the bound is refused and nothing of it is left.
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { SourceSpec } from '@wavetank/native';

const COPY = 'inflated.itch';

/** What is read of a source: itself, or its inflated copy; undefined while there is none. */
export async function readable(
  source: SourceSpec,
  folder: string,
): Promise<SourceSpec | undefined> {
  if (source.kind !== 'itch' || !(await isGzip(source.path))) return source;
  const path = join(folder, COPY);
  return existsSync(path) ? { ...source, path } : undefined;
}

/** By its first bytes, whatever its name says. */
export async function isGzip(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
  }
}

export class TooLarge extends Error {
  constructor(path: string, bytes: number) {
    super(`${path} inflates to more than ${bytes} bytes`);
    this.name = 'TooLarge';
  }
}

export async function inflated(
  path: string,
  folder: string,
  bytesMax: number,
  tell: (done: number, of: number) => void,
): Promise<string> {
  const copy = join(folder, COPY);
  if (existsSync(copy)) return copy;
  await mkdir(folder, { recursive: true });
  const { size } = await stat(path);
  const source = createReadStream(path);
  let bytes = 0;
  const bounded = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      tell(source.bytesRead, size);
      if (bytes > bytesMax) done(new TooLarge(path, bytesMax));
      else done(null, chunk);
    },
  });
  try {
    await pipeline(source, createGunzip(), bounded, createWriteStream(`${copy}.next`));
  } catch (error) {
    await rm(`${copy}.next`, { force: true });
    throw error;
  }
  await rename(`${copy}.next`, copy);
  return copy;
}
