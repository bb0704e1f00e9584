// In: a pattern. Out: the files git tracks or would track that match it, from the root.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './suites.ts';

export function trackedFiles(pattern: RegExp): string[] {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard'];
  const run = spawnSync('git', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 26 });
  if (run.status !== 0) throw new Error(`git ls-files: ${run.stderr}`);
  const files = run.stdout.split('\n').filter((path) => pattern.test(path));
  return files.filter((path) => existsSync(join(ROOT, path)));
}
