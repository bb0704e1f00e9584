// In: what history holds and what a person zooms, drags or scrubs to. Out: the stretch of time that
// every chart shows. Following the newest instant is the rule; looking back is said aloud. Knows no DOM.
import { GRAINS_S, type GrainS, LONGEST_S, type WindowS } from './tracks.ts';

export interface Span {
  from_s: number;
  to_s: number;
}

/** Closer than this, ticks are single points. */
export const LEAST_S = 0.5;

/** `held` null: the charts follow the newest instant. */
export class Sight {
  held: Span | null = null;
  /** Instant under the crosshair that all charts share; null while nothing points at one. */
  pointed_s: number | null = null;
  /** It was pointed at by key: no pointer says where the crosshair stands. */
  isAimed = false;
  /** Counts changes, so that charts draw again while time stands still. */
  version = 0;
  /** Told of every change. */
  changed: () => void = () => undefined;

  get isBack(): boolean {
    return this.held !== null;
  }

  point(at_s: number | null): void {
    if (at_s === this.pointed_s) return;
    this.pointed_s = at_s;
    this.isAimed = false;
    this.changed();
  }

  /** Moves the crosshair by a share of what is in sight; it begins at the newest instant there. */
  aim(share: number, now: Span): void {
    const from_s = clamp(this.pointed_s ?? now.to_s, now.from_s, now.to_s);
    const by = (now.to_s - now.from_s) * share;
    this.pointed_s = clamp(from_s + by, now.from_s, now.to_s);
    this.isAimed = true;
    this.version += 1;
    this.changed();
  }

  /** Takes away the crosshair that a key placed. */
  unaim(): void {
    if (!this.isAimed) return;
    this.point(null);
    this.version += 1;
  }

  live(): void {
    if (this.held === null) return;
    this.take(null);
  }

  /** Shows a stretch, kept inside what there is; one that would be all of it and more is live. */
  show(span: Span, past: Span): void {
    const most = past.to_s - past.from_s;
    if (!(most > LEAST_S)) return;
    const length = Math.min(Math.max(span.to_s - span.from_s, LEAST_S), most);
    const middle = (span.from_s + span.to_s) / 2;
    const from_s = clamp(middle - length / 2, past.from_s, past.to_s - length);
    this.take({ from_s, to_s: from_s + length });
  }

  /** Zooms about an instant: a factor below 1 looks closer. */
  zoom(factor: number, at_s: number, now: Span, past: Span): void {
    const from_s = at_s - (at_s - now.from_s) * factor;
    const to_s = at_s + (now.to_s - at_s) * factor;
    const reach = Math.min(LONGEST_S, past.to_s - past.from_s);
    if (factor > 1 && to_s - from_s >= reach) this.show(past, past);
    else this.show({ from_s, to_s }, past);
  }

  /** Moves by a share of what is in sight; past the newest instant it follows again. */
  pan(share: number, now: Span, past: Span): void {
    const by = (now.to_s - now.from_s) * share;
    if (share > 0 && now.to_s + by >= past.to_s) this.live();
    else this.show({ from_s: now.from_s + by, to_s: now.to_s + by }, past);
  }

  private take(held: Span | null): void {
    this.held = held;
    this.version += 1;
    this.changed();
  }

  /** What the charts show now. */
  span(last_s: number, window_s: WindowS): Span {
    if (this.held !== null) return this.held;
    const to_s = Math.max(last_s, window_s);
    return { from_s: to_s - window_s, to_s };
  }
}

/** The finest window whose track still holds `from_s`. */
export function windowFor(from_s: number, last_s: number): GrainS {
  return GRAINS_S.find((grain) => from_s >= last_s - grain) ?? LONGEST_S;
}

export const clamp = (value: number, least: number, most: number): number =>
  Math.max(least, Math.min(most, value));
