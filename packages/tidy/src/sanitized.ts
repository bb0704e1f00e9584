// In: the checkout. Out: the suites that drive the C++ kernels and the C++ book, run over C++ built with
// address and undefined-behaviour checks; the rule table, random streams and vectors cross the C border as
// they do in the product. Built once more with defects, both kinds of check must find theirs.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun } from './must-run.ts';
import { ROOT } from './suites.ts';

const PACKAGES = ['-p', 'wavetank-kernels', '-p', 'wavetank-book'];
/** Of the tests of these two crates, those that reach C++. */
const ALL = ['rolling_twins', 'rules', 'digests', 'twins'];
/** Those in whose way the defects lie. */
const PLANTED = ['rolling_twins', 'digests'];

function output(program: string, ...args: string[]): string {
  return execFileSync(program, args, { encoding: 'utf8' }).trim();
}

/** The checks replace the allocator, so their library has to be loaded before every other. */
function environment(): Record<string, string> {
  const library = output('g++', '-print-file-name=libasan.so');
  if (!existsSync(library)) {
    console.error('g++ has no libasan.so: install the sanitizers of this compiler');
    process.exit(1);
  }
  const host = /^host: (.*)$/m.exec(output('rustc', '-vV'))?.[1] ?? '';
  const runner = `CARGO_TARGET_${host.toUpperCase().replaceAll('-', '_')}_RUNNER`;
  return {
    CARGO_TARGET_DIR: process.env.CARGO_TARGET_DIR ?? join(ROOT, 'native/target'),
    [runner]: `env LD_PRELOAD=${library} ASAN_OPTIONS=detect_leaks=0`,
  };
}

const words = (tests: string[], features: string[]): string[] => [
  ...['test', '--locked', '--no-fail-fast', ...PACKAGES],
  ...tests.flatMap((name) => ['--test', name]),
  ...['--features', features.map((name) => `wavetank-kernels/${name}`).join()],
];

/** What is planted stops the tests, so their own counts say nothing here. */
function findsPlanted(env: Record<string, string>): boolean {
  const { stdout, stderr } = spawnSync('cargo', words(PLANTED, ['sanitized', 'planted']), {
    cwd: join(ROOT, 'native'),
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  const text = `${stdout}${stderr}`;
  const found = [/ERROR: AddressSanitizer/, /runtime error: signed integer overflow/].map((words) =>
    words.test(text),
  );
  if (found.includes(false)) console.error(text);
  return !found.includes(false);
}

const env = environment();
mustRun('cargo', words(ALL, ['sanitized']), env, 'native');
const found = findsPlanted(env);
console.log(`planted: ${found ? 'both found' : 'not found'}`);
console.log(`test result: ${found ? 'ok. 1 passed; 0' : 'FAILED. 0 passed; 1'} failed`);
process.exitCode = found ? 0 : 1;
