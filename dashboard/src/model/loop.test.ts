import { afterEach, expect, it, vi } from 'vitest';
import { Loop } from './loop.ts';

afterEach(() => vi.unstubAllGlobals());

/** A page whose frames come when asked for, with tasks that take as long as they say. */
function page(costs: Record<string, number>) {
  let now = 0;
  let frame: ((now: number) => void) | undefined;
  vi.stubGlobal('performance', { now: () => now });
  vi.stubGlobal('requestAnimationFrame', (callback: (now: number) => void) => {
    frame = callback;
    return 1;
  });
  const loop = new Loop();
  let ran = '';
  const leave = Object.entries(costs).map(([name, cost]) =>
    loop.add(60, () => {
      ran += name;
      now += cost;
    }),
  );
  /** Names of what ran in the next frame. */
  const next = (): string => {
    ran = '';
    now = Math.max(now, Math.ceil(now / 17) * 17);
    frame?.(now);
    now += 17;
    return ran;
  };
  return { next, leave };
}

it('runs together what fits a frame', () => {
  const { next } = page({ a: 0.5, b: 0.5, c: 0.5 });
  expect([next(), next()]).toEqual(['abc', 'abc']);
});

it('begins nothing that would take a frame over its budget, and starves nothing', () => {
  const { next } = page({ a: 1.5, b: 1.5, c: 1 });
  // What a task costs is not known before it ran once.
  expect([next(), next(), next(), next(), next()]).toEqual(['ab', 'c', 'a', 'b', 'c']);
});

it('runs a task that alone is dearer than the budget', () => {
  const { next } = page({ a: 9, b: 0.1 });
  expect([next(), next(), next()]).toEqual(['a', 'b', 'a']);
});

it('forgets a task that left', () => {
  const { next, leave } = page({ a: 0.1, b: 0.1 });
  next();
  leave[0]?.();
  expect(next()).toBe('b');
});
