// The parameter that every kind which displaces takes: how fast what it displaced returns.
import { RECOVERY_HALF_LIFE_MS } from '@wavetank/abi';
import type { ParamRange } from './registry.ts';

export const RECOVERY: ParamRange = {
  name: 'recovery_half_life_ms',
  unit: 'ms',
  min: 50,
  max: 60_000,
  default: RECOVERY_HALF_LIFE_MS,
  doc: 'half-life of the returning quantity',
};
