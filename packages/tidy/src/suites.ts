// Out: the suites of the repository: how each is run and how its output is counted.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of the checkout, with a slash at its end. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

export interface Suite {
  name: string;
  program: string;
  args: string[];
  cwd?: string;
  env?: Record<string, string>;
  count: (text: string) => { passed: number; failed: number };
}

function sum(text: string, pattern: RegExp): number {
  let total = 0;
  for (const match of text.matchAll(pattern)) total += Number(match[1]);
  return total;
}

/** Counts by two patterns whose first group is a number. */
export const counted =
  (passed: RegExp, failed: RegExp) =>
  (text: string): { passed: number; failed: number } => ({
    passed: sum(text, passed),
    failed: sum(text, failed),
  });

const NODE = process.execPath;
/** Environment in which `python3 -m ziglang` runs, caches inside the checkout. */
export const zigEnv = {
  PYTHONPATH: join(ROOT, '.tools/zig'),
  ZIG_GLOBAL_CACHE_DIR: join(ROOT, '.tools/zig-cache'),
  ZIG_LOCAL_CACHE_DIR: join(ROOT, '.tools/zig-cache'),
};

const cargoCounted = counted(
  /^test result: \w+\. (\d+) passed/gm,
  /^test result: \w+\. \d+ passed; (\d+) failed/gm,
);

const zigTest = (mode: string): Suite => ({
  name: `zig ${mode}`,
  program: 'python3',
  args: [
    '-m',
    'ziglang',
    'test',
    '-O',
    mode,
    '--dep',
    'abi_vectors',
    '-Mroot=zig-parser/src/tests.zig',
    '-Mabi_vectors=data/vectors/abi.txt',
  ],
  env: zigEnv,
  count: counted(/All (\d+) tests passed/g, /(\d+) failed/g),
});

export const SUITES: Suite[] = [
  {
    name: 'check',
    program: NODE,
    args: ['packages/tidy/src/check.ts'],
    count: counted(/^check: (\d+) passed/gm, /^check: \d+ passed, (\d+) failed/gm),
  },
  zigTest('ReleaseSafe'),
  zigTest('ReleaseFast'),
  {
    name: 'rust',
    program: 'cargo',
    args: ['test', '--locked', '--workspace', '--no-fail-fast'],
    cwd: 'native',
    env: { CARGO_TARGET_DIR: join(ROOT, 'native/target') },
    count: cargoCounted,
  },
  {
    name: 'safe parser',
    program: NODE,
    args: ['packages/tidy/src/safe-parser.ts'],
    count: cargoCounted,
  },
  {
    name: 'sanitized C++',
    program: NODE,
    args: ['packages/tidy/src/sanitized.ts'],
    count: cargoCounted,
  },
  {
    name: 'instructions',
    program: NODE,
    args: ['packages/tidy/src/instructions.ts'],
    count: counted(/^instructions: (\d+) passed/gm, /^instructions: \d+ passed, (\d+) failed/gm),
  },
  {
    name: 'typescript',
    program: NODE,
    args: ['node_modules/vitest/vitest.mjs', 'run', '--reporter=default'],
    count: counted(/^\s+Tests .*?(\d+) passed/gm, /^\s+Tests\s+(\d+) failed/gm),
  },
];
