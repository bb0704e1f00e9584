// In: a phase. Out: a raised cosine from a golden table of integers, the same on every machine.

const STEPS = 64;
const PPM = 1_000_000;

/** Value at the crest. */
export const WAVE_ONE = 65_536;

/** 32768·(1 − cos(π·i/64)), rounded: half a cycle, from trough to crest. */
const RISE: readonly number[] = [
  0, 39, 158, 355, 630, 982, 1411, 1915, 2494, 3146, 3869, 4662, 5522, 6448, 7438, 8489, 9598,
  10762, 11980, 13248, 14563, 15922, 17321, 18758, 20228, 21729, 23256, 24806, 26375, 27960, 29556,
  31160, 32768, 34376, 35980, 37576, 39161, 40730, 42280, 43807, 45308, 46778, 48215, 49614, 50973,
  52288, 53556, 54774, 55938, 57047, 58098, 59088, 60014, 60874, 61667, 62390, 63042, 63621, 64125,
  64554, 64906, 65181, 65378, 65497, 65536,
];

const entry = (index: number): number => RISE[index] ?? WAVE_ONE;

/** 0 at phase 0, `WAVE_ONE` at 500 000, 0 again at 1 000 000. */
export function raisedCosine(phase_ppm: number): number {
  const half = phase_ppm <= PPM / 2 ? phase_ppm : PPM - phase_ppm;
  const place = half * 2 * STEPS;
  const index = Math.floor(place / PPM);
  const low = entry(index);
  return low + Math.floor(((entry(Math.min(index + 1, STEPS)) - low) * (place % PPM)) / PPM);
}
