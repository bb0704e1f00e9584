// The folder of all seek indexes, kept within its bound: sources whose index was not used for longest
// go first, the one that is about to be used last.
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

interface Kept {
  name: string;
  bytes: number;
  used_ms: number;
}

export async function makeRoom(dir: string, wanted: string, bytesMax: number): Promise<void> {
  const names = await readdir(dir).catch(() => []);
  const kept = await Promise.all(names.map((name) => measured(dir, name)));
  let bytes = kept.reduce((sum, each) => sum + each.bytes, 0);
  const oldestFirst = kept.sort((a, b) => a.used_ms - b.used_ms);
  for (const each of oldestFirst) {
    if (bytes <= bytesMax) return;
    if (each.name === wanted) continue;
    await rm(join(dir, each.name), { recursive: true, force: true });
    bytes -= each.bytes;
  }
}

async function measured(dir: string, name: string): Promise<Kept> {
  const kept: Kept = { name, bytes: 0, used_ms: 0 };
  const files = await readdir(join(dir, name), { recursive: true }).catch(() => []);
  for (const file of files) {
    const found = await stat(join(dir, name, file)).catch(() => undefined);
    if (!found?.isFile()) continue;
    kept.bytes += found.size;
    kept.used_ms = Math.max(kept.used_ms, found.mtimeMs);
  }
  return kept;
}
