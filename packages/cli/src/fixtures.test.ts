// The recorded hours, row for row: best quotes and ten levels, from all four books.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fixture } from './fixtures.ts';
import { IMPLEMENTATIONS, openWalker, type Walker } from './walker.ts';

/** Rows `message_index, (ask_px, ask_sz, bid_px, bid_sz) × n`. */
function rows(path: string): number[][] {
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  return lines.map((line) => line.split(',').map(Number)).filter((row) => !Number.isNaN(row[0]));
}

function shown(walker: Walker, locate: number, depth: number): number[] {
  const [bids, asks] = [walker.levels(locate, 0, depth), walker.levels(locate, 1, depth)];
  return Array.from({ length: depth }, (_, i) => [
    asks[i]?.price,
    asks[i]?.qty,
    bids[i]?.price,
    bids[i]?.qty,
  ]).flat() as number[];
}

/** Message numbers of rows that differ. */
function differences(feed: string, csv: string, implementation: Walker): number[] {
  const wrong: number[] = [];
  for (const [index = 0, ...expected] of rows(csv)) {
    implementation.toMessage(index);
    const locate = implementation.symbols().get('AAPL') ?? -1;
    const got = shown(implementation, locate, expected.length / 4);
    if (got.some((value, i) => value !== expected[i])) wrong.push(index);
  }
  expect(feed).not.toBe('');
  return wrong;
}

const HOURS = [
  { folder: 'aapl-2012-06-21', top10: 998, bbo: 23_414 },
  { folder: 'aapl-2012-06-21-replaces', top10: 918, bbo: 20_298 },
];

describe.each(HOURS)('$folder', ({ folder, ...counts }) => {
  const feed = fixture(`${folder}/feed.itch50`);
  describe.each(IMPLEMENTATIONS)('%s book', (implementation) => {
    it.skipIf(feed === undefined).each(['top10', 'bbo'] as const)('%s', (which) => {
      const csv = fixture(`${folder}/${which}.csv`) ?? '';
      expect(rows(csv).length).toBe(counts[which]);
      const source = { path: feed ?? '' };
      const walker = openWalker({ source, framing: 'auto', parser: 'zig', implementation });
      expect(differences(feed ?? '', csv, walker)).toEqual([]);
    });
  });
});
