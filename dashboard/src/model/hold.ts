// In: a severity. Out: whether firing needs a hold, and how long: strong storms are not fired by a slip.

export const HOLD_FROM = 0.8;
export const HOLD_MS = 800;

export const needsHold = (severity: number): boolean => severity >= HOLD_FROM;

/** One press of a control that acts only when held; times are given, so a test needs no clock. */
export class Hold {
  private since: number | null = null;

  get isPressed(): boolean {
    return this.since !== null;
  }

  /** False when it is pressed already: a key that repeats is one press. */
  press(now: number): boolean {
    if (this.since !== null) return false;
    this.since = now;
    return true;
  }

  /** True when it was held long enough; it acts once a press. */
  isDue(now: number): boolean {
    if (this.since === null || now - this.since < HOLD_MS) return false;
    this.since = null;
    return true;
  }

  release(): void {
    this.since = null;
  }
}
