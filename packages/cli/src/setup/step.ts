// In: a build step: what it reads, what it makes, how. Out: the step run when stale, with progress.
// Staleness is content: a hash over the inputs, kept beside the tools.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of the checkout, with a slash at its end. */
export const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
/** Folder for tools and stamps that set-up keeps between runs. */
export const TOOLS = join(ROOT, '.tools');

const SKIPPED = new Set(['node_modules', 'target', 'dist', 'zig-out', '.zig-cache', 'addon']);

export interface Step {
  name: string;
  /** Files and folders, from the root, whose contents decide whether the step is stale. */
  inputs: string[];
  /** Files that must exist afterwards. */
  outputs: string[];
  /** What to tell the user when it fails. */
  remedy: string;
  run: () => void;
}

/** A command that must succeed; its output goes to the terminal. */
export function command(
  program: string,
  args: string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): void {
  const run = spawnSync(program, args, {
    cwd: options.cwd ?? ROOT,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 2, 2],
  });
  if (run.error) throw new Error(`${program} could not be started: ${run.error.message}`);
  if (run.status !== 0) throw new Error(`${program} ended with status ${run.status ?? run.signal}`);
}

function addToHash(hash: ReturnType<typeof createHash>, path: string): void {
  const full = join(ROOT, path);
  if (!existsSync(full)) return;
  const entries = readdirIfFolder(full);
  if (entries === undefined) {
    hash.update(`${path}\0`).update(readFileSync(full));
    return;
  }
  for (const entry of entries.sort()) {
    if (!SKIPPED.has(entry)) addToHash(hash, join(path, entry));
  }
}

function readdirIfFolder(full: string): string[] | undefined {
  try {
    return readdirSync(full);
  } catch {
    return undefined;
  }
}

function fingerprint(step: Step): string {
  const hash = createHash('sha256');
  for (const input of step.inputs) addToHash(hash, input);
  return hash.digest('hex');
}

/** Runs the step when its inputs changed or an output is missing; true when it ran. */
export function runStep(step: Step): boolean {
  const stamp = join(TOOLS, 'stamps', step.name);
  const print = fingerprint(step);
  const made = step.outputs.every((path) => existsSync(join(ROOT, path)));
  if (made && existsSync(stamp) && readFileSync(stamp, 'utf8') === print) return false;
  const started = performance.now();
  console.error(`${step.name}: building`);
  step.run();
  for (const path of step.outputs) {
    if (!existsSync(join(ROOT, path))) throw new Error(`${path} was not made`);
  }
  mkdirSync(join(TOOLS, 'stamps'), { recursive: true });
  writeFileSync(stamp, print);
  console.error(`${step.name}: done in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return true;
}
