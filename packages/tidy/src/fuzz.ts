// In: seconds and the words of the fuzzer (native/crates/feed/examples/fuzz_parser). Out: the ITCH
// parser built with Zig's safety checks and coverage counters on, and the fuzzer run over it.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, zigEnv } from './suites.ts';

const LIB = 'zig-parser/zig-out/lib';

function run(program: string, args: string[], env: Record<string, string> = {}, cwd = ''): void {
  const done = spawnSync(program, args, {
    cwd: join(ROOT, cwd),
    env: { ...process.env, ...env },
    stdio: 'inherit',
  });
  if (done.error) console.error(`${program}: ${done.error.message}`);
  if (done.status !== 0) process.exit(done.status ?? 1);
}

mkdirSync(join(ROOT, LIB), { recursive: true });
const zig = (what: string, ...args: string[]): void =>
  run('python3', ['-m', 'ziglang', what, '-fPIC', '-mcpu=baseline', ...args], zigEnv);
zig(
  'build-obj',
  '-O',
  'ReleaseFast',
  `-femit-bin=${LIB}/fuzz_depth.o`,
  'zig-parser/src/fuzz_depth.zig',
);
const mode = ['-fcompiler-rt', '-O', 'ReleaseSafe', '-ffuzz'];
const library = [`-femit-bin=${LIB}/libwavetank_itch_fuzz.a`, `${LIB}/fuzz_depth.o`];
zig('build-lib', ...mode, ...library, 'zig-parser/src/fuzz_root.zig');

const target = process.env.CARGO_TARGET_DIR ?? join(ROOT, 'native/target');
const features = ['--features', 'fuzz-parser', '--example', 'fuzz_parser'];
const build = ['build', '--locked', '--release', '--quiet', '-p', 'wavetank-feed', ...features];
run('cargo', build, { CARGO_TARGET_DIR: target }, 'native');
run(join(target, 'release/examples/fuzz_parser'), process.argv.slice(2));
