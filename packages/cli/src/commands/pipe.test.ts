// What comes through a pipe is what a file holds: totals, digests, damage; and who reads or writes a
// pipe that breaks says so and does not end well.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { GenerationTotals, WalkSummary } from '@wavetank/native';
import { afterAll, beforeAll, expect, it } from 'vitest';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'wavetank-pipe-'));
const file = join(folder, 'market.itch50');
const WISH = ['--messages', '60k', '--instruments', '20', '--seed', '7'];
let bytes = Buffer.alloc(0);

beforeAll(() => {
  expect(wavetank(undefined, 'gen', file, ...WISH).status).toBe(0);
  bytes = readFileSync(file);
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Ended {
  status: number | null;
  out: string;
  err: string;
}

function wavetank(input: Buffer | undefined, ...args: string[]): Ended {
  const given = input === undefined ? {} : { input };
  const run = spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8', ...given });
  return { status: run.status, out: run.stdout, err: run.stderr };
}

/** `line` in a shell, `$W` being the command. */
function shell(line: string): Ended {
  const env = { ...process.env, W: `${process.execPath} ${MAIN}` };
  const run = spawnSync('bash', ['-c', `set -o pipefail; ${line}`], { encoding: 'utf8', env });
  return { status: run.status, out: run.stdout, err: run.stderr };
}

/** A summary without what belongs to the machine or the way in. */
function facts(json: string): Partial<WalkSummary> {
  const { file: _, wall_s, peak_rss_bytes, ...rest } = JSON.parse(json);
  expect(wall_s).toBeGreaterThan(0);
  expect(peak_rss_bytes).toBeGreaterThan(1 << 20);
  return rest;
}

it('a generator and a replay joined by a pipe tell the totals of the file', () => {
  const run = shell(`$W gen - --json ${WISH.join(' ')} | $W replay - --json`);
  expect(run.status).toBe(0);
  const totals = JSON.parse(run.err) as GenerationTotals;
  expect(totals.input_digest).toBe(JSON.parse(run.out).input_digest);
  expect(facts(run.out)).toEqual(facts(wavetank(undefined, 'replay', file, '--json').out));
});

it('gzip is told from plain bytes on a pipe too', () => {
  const stored = gzipSync(bytes);
  const { book, messages } = facts(wavetank(stored, 'replay', '-', '--json').out);
  const plain = facts(wavetank(bytes, 'replay', '-', '--json').out);
  expect({ book, messages }).toEqual({ book: plain.book, messages: 60_000 });
});

it.each([['hash'], ['hash', '--impl', 'ts', '--every', '20000'], ['inspect', '--status']])(
  '%s %s reads a pipe as it reads a file',
  (command, ...words) => {
    const run = wavetank(bytes, command, '-', ...words);
    expect(run).toEqual(wavetank(undefined, command, file, ...words));
    expect(run.status).toBe(0);
  },
);

it.each([
  ['nothing', () => Buffer.alloc(0), ['replay', '-'], 2, 'standard input: empty'],
  ['other bytes', () => Buffer.from('no market'), ['replay', '-'], 2, 'not ITCH 5.0'],
  ['a pipe for four readers', () => bytes, ['hash', '-', '--impl', 'all'], 2, 'give a file'],
  ['a cut message', () => bytes.subarray(0, -5), ['replay', '-'], 1, 'the end of the bytes inside'],
] as const)('%s is named', (_what, input, words, status, why) => {
  const run = wavetank(input(), ...words);
  expect([run.status, run.err]).toEqual([status, expect.stringContaining(why)]);
});

it('a generator whose reader leaves says so and fails', () => {
  const run = shell(`$W gen - --messages 500k | head -c 1000 >/dev/null`);
  expect(run.status).toBe(1);
  expect(run.err).toContain('standard output: its reader went away after');
});
