// In: seconds and the words of the fuzzer (native/crates/feed/examples/fuzz_parser). Out: the ITCH
// parser built with Zig's safety checks and coverage counters on, and the fuzzer run over it.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun } from './must-run.ts';
import { ROOT, zigEnv } from './suites.ts';

const LIB = 'zig-parser/zig-out/lib';

mkdirSync(join(ROOT, LIB), { recursive: true });
const zig = (what: string, ...args: string[]): void =>
  mustRun('python3', ['-m', 'ziglang', what, '-fPIC', '-mcpu=baseline', ...args], zigEnv);
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
mustRun('cargo', build, { CARGO_TARGET_DIR: target }, 'native');
mustRun(join(target, 'release/examples/fuzz_parser'), process.argv.slice(2));
