// In: the checkout. Out: the tests of the feed crate run over the ITCH parser built with Zig's safety
// checks on, where an overflow or a read out of bounds stops the process.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT, zigEnv } from './suites.ts';

const LIBRARY = 'zig-parser/zig-out/lib/libwavetank_itch_safe.a';

function run(program: string, args: string[], env: Record<string, string>, cwd = ''): void {
  const done = spawnSync(program, args, {
    cwd: join(ROOT, cwd),
    env: { ...process.env, ...env },
    stdio: 'inherit',
  });
  if (done.error) console.error(`${program}: ${done.error.message}`);
  if (done.status !== 0) process.exit(done.status ?? 1);
}

const build = ['-m', 'ziglang', 'build-lib', '-fPIC', '-fcompiler-rt', '-O', 'ReleaseSafe'];
const out = ['-mcpu=baseline', `-femit-bin=${LIBRARY}`, 'zig-parser/src/main.zig'];
run('python3', [...build, ...out], zigEnv);
const target = { CARGO_TARGET_DIR: process.env.CARGO_TARGET_DIR ?? join(ROOT, 'native/target') };
const test = ['test', '--locked', '-p', 'wavetank-feed', '--features', 'safe-parser'];
run('cargo', test, target, 'native');
