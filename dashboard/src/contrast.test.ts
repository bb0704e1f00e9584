// Every colour of text in each theme of theme.css against every surface it stands on: WCAG AA, 4.5 to 1.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { THEMES, type Theme } from './model/theme.ts';

const css = readFileSync(new URL('./theme.css', import.meta.url), 'utf8');

/** The colours of one theme: those of its block, nothing inherited. */
function coloursOf(selector: string): Map<string, string> {
  const start = css.indexOf(`${selector} {`);
  if (start < 0) throw new Error(`theme.css has no block ${selector}`);
  const block = css.slice(start, css.indexOf('}', start));
  const found = block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g);
  return new Map([...found].map((m) => [m[1] as string, m[2] as string]));
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

const TEXTS = ['text', 'muted', 'mid', 'micro', 'twin', 'buy', 'sell', 'event', 'storm', 'flag'];
const STATES = ['good', 'warn', 'danger', 'focus'];
const pairs = [...TEXTS, ...STATES].flatMap((text) =>
  ['page', 'panel', 'plot', 'raised'].map((surface) => [text, surface] as const),
);
for (const regime of [0, 1, 2, 3, 4]) pairs.push(['text', `regime-${regime}`]);
pairs.push(['on-warn', 'warn'], ['page', 'text'], ['page', 'focus']);

const BLOCKS: Record<Theme, string> = {
  dark: ':root',
  light: ':root[data-theme="light"]',
  'high-contrast': ':root[data-theme="high-contrast"]',
};

describe.each(THEMES)('%s', (theme) => {
  const colours = coloursOf(BLOCKS[theme]);
  const colour = (name: string): string => {
    const found = colours.get(name);
    if (found === undefined) throw new Error(`${theme} has no --${name}`);
    return found;
  };

  it.each(pairs)('%s on %s', (text, surface) => {
    expect(contrast(colour(text), colour(surface))).toBeGreaterThanOrEqual(4.5);
  });

  it('white on the fill of danger', () => {
    expect(contrast('#ffffff', colour('danger-fill'))).toBeGreaterThanOrEqual(4.5);
  });

  it('names the same colours as the dark one', () => {
    expect([...colours.keys()].sort()).toEqual([...coloursOf(':root').keys()].sort());
  });
});
