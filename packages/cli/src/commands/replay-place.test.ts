// A file entered in the middle stands where one that was played from its start stands.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { replayBetween } from './replay-place.ts';

const SAMPLE = fileURLToPath(
  new URL('../../../../data/samples/synthetic-4.itch50', import.meta.url),
);
const index = mkdtempSync(join(tmpdir(), 'wavetank-replay-'));

interface Printed {
  from?: { at: { seq: number; ts_run_ns: number } };
  until: { at: { seq: number; run_digest: string; ended: boolean } };
}

async function printed(words: { from?: string; until?: string }): Promise<Printed> {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  const usual = { framing: 'auto', parser: 'zig', symbol: [], index, json: true } as const;
  await replayBetween(SAMPLE, { ...usual, symbol: [], progress: false, ...words });
  const [[text] = []] = log.mock.calls;
  log.mockRestore();
  return JSON.parse(String(text)) as Printed;
}

test('until a time, entered at a time or played from the start', async () => {
  const whole = await printed({ until: '09:30:05' });
  const entered = await printed({ from: '09:30:02.5', until: '09:30:05' });
  expect(entered.until.at).toEqual(whole.until.at);
  expect(entered.from?.at.ts_run_ns).toBe(34_202_500_000_000);
});

test('until a sequence, and to the end', async () => {
  const { at } = (await printed({ until: '4000' })).until;
  expect(at.seq).toBeGreaterThanOrEqual(4000);
  expect((await printed({ from: '1000', until: '4000' })).until.at).toEqual(at);
  const end = (await printed({ from: '8000' })).until.at;
  expect([end.seq, end.ended]).toEqual([8556, true]);
  expect((await printed({ until: '23:00:00' })).until.at).toEqual(end);
});

test('a place that is none', async () => {
  for (const from of ['25:00:00', 'noon', '-1', '']) {
    await expect(printed({ from })).rejects.toThrow(`--from ${from}: expected a venue time`);
  }
});
