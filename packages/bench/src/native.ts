// Builds the native bench program in release form and runs it. Out: the lines it printed.
import { spawn, spawnSync } from 'node:child_process';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of the checkout, with a slash at its end. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

const EXAMPLE = 'bench_market';

/** Path of the program; a build that fails ends the run with its status. */
export function buildNative(): string {
  const target = process.env.CARGO_TARGET_DIR ?? join(ROOT, 'native/target');
  const words = ['build', '--release', '--locked', '-p', 'wavetank-session', '--example', EXAMPLE];
  const build = spawnSync('cargo', words, {
    cwd: join(ROOT, 'native'),
    env: { ...process.env, CARGO_TARGET_DIR: target },
    stdio: ['ignore', 2, 2],
  });
  if (build.error !== undefined) throw build.error;
  if (build.status !== 0) process.exit(build.status ?? 1);
  return join(target, 'release/examples', EXAMPLE);
}

export function runNative(program: string, words: string[]): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.setEncoding('utf8');
    child.stdout.on('data', (chunk: string) => {
      text += chunk;
      process.stderr.write('.'.repeat(chunk.split('\n').length - 1));
    });
    child.on('error', reject);
    child.on('close', (status, signal) => {
      process.stderr.write('\n');
      if (status === 0) resolve(text.split('\n').filter((line) => line !== ''));
      else reject(new Error(`${basename(program)} ended with ${signal ?? `status ${status}`}`));
    });
  });
}
