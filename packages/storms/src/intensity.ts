// In: a storm, its state and what it sees. Out: what is asked of it at this moment and what the market
// shows of it, in millionths; 1 000 000 is what severity 1 does at its height.
import { unramped } from './ramp.ts';
import type { AnyStorm } from './registry.ts';
import type { StormView } from './view.ts';

export interface Intensity {
  /** Severity, its ramp included. */
  asked_ppm: number;
  /** Null while nothing can be measured. */
  realised_ppm: number | null;
}

const REALISED_MAX_PPM = 100_000_000;

export function intensityOf(
  storm: AnyStorm,
  state: unknown,
  view: StormView,
): Intensity | undefined {
  const { severity_ppm } = unramped(state) as { severity_ppm?: number };
  if (severity_ppm === undefined) return undefined;
  const realised = storm.realised?.(state, view);
  if (realised === undefined) return { asked_ppm: severity_ppm, realised_ppm: null };
  const bounded = Math.min(REALISED_MAX_PPM, Math.max(0, Math.floor(realised)));
  return { asked_ppm: severity_ppm, realised_ppm: bounded };
}
