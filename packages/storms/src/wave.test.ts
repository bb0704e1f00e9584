import { expect, it } from 'vitest';
import { raisedCosine, WAVE_ONE } from './wave.ts';

it('is a raised cosine to one part in a thousand', () => {
  for (let phase = 0; phase <= 1_000_000; phase += 997) {
    const exact = (WAVE_ONE / 2) * (1 - Math.cos((2 * Math.PI * phase) / 1_000_000));
    expect(Math.abs(raisedCosine(phase) - exact)).toBeLessThan(WAVE_ONE / 1000);
  }
});

it.each([
  [0, 0],
  [250_000, WAVE_ONE / 2],
  [500_000, WAVE_ONE],
  [750_000, WAVE_ONE / 2],
  [1_000_000, 0],
])('at %i is %i', (phase, value) => expect(raisedCosine(phase)).toBe(value));
