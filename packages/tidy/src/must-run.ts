// In: a command of a build step. Out: it ran to its end, its output shown; else this process ends
// with its status.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './suites.ts';

/** `cwd` is from the root of the checkout. */
export function mustRun(
  program: string,
  args: string[],
  env: Record<string, string> = {},
  cwd = '',
): void {
  const done = spawnSync(program, args, {
    cwd: join(ROOT, cwd),
    env: { ...process.env, ...env },
    stdio: 'inherit',
  });
  if (done.error) console.error(`${program}: ${done.error.message}`);
  if (done.status !== 0) process.exit(done.status ?? 1);
}
