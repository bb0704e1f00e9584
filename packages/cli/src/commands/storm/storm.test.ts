// What a user types to have an own storm: new, kinds, test; in a folder outside of the checkout.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { fileName } from '../../storm/template.ts';

const MAIN = fileURLToPath(new URL('../../main.ts', import.meta.url));
const TSC = fileURLToPath(
  new URL('../../../../../node_modules/typescript/bin/tsc', import.meta.url),
);
const dir = mkdtempSync(join(tmpdir(), 'wavetank-storm-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function wavetank(...words: string[]): { status: number | null; out: string; err: string } {
  const run = spawnSync(process.execPath, [MAIN, ...words], { cwd: dir, encoding: 'utf8' });
  return { status: run.status, out: run.stdout, err: run.stderr };
}

it('writes a storm that an editor understands and every proof accepts', () => {
  const made = wavetank('storm', 'new', 'UnderTow');
  expect(made.status).toBe(0);
  expect(made.out.split('\n').slice(0, 3)).toEqual([
    'under-tow.ts',
    'under-tow.test.ts',
    'tsconfig.json',
  ]);
  expect(spawnSync(process.execPath, [TSC, '-p', dir], { encoding: 'utf8' }).stdout).toBe('');
  const proven = wavetank('storm', 'test', 'under-tow.ts');
  expect(proven.out).not.toContain('FAIL');
  expect(proven.out).toContain('UnderTow: proven');
  expect(proven.out).toContain('pass 1');
  expect(proven.status).toBe(0);
  const listed = JSON.parse(wavetank('storm', 'kinds', '--storm', 'under-tow.ts', '--json').out);
  expect(listed.kinds.map((kind: { name: string }) => kind.name)).toContain('UnderTow');
});

it('overwrites nothing', () => {
  writeFileSync(join(dir, 'mine.test.ts'), 'mine');
  const refused = wavetank('storm', 'new', 'Mine');
  expect([refused.status, refused.err]).toEqual([
    2,
    expect.stringContaining('nothing was written'),
  ]);
  expect(readFileSync(join(dir, 'mine.test.ts'), 'utf8')).toBe('mine');
});

it.each([
  [['storm', 'new', 'lower'], 'expected a capital'],
  [['storm', 'new', 'FlashCrash'], 'a kind that ships'],
  [['storm', 'test', 'Tsunami'], 'no kind "Tsunami"'],
  [['storm', 'kinds', '--storm', 'away.ts'], 'STORM_FILE_MISSING'],
  [['desk', '--storm', 'away.ts'], 'STORM_FILE_MISSING'],
])('refuses %j', (words, why) => {
  const { status, err } = wavetank(...words);
  expect([status, err]).toEqual([2, expect.stringContaining(why)]);
});

it('names files like words', () => {
  expect(['UnderTow', 'Undertow', 'Q2Rally'].map(fileName)).toEqual([
    'under-tow',
    'undertow',
    'q2-rally',
  ]);
});
