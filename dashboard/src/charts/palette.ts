// In: the custom properties of theme.css. Out: the colours and the font that canvases draw with.
// theme.css is the one place where a meaning gets its colour.

const NAMES = [
  'plot',
  'grid',
  'text',
  'muted',
  'mid',
  'micro',
  'twin',
  'buy',
  'sell',
  'storm',
  'flag',
  'event',
  'gap',
  'good',
  'danger',
  'regime-0',
  'regime-1',
  'regime-2',
  'regime-3',
  'regime-4',
] as const;

export type Colour = (typeof NAMES)[number];

export interface Palette {
  colour: (name: Colour) => string;
  /** A colour, thinned. */
  thin: (name: Colour, alpha: number) => string;
  font: string;
  /** Pixels of one rem. */
  rem: number;
}

export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const values = new Map(
    NAMES.map((name) => [name, fullHex(style.getPropertyValue(`--${name}`).trim())]),
  );
  const colour = (name: Colour): string => values.get(name) ?? '';
  const rem = Number.parseFloat(style.fontSize);
  const thin = (name: Colour, alpha: number): string => colour(name) + hexByte(alpha);
  const font = `${Math.round(rem * 0.83)}px ${style.getPropertyValue('--face').trim()}`;
  return { colour, thin, font, rem };
}

/** A build writes #ffffff as #fff, to which no alpha could be appended. */
export const fullHex = (colour: string): string =>
  /^#[0-9a-f]{3}$/i.test(colour) ? colour.replace(/[0-9a-f]/gi, '$&$&') : colour;

const hexByte = (alpha: number): string =>
  Math.round(alpha * 255)
    .toString(16)
    .padStart(2, '0');
