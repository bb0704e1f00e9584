// Who closes a run. In: its folder. Out: true for exactly one of the processes that may find it
// over at the same time: the bridge that records it, the engine that lost its bridge, a later bridge.
import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { RUN_FILE } from './run-file.ts';

const CLAIM_FILE = '.closing';

/** Takes the right to close an open run; false when it is closed, or somebody alive closes it. */
export function claimClosing(dir: string): boolean {
  const path = join(dir, CLAIM_FILE);
  if (!claimed(path)) return false;
  if (isOpen(dir)) return true;
  rmSync(path, { force: true });
  return false;
}

/** To be called when run.yaml says how the run ended. */
export function releaseClosing(dir: string): void {
  rmSync(join(dir, CLAIM_FILE), { force: true });
}

function claimed(path: string): boolean {
  for (;;) {
    try {
      const file = openSync(path, 'wx');
      writeSync(file, String(process.pid));
      closeSync(file);
      return true;
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    }
    if (ownerLives(path)) return false;
    rmSync(path, { force: true });
  }
}

/** A claim whose pid is not written yet is being made now. */
function ownerLives(path: string): boolean {
  const pid = Number(readText(path) ?? '');
  if (pid === 0) return true;
  try {
    return process.kill(pid, 0);
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A run whose file is not written yet is open. */
function isOpen(dir: string): boolean {
  const text = readText(join(dir, RUN_FILE));
  return text === undefined || /^status: recording$/m.test(text);
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
