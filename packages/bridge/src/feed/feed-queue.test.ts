// What feeds have to do waits for its turn: in order, a slice at a time, and the engine holds back meanwhile.
import { describe, expect, it } from 'vitest';
import { FeedQueue } from './feed-queue.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A queue whose every piece takes a millisecond, and what it did and told. */
function queue() {
  const done: string[] = [];
  const holds: boolean[] = [];
  let now = 0;
  const feeds = new FeedQueue(
    (held) => holds.push(held),
    () => now,
  );
  function* pieces(name: string, count: number): Generator<void> {
    for (let i = 0; i < count; i++) {
      done.push(name);
      now++;
      yield;
    }
  }
  const push = (name: string, count: number, bytes = 100): void =>
    feeds.push(pieces(name, count), bytes);
  return { feeds, push, done, holds };
}

describe('FeedQueue', () => {
  it('does what is alone at once', () => {
    const { push, done, feeds } = queue();
    push('a', 2);
    push('b', 2);
    expect([done.join(''), feeds.bytes]).toEqual(['aabb', 0]);
  });

  it('does no more than a slice in a turn, however much comes, and keeps the order', async () => {
    const { push, done, feeds } = queue();
    push('a', 20);
    push('b', 5);
    push('c', 1);
    const after: number[] = [done.length];
    for (let i = 0; i < 3; i++) {
      await turn();
      after.push(done.length);
    }
    expect(after).toEqual([8, 16, 24, 26]);
    expect([done.join(''), feeds.bytes]).toEqual([`${'a'.repeat(20)}bbbbbc`, 0]);
  });

  it('tells the engine to hold while a mebibyte waits, and once to go on', async () => {
    const { push, holds, feeds } = queue();
    for (let i = 0; i < 12; i++) push('a', 4, 128 * 1024);
    expect(holds).toEqual([true]);
    while (feeds.bytes > 0) await turn();
    expect(holds).toEqual([true, false]);
  });

  it('forgets what waits when another market begins', async () => {
    const { push, done, holds, feeds } = queue();
    push('a', 20, 2 * 1024 * 1024);
    feeds.clear();
    await turn();
    expect([done.length, feeds.bytes, holds]).toEqual([8, 0, [true, false]]);
  });
});
