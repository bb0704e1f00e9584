// In: a checkout that is set up. Out: every suite run, one line each, and `N passed, N failed` last.
// A suite that runs no test counts as a failure; so does one whose command fails with none counted.
import { spawn } from 'node:child_process';
import { ROOT, SUITES, type Suite } from './suites.ts';

interface Tally {
  passed: number;
  failed: number;
}

function run(suite: Suite): Promise<{ status: number; text: string }> {
  return new Promise((resolve) => {
    const child = spawn(suite.program, suite.args, {
      cwd: `${ROOT}${suite.cwd ?? ''}`,
      env: { ...process.env, NO_COLOR: '1', CARGO_TERM_COLOR: 'never', ...suite.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let text = '';
    const take = (chunk: Buffer): void => {
      text += chunk.toString();
      process.stderr.write(chunk);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', (error) => resolve({ status: 127, text: `${text}${error.message}\n` }));
    child.on('close', (status) => resolve({ status: status ?? 1, text }));
  });
}

function judge(suite: Suite, status: number, text: string): Tally {
  const tally = suite.count(text);
  if (status !== 0 && tally.failed === 0) tally.failed = 1;
  if (tally.passed + tally.failed === 0) tally.failed = 1;
  return tally;
}

const only = process.argv.slice(2);
const total: Tally = { passed: 0, failed: 0 };
const lines: string[] = [];
for (const suite of SUITES) {
  if (only.length > 0 && !only.includes(suite.name)) continue;
  console.error(`\n== ${suite.name}`);
  const started = performance.now();
  const { status, text } = await run(suite);
  const tally = judge(suite, status, text);
  total.passed += tally.passed;
  total.failed += tally.failed;
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  lines.push(`${suite.name}: ${tally.passed} passed, ${tally.failed} failed in ${seconds} s`);
}
console.log(`\n${lines.join('\n')}\n`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
