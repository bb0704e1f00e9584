// Kinds of storms and frames for tests.
import { decodeTickFrame, TICK_FRAME_SIZE, type TickFrame } from '@wavetank/abi';
import { parseScenario } from '../src/parse.ts';
import type { KindInfo, Scenario } from '../src/scenario.ts';

const param = (name: string, min: number, max: number, preset: number) => ({
  name,
  min,
  max,
  unit: 'ms',
  default: preset,
});

export const KINDS: readonly KindInfo[] = [
  { name: 'PhantomLiquidity', params: [param('ramp_ms', 0, 120_000, 0)] },
  {
    name: 'FlashCrash',
    params: [param('recovery_half_life_ms', 50, 60_000, 800), param('ramp_ms', 0, 120_000, 0)],
  },
];

export const read = (text: string): Scenario => parseScenario(text, 'x.yaml', () => KINDS);

const NOTHING = decodeTickFrame(new DataView(new ArrayBuffer(TICK_FRAME_SIZE)));

export const tick = (values: Partial<TickFrame>): TickFrame => ({
  ...NOTHING,
  vpin_ppm: 0xffff_ffff,
  imbalance_ppm: -0x8000_0000,
  ...values,
});
