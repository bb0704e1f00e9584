// A script that throws leaves no program behind.
import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const PROCESSES = fileURLToPath(new URL('processes.ts', import.meta.url));
const THROWS = `
  import { Program } from ${JSON.stringify(PROCESSES)};
  const { child } = new Program(['demo-target', '--bridge', 'http://127.0.0.1:1', '--port', '0']);
  process.stdout.write(String(child.pid));
  await new Promise((resume) => setTimeout(resume, 300));
  process.stdout.write(child.exitCode === null ? ' runs' : ' ended');
  throw new Error('a step of the walk');
`;

/** A container may keep an ended process that nobody waited for: that one does not run. */
function isRunning(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return /^[^Z\s]/.test(stdout);
}

it('ends its programs when it throws', async () => {
  const said = await new Promise<string>((resolve) => {
    const words = ['--input-type=module', '--eval', THROWS];
    execFile(process.execPath, words, (_error, stdout) => resolve(stdout));
  });
  expect(said).toMatch(/^\d+ runs$/);
  await expect.poll(() => isRunning(Number.parseInt(said, 10))).toBe(false);
});
