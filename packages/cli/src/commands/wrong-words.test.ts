// Wrong words and damaged files: each is told in one line that says what and where, with the exit code
// of the help, and nothing is left behind. In: the command line. Knows no run; verify.test.ts does.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
const SAMPLE = fileURLToPath(
  new URL('../../../../data/samples/synthetic-4.itch50', import.meta.url),
);
const folder = mkdtempSync(join(tmpdir(), 'wavetank-words-'));
afterAll(() => rmSync(folder, { recursive: true }));

const cut = join(folder, 'cut.itch50');
writeFileSync(cut, readFileSync(SAMPLE).subarray(0, 100_001));
mkdirSync(join(folder, 'empty'));
const before = readdirSync(folder);
const none = join(folder, 'none');

function wavetank(words: string[]): Promise<{ status: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...words], (error, out, err) =>
      resolve({ status: error === null ? 0 : Number(error.code), out, err }),
    );
  });
}

const refused: [words: string[], why: string][] = [
  [['replay', join(folder, 'empty')], 'no run folder: it holds no log'],
  [['replay', SAMPLE, '--source', SAMPLE], 'this is no run'],
  [['book', SAMPLE, '--symbol', 'syn001'], 'it has SYN001, SYN002, SYN003, SYN004'],
  [['gate', '--file', SAMPLE, '--symbol', 'NOPE'], 'no symbol NOPE in 8000 messages'],
  [['gate', '--file', SAMPLE, '--symbol', 'SYN001', '--expect', '12'], '16 lower-case hex digits'],
  [['gen', join(none, 'a.itch50')], `${none}: no such folder`],
  [['gen', join(folder, 'empty'), '--force'], 'not a file'],
  [['gen', join(folder, 'a.gz')], 'what is written is plain'],
  [['verify', SAMPLE], 'no such folder'],
  [['verify', join(folder, 'empty')], 'neither run.yaml nor log'],
];

describe.concurrent('words', () => {
  it.each(refused)('%s', async (words, why) => {
    const { status, err } = await wavetank(words);
    expect([status, err]).toEqual([2, expect.stringContaining(why)]);
    expect(err).not.toMatch(/^ +at /m);
    expect(readdirSync(folder)).toEqual(before);
  });

  it.each([
    ['hash', cut, '--impl', 'ts'],
    ['book', cut, '--symbol', 'SYN001'],
  ])('%s of a file that is cut: what is there, and 1', async (...words) => {
    const { status, out, err } = await wavetank(words);
    expect([status, out === '']).toEqual([1, false]);
    expect(err).toContain('1 unreadable, 6 bytes skipped; the first at byte 99995');
  });

  it('an unknown symbol of a place', async () => {
    const place = ['--from', '09:30:02', '--symbol', 'NOPE', '--index', join(none, 'index')];
    const { status, err } = await wavetank(['replay', SAMPLE, ...place]);
    expect([status, err]).toEqual([2, 'wavetank: no index: the source has no symbol "NOPE"\n']);
  });
});
