import { expect, it } from 'vitest';
import { HOLD_MS, Hold, needsHold } from './hold.ts';

it.each([
  [0.79, false],
  [0.8, true],
  [1, true],
])('severity %d needs a hold: %s', (severity, wanted) => {
  expect(needsHold(severity)).toBe(wanted);
});

it('acts once it was held, and once only', () => {
  const hold = new Hold();
  expect(hold.isDue(0)).toBe(false);
  expect([hold.press(100), hold.press(150)]).toEqual([true, false]);
  expect(hold.isDue(100 + HOLD_MS - 1)).toBe(false);
  expect(hold.isDue(100 + HOLD_MS)).toBe(true);
  expect(hold.isDue(100 + 2 * HOLD_MS)).toBe(false);
});

it('does nothing when let go early, and starts over', () => {
  const hold = new Hold();
  hold.press(0);
  hold.release();
  expect([hold.isPressed, hold.isDue(HOLD_MS)]).toEqual([false, false]);
  hold.press(HOLD_MS);
  expect(hold.isDue(HOLD_MS + 1)).toBe(false);
});
