import { expect, it } from 'vitest';
import { trace } from './paths.ts';

function drawn(points: [number, number][], stepped = false): string {
  const out: string[] = [];
  const pen = {
    moveTo: (x: number, y: number) => void out.push(`M${x},${y}`),
    lineTo: (x: number, y: number) => void out.push(`L${x},${y}`),
  };
  const same = { start: 0, min: 0, factor: 1 };
  const xs = Float64Array.from(points, (p) => p[0]);
  const ys = Float64Array.from(points, (p) => p[1]);
  trace({ xs, ys, from: 0, to: xs.length - 1, x: same, y: same, stepped }, pen);
  return out.join(' ');
}

it('joins points', () => {
  expect(
    drawn([
      [0, 1],
      [1, 2],
      [2, 3],
    ]),
  ).toBe('M0,1 L0,1 L1,2 L2,3');
});

it('breaks at a hole and starts anew', () => {
  expect(
    drawn([
      [0, 1],
      [1, Number.NaN],
      [2, 3],
    ]),
  ).toBe('M0,1 L0,1 M2,3 L2,3');
});

it('keeps the extremes of a crowded pixel and leaves at its last value', () => {
  expect(
    drawn([
      [0, 5],
      [0.1, 9],
      [0.2, 1],
      [0.3, 4],
      [1, 6],
    ]),
  ).toBe('M0,5 L0,5 L0,1 L0,9 L0,4 L1,6');
});

it('holds a quote until the next one', () => {
  expect(
    drawn(
      [
        [0, 1],
        [5, 2],
      ],
      true,
    ),
  ).toBe('M0,1 L0,1 L5,1 L5,2');
});
