import { expect, it } from 'vitest';
import type { Canvas } from './marks.ts';
import type { Palette } from './palette.ts';
import { nameStorms, namesOf, type StormSpan, shadeStorms } from './storm-marks.ts';

interface Text {
  text: string;
  x: number;
  y: number;
}

const LETTER = 6;

/** A canvas that notes what is written and filled on it. */
function noting() {
  const texts: Text[] = [];
  const filled: { from: number; until: number; style: string }[] = [];
  const nothing = (): void => undefined;
  const ctx = {
    fillStyle: '',
    measureText: (text: string) => ({ width: text.length * LETTER }),
    fillText: (text: string, x: number, y: number) => texts.push({ text, x, y }),
    fillRect(x: number, _y: number, width: number) {
      filled.push({ from: x, until: x + width, style: this.fillStyle });
    },
    beginPath: nothing,
    moveTo: nothing,
    lineTo: nothing,
    stroke: nothing,
    setLineDash: nothing,
  };
  const c = { ctx, left: 0, top: 0, width: 600, height: 100, ratio: 1 } as unknown as Canvas;
  return { c, texts, filled };
}

const palette = {
  rem: 12,
  font: '10px face',
  colour: (name: string) => name,
  thin: (name: string, alpha: number) => `${name} ${alpha}`,
} as Palette;

const storm = (id: number, from: number, until: number, calm = until): StormSpan => {
  return { from, calm, until, ...namesOf('PhantomLiquidity', 0.7, id) };
};

const FOUR = [storm(1, 400, 600), storm(2, 450, 600), storm(3, 480, 600), storm(4, 481, 600)];

it('names four storms at once, none over another', () => {
  for (const full of [true, false]) {
    const { c, texts } = noting();
    nameStorms(c, FOUR, { palette, full });
    expect(texts).toHaveLength(4);
    expect(new Set(texts.map(({ y }) => y)).size, String(full)).toBe(4);
    for (const { text, x } of texts) expect(x + text.length * LETTER).toBeLessThanOrEqual(600);
  }
});

it('gives a row back once its storm is over', () => {
  const { c, texts } = noting();
  nameStorms(c, [storm(1, 0, 200), storm(2, 300, 500)], { palette, full: true });
  expect(texts.map(({ y }) => y)).toEqual([3, 3]);
});

it('shades storms over one another once', () => {
  const { c, filled } = noting();
  shadeStorms(c, FOUR, palette);
  expect(filled).toEqual([{ from: 400, until: 600, style: 'storm 0.16' }]);
  const returning = noting();
  shadeStorms(returning.c, [storm(1, 100, 300, 200), storm(2, 150, 250)], palette);
  expect(returning.filled.map(({ from, until }) => [from, until])).toEqual([
    [100, 200],
    [200, 300],
    [200, 250],
  ]);
});
