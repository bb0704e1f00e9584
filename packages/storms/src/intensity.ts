// In: a storm, its state, what it saw and the touch it led to. Out: what is asked of it at this moment and what the market
// shows of it, in millionths; 1 000 000 is what severity 1 does at its height.
import { unramped } from './ramp.ts';
import type { AnyStorm } from './registry.ts';
import type { Touch } from './types.ts';
import type { StormView } from './view.ts';

export interface Intensity {
  /** Severity, its ramp included. */
  asked_ppm: number;
  /** Null while nothing can be measured. */
  realised_ppm: number | null;
}

const REALISED_MAX_PPM = 100_000_000;

/** Undefined for a kind whose state does not tell what is asked of it. */
export function intensityOf(
  storm: AnyStorm,
  state: unknown,
  view: StormView,
  touch: Touch,
): Intensity | undefined {
  const { severity_ppm } = unramped(state) as { severity_ppm?: number };
  if (severity_ppm === undefined) return undefined;
  const realised = storm.realised?.(state, view, touch);
  if (realised === undefined) return { asked_ppm: severity_ppm, realised_ppm: null };
  const bounded = Math.min(REALISED_MAX_PPM, Math.max(0, Math.floor(realised)));
  return { asked_ppm: severity_ppm, realised_ppm: bounded };
}
