// In: numbers of the wire. Out: text whose width holds still while its value moves.
// Prices follow the instrument's tick; a spread is never rounded to a lie.

const DOLLAR = 10_000;

/** Decimals of a price on this tick grid: 100 → 2, 1 → 4. */
export function tickDecimals(tick_size: number): number {
  for (let decimals = 0; decimals < 4; decimals++) {
    if (tick_size > 0 && tick_size % 10 ** (4 - decimals) === 0) return Math.max(decimals, 2);
  }
  return 4;
}

/** A price in 1/10000 dollar. */
export function priceText(price: number, tick_size: number): string {
  return price > 0 ? (price / DOLLAR).toFixed(tickDecimals(tick_size)) : '–';
}

/** A price that may lie between ticks, in dollars. */
export function dollarText(dollars: number, tick_size: number): string {
  if (!Number.isFinite(dollars)) return '–';
  return dollars.toFixed(Math.min(5, tickDecimals(tick_size) + 1));
}

/** Three significant digits, never an exponent: 0.000171 stays 0.000171. */
export function significant(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return '–';
  if (value === 0) return '0';
  // Rounded first: 0.9996 is 1.00, not 1.000.
  const magnitude = Math.floor(Math.log10(Math.abs(Number(value.toPrecision(digits)))));
  return value.toFixed(Math.min(12, Math.max(0, digits - 1 - magnitude)));
}

/** Spread over mid in basis points, from prices in one unit; NaN without both. */
export const bps = (spread: number, mid: number): number => (spread / mid) * 10_000;

export function bpsText(value: number): string {
  return Number.isFinite(value) ? `${significant(value)} bps` : '–';
}

const GROUPED = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** 1234567 → `1,234,567`. */
export function countText(value: number): string {
  return Number.isFinite(value) ? GROUPED.format(value) : '–';
}

/** Thousands stand in full up to ten of them. */
const SCALES: [scale: number, unit: string, least: number][] = [
  [1e12, 'T', 1e12],
  [1e9, 'G', 1e9],
  [1e6, 'M', 1e6],
  [1e3, 'k', 1e4],
];

/** 1234567 → `1.23M`, for places too narrow for all digits. */
export function shortCount(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const [scale, unit] = SCALES.find(([, , least]) => Math.abs(value) >= least) ?? [1, ''];
  if (scale === 1) return GROUPED.format(value);
  const digits = Math.abs(value) / scale;
  return `${(value / scale).toFixed(digits >= 100 ? 0 : digits >= 10 ? 1 : 2)}${unit}`;
}

/** A value on an axis: 20000 → `20k`, 2500 → `2,500`. */
export const axisCount = (value: number): string =>
  shortCount(value).replace(/\.0+(?=[a-zA-Z])/, '');

/** 8 ns, 1.25 µs, 3.40 ms, 1.20 s. */
export function nsText(ns: number): string {
  if (!Number.isFinite(ns)) return '–';
  // 999.6 µs would be written as 1000: the next unit takes over where rounding does.
  if (ns < 999.5) return `${Math.round(ns)} ns`;
  if (ns < 999.5e3) return `${significant(ns / 1e3)} µs`;
  if (ns < 999.5e6) return `${significant(ns / 1e6)} ms`;
  return `${significant(ns / 1e9)} s`;
}

const CENTS = new Intl.NumberFormat('en-US', {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});
const CENTS_BELOW = 100_000;

/** Signed money with its currency; cents only where they still matter. */
export function moneyText(value: number, currency: string): string {
  if (!Number.isFinite(value)) return '–';
  const sign = value < 0 ? '−' : value > 0 ? '+' : '';
  const size = Math.abs(value);
  const digits = (size < CENTS_BELOW ? CENTS : GROUPED).format(size);
  return `${sign}${digits}${currency === '' ? '' : ` ${currency}`}`;
}

/** A whole number with its sign: 17, −53, 0. */
export function signedCount(value: number): string {
  const whole = Math.round(value);
  return whole < 0 ? `−${GROUPED.format(-whole)}` : GROUPED.format(Math.abs(whole));
}
