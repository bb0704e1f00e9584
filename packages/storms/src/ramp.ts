// A storm whose severity rises. In: a kind. Out: the same kind with the parameter `ramp_ms`: over its
// first milliseconds the severity grows in a line from 0 to the one asked for. Without it nothing
// changes, to the byte. A kind takes part by reading `severity_ppm` from its state at each step.
import { mulDiv } from './integer.ts';
import type { AnyStorm, ParamRange } from './registry.ts';

const NS_PER_MS = 1_000_000;

export const RAMP: ParamRange = {
  name: 'ramp_ms',
  unit: 'ms',
  min: 0,
  max: 120_000,
  default: 0,
  doc: 'severity grows in a line from 0 over this time',
};

interface RampState {
  ramp_to_ppm: number;
  ramp_ms: number;
  /** T of the first view, 0 before it. */
  start_ns: number;
  inner: { severity_ppm: number };
}

/** Severity this long after the start. */
export function rampedPpm(full_ppm: number, elapsed_ms: number, ramp_ms: number): number {
  return elapsed_ms >= ramp_ms ? full_ppm : mulDiv(full_ppm, elapsed_ms, ramp_ms);
}

const isRamp = (state: unknown): state is RampState =>
  typeof state === 'object' && state !== null && 'ramp_to_ppm' in state;

/** The state of the kind itself. */
export const unramped = (state: unknown): unknown => (isRamp(state) ? state.inner : state);

export function ramped(storm: AnyStorm): AnyStorm {
  return {
    ...storm,
    init(params, seed) {
      const inner = storm.init(params, seed) as RampState['inner'];
      const ramp_ms = params.params.ramp_ms ?? 0;
      if (ramp_ms === 0) return inner;
      return { ramp_to_ppm: params.severity_ppm, ramp_ms, start_ns: 0, inner };
    },
    step(state, view) {
      if (!isRamp(state)) return storm.step(state, view);
      const start_ns = state.start_ns === 0 ? view.tsNs : state.start_ns;
      const elapsed_ms = Math.floor((view.tsNs - start_ns) / NS_PER_MS);
      const severity_ppm = rampedPpm(state.ramp_to_ppm, elapsed_ms, state.ramp_ms);
      const { state: inner, intents } = storm.step({ ...state.inner, severity_ppm }, view);
      return { state: { ...state, start_ns, inner }, intents };
    },
    realised: (state, view, touch) => storm.realised?.(unramped(state), view, touch),
  };
}

/**
 * Stalls of the delivery under a ramp: those that the severity of their moment would have, too. A
 * schedule of a lower severity is part of that of a higher one.
 */
export function rampedStalls(
  storm: AnyStorm,
  params: { severity_ppm: number; ramp_ms: number },
  seed: bigint,
  [start_ns, end_ns]: [number, number],
): [number, number][] {
  const { severity_ppm, ramp_ms } = params;
  const at = (ppm: number) => storm.stalls?.(ppm, seed, start_ns, end_ns) ?? [];
  return at(severity_ppm).filter(([from]) => {
    const elapsed_ms = Math.floor((from - start_ns) / NS_PER_MS);
    if (elapsed_ms >= ramp_ms) return true;
    return at(rampedPpm(severity_ppm, elapsed_ms, ramp_ms)).some(([other]) => other === from);
  });
}
