// In: the least and greatest value in sight, and when. Out: axis limits that stand still.
// Limits widen at once to the next round number, and narrow only after the data has been
// small for a while, so an axis never breathes with every tick.

export type RangeRule =
  | { kind: 'fixed'; min: number; max: number }
  /** From zero up to a round number, at least `least`. */
  | { kind: 'from_zero'; least: number }
  /** Around the data, at least `least` wide. */
  | { kind: 'around'; least: number };

const NARROW_AFTER_MS = 2500;
const NARROW_BELOW = 0.5;
const DIVISIONS = 4;

/** 1, 2 or 5 times a power of ten, at least the value. */
export function roundUp(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const lead = value / power;
  if (lead <= 1.000001) return power;
  if (lead <= 2.000001) return 2 * power;
  return lead <= 5.000001 ? 5 * power : 10 * power;
}

export class SteadyRange {
  private limits: [number, number] | null = null;
  private narrowSince: number | null = null;

  clear(): void {
    this.limits = null;
    this.narrowSince = null;
  }

  /** `lo` > `hi` means that nothing is in sight. */
  update(rule: RangeRule, lo: number, hi: number, now: number): [number, number] {
    if (rule.kind === 'fixed') return [rule.min, rule.max];
    if (lo > hi) return this.limits ?? [0, rule.least];
    const wanted =
      rule.kind === 'from_zero' ? fromZero(rule.least, hi) : around(rule.least, lo, hi);
    const held = this.limits;
    if (held === null || lo < held[0] || hi > held[1]) return this.take(wanted);
    if (span(wanted) >= span(held) * NARROW_BELOW) {
      this.narrowSince = null;
      return held;
    }
    this.narrowSince ??= now;
    return now - this.narrowSince >= NARROW_AFTER_MS ? this.take(wanted) : held;
  }

  private take(limits: [number, number]): [number, number] {
    this.limits = limits;
    this.narrowSince = null;
    return limits;
  }
}

const span = (limits: [number, number]): number => limits[1] - limits[0];

function fromZero(least: number, hi: number): [number, number] {
  const top = Math.max(least, hi * 1.12);
  const step = roundUp(top / DIVISIONS);
  return [0, Math.ceil(top / step - 1e-9) * step];
}

function around(least: number, lo: number, hi: number): [number, number] {
  const middle = (lo + hi) / 2;
  const half = Math.max(least / 2, ((hi - lo) / 2) * 1.25);
  const step = roundUp((2 * half) / DIVISIONS);
  const below = Math.floor((middle - half) / step + 1e-9) * step;
  return [below, Math.ceil((middle + half) / step - 1e-9) * step];
}

/** Values an axis names: multiples of a round step, at most `most` of them. */
export function valueSplits(min: number, max: number, most: number): number[] {
  const step = roundUp((max - min) / Math.max(1, most));
  const splits: number[] = [];
  for (let k = Math.ceil(min / step - 1e-9); k * step <= max + step * 1e-6; k++) {
    splits.push(k === 0 ? 0 : k * step);
  }
  return splits;
}
