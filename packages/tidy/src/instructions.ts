// In: the checkout; with --record, the wish to keep what is counted now. Out: instructions of fixed
// pieces of work held against those on record, one line each, and `instructions: N passed, N failed`.
// A run with a quarter more work must turn every line red, or the check itself has failed.
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Counts,
  judge,
  type OnRecord,
  OTHER_COMPILERS,
  SAME_COMPILERS,
} from './instruction-counts.ts';
import { mustRun } from './must-run.ts';
import { ROOT, zigEnv } from './suites.ts';

const EXAMPLE = 'count_instructions';
const RECORD = join(ROOT, `native/crates/session/examples/${EXAMPLE}/counts.json`);

function toolchain(): string[] {
  const env = { ...process.env, ...zigEnv };
  const version = (program: string, ...args: string[]): string =>
    execFileSync(program, args, { encoding: 'utf8', env }).split('\n')[0] ?? '';
  return [
    version('rustc', '--version'),
    version('g++', '--version'),
    `zig ${version('python3', '-m', 'ziglang', 'version')}`,
  ];
}

/** Path of the counter, in the form that ships. */
function build(): string {
  const target = process.env.CARGO_TARGET_DIR ?? join(ROOT, 'native/target');
  const words = ['build', '--release', '--locked', '--quiet', '-p', 'wavetank-session'];
  mustRun('cargo', [...words, '--example', EXAMPLE], { CARGO_TARGET_DIR: target }, 'native');
  return join(target, 'release/examples', EXAMPLE);
}

function count(program: string, ...words: string[]): Counts {
  const done = spawnSync(program, words, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (done.status !== 0) throw new Error(`${EXAMPLE} ended with status ${done.status}`);
  return JSON.parse(done.stdout) as Counts;
}

/** What this machine is held against: the record of its kind, or itself where there is none. */
function against(now: OnRecord): { counts: Counts; limit: number } {
  const record = JSON.parse(readFileSync(RECORD, 'utf8')) as OnRecord;
  if (record.arch !== now.arch) {
    console.log(`no counts on record for ${now.arch}: held against itself`);
    return { counts: now.counts, limit: SAME_COMPILERS };
  }
  if (record.toolchain.join() === now.toolchain.join()) {
    return { counts: record.counts, limit: SAME_COMPILERS };
  }
  console.log(
    `on record with ${record.toolchain.join(', ')}\nnow with ${now.toolchain.join(', ')}`,
  );
  return { counts: record.counts, limit: OTHER_COMPILERS };
}

const program = build();
const now: OnRecord = { arch: process.arch, toolchain: toolchain(), counts: count(program) };
if (process.argv.includes('--record')) writeFileSync(RECORD, `${JSON.stringify(now, null, 2)}\n`);

const { counts, limit } = against(now);
const { passed, failed } = judge(now.counts, counts, limit);
const planted = judge(count(program, '--planted'), now.counts, limit).passed;
for (const line of passed) console.log(`ok   ${line}`);
for (const line of failed) console.log(`FAIL ${line}`);
for (const line of planted) console.log(`FAIL a quarter more work goes unseen: ${line}`);
if (planted.length === 0) console.log('ok   a quarter more work turns every line red');
const bad = failed.length + planted.length;
console.log(
  `instructions: ${passed.length + (planted.length === 0 ? 1 : 0)} passed, ${bad} failed`,
);
process.exitCode = bad === 0 ? 0 : 1;
