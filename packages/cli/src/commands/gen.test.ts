// What `gen` prints is what `replay` of the file prints; existing files and bad wishes are refused.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { GenerationTotals, WalkSummary } from '@wavetank/native';
import { afterAll, expect, it } from 'vitest';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'wavetank-gen-'));
const file = join(folder, 'market.itch50');
afterAll(() => rmSync(folder, { recursive: true }));

function wavetank(...args: string[]): { status: number | null; out: string; err: string } {
  const run = spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8' });
  return { status: run.status, out: run.stdout, err: run.stderr };
}

const WISH = ['--messages', '60k', '--instruments', '20', '--seed', '7'];

it.each(['binaryfile', 'raw'])('a replay shows the totals of the %s', (framing) => {
  const gen = wavetank('gen', file, ...WISH, '--framing', framing, '--json', '--force');
  expect(gen.err).toBe('');
  const totals = JSON.parse(gen.out) as GenerationTotals;
  const replay = JSON.parse(wavetank('replay', file, '--json').out) as WalkSummary;
  expect(totals.messages).toBe(60_000);
  const { events, live_orders, market_digest, ...rest } = totals;
  expect(replay).toMatchObject({
    messages: rest.messages,
    messages_by_type: rest.messages_by_type,
    length_bytes: rest.length_bytes,
    input_digest: rest.input_digest,
    last_ts_ns: rest.last_ts_ns,
    parse_errors: 0,
    book: { events, live_orders, market_digest },
  });
  expect(existsSync(`${file}.partial`)).toBe(false);
});

it('an existing file is kept', () => {
  const before = readFileSync(file);
  const run = wavetank('gen', file, ...WISH);
  expect([run.status, run.err]).toEqual([2, `wavetank: ${file}: exists; --force writes over it\n`]);
  expect(readFileSync(file)).toEqual(before);
});

it.each([
  [['--messages', '0'], 'expected a whole number from 1'],
  [['--messages', '10', '--instruments', '20'], 'expected at least 24'],
  [['--instruments', '70000'], 'expected 1 to 65535'],
])('%s is refused and nothing is left', (words, why) => {
  const path = join(folder, 'other');
  const run = wavetank('gen', path, ...words);
  expect(run.status).toBe(2);
  expect(run.err).toContain(why);
  expect([existsSync(path), existsSync(`${path}.partial`)]).toEqual([false, false]);
});
