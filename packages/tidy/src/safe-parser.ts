// In: the checkout. Out: the tests of the feed crate run over the ITCH parser built with Zig's safety
// checks on, where an overflow or a read out of bounds stops the process.
import { join } from 'node:path';
import { mustRun } from './must-run.ts';
import { ROOT, zigEnv } from './suites.ts';

const LIBRARY = 'zig-parser/zig-out/lib/libwavetank_itch_safe.a';

const build = ['-m', 'ziglang', 'build-lib', '-fPIC', '-fcompiler-rt', '-O', 'ReleaseSafe'];
const out = ['-mcpu=baseline', `-femit-bin=${LIBRARY}`, 'zig-parser/src/main.zig'];
mustRun('python3', [...build, ...out], zigEnv);
const target = { CARGO_TARGET_DIR: process.env.CARGO_TARGET_DIR ?? join(ROOT, 'native/target') };
const test = ['test', '--locked', '-p', 'wavetank-feed', '--features', 'safe-parser'];
mustRun('cargo', test, target, 'native');
