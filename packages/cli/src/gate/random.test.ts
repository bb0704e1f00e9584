// A million random messages through six native witnesses, a share of them through all eight.
import { expect, it } from 'vitest';
import { randomStreams } from './random.ts';

it('books and parsers agree on a million random messages', async () => {
  let judged = 0;
  for await (const { stream, verdict, messages } of randomStreams(101, 1_000_000)) {
    expect(verdict, stream.name).toHaveProperty('agreement');
    judged = messages;
  }
  console.log(`${judged} random messages agree`);
  expect(judged).toBeGreaterThanOrEqual(1_000_000);
}, 240_000);
