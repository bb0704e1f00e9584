// A scenario after it was read: every key has a value, every assertion is typed. Types, and the one
// function that fills in what was left out.
import { type Assertion, parseAssertion } from './assertion.ts';
import type { ScenarioText, SyntheticText } from './schema.ts';
import { venueMs } from './venue-time.ts';

/** What a scenario needs to know of a kind of storm. */
export interface KindInfo {
  name: string;
  params: readonly { name: string; min: number; max: number; unit: string; default: number }[];
}

export type Source =
  | { kind: 'itch'; path: string; framing: 'auto' | 'binaryfile' | 'raw' }
  | ({ kind: 'synthetic'; seed: string } & Omit<SyntheticText, 'seed'>);

export interface Phase {
  at_ms: number;
  kind: string;
  severity: number;
  duration_ms: number;
  /** Undefined: derived by the engine from the scenario's seed and the order of starts. */
  seed: string | undefined;
  symbol: string;
  params: Readonly<Record<string, number>>;
}

export interface Scenario {
  name: string;
  description: string | undefined;
  seed: string;
  source: Source;
  /** Of storms and measures that name none. */
  symbol: string;
  /** All that the run records, the default first. */
  symbols: readonly string[];
  /** Virtual, since venue midnight; undefined = the source's start. */
  from_ms: number | undefined;
  /** The window's end: a length, an instant, or neither. */
  duration_ms: number | undefined;
  until_ms: number | undefined;
  speed: number | 'max';
  target: string | undefined;
  /** Files of own storms. */
  storms: readonly string[];
  /** In order of their start. */
  phases: readonly Phase[];
  steady_state: readonly Assertion[];
  expect: readonly Assertion[];
  abort_if: readonly Assertion[];
  expect_run_digest: string | undefined;
}

export const DEFAULT_SYMBOL = 'SYN001';

export function scenarioOf(text: ScenarioText, kinds: readonly KindInfo[]): Scenario {
  const symbol = text.source.symbol ?? DEFAULT_SYMBOL;
  const phases = (text.phases ?? [])
    .map((phase) => phaseOf(text, phase, kinds, symbol))
    .sort((a, b) => a.at_ms - b.at_ms);
  const parsed = (list: readonly string[] | undefined) => (list ?? []).map(parseAssertion);
  const { clock = {}, source, target } = text;
  const told = {
    steady_state: parsed(text.steady_state),
    expect: parsed(text.expect),
    abort_if: parsed(text.abort_if),
  };
  const asserted = Object.values(told).flat();
  const named = [...phases.map((one) => one.symbol), ...asserted.map((one) => one.symbol)];
  const symbols = [...new Set([symbol, ...named.filter((one) => one !== undefined)])];
  return {
    name: text.name,
    description: text.description,
    seed: text.seed ?? '1',
    source: sourceOf(text),
    symbol,
    symbols,
    from_ms: source.from === undefined ? undefined : venueMs(source.from),
    duration_ms: clock.duration_ms,
    until_ms: clock.until === undefined ? undefined : venueMs(clock.until),
    speed: clock.speed ?? (target === undefined ? 'max' : 1),
    target,
    storms: text.storms ?? [],
    phases,
    ...told,
    expect_run_digest: text.expect_run_digest,
  };
}

function sourceOf({ source, seed = '1' }: ScenarioText): Source {
  if (source.itch !== undefined) {
    return { kind: 'itch', path: source.itch, framing: source.framing ?? 'auto' };
  }
  return {
    kind: 'synthetic',
    instruments: 1,
    ...source.synthetic,
    seed: source.synthetic?.seed ?? seed,
  };
}

function phaseOf(
  text: ScenarioText,
  phase: NonNullable<ScenarioText['phases']>[number],
  kinds: readonly KindInfo[],
  symbol: string,
): Phase {
  const { storm, at_ms, ramp_ms } = phase;
  const half_life = text.recovery_half_life_ms;
  const takes = (name: string) =>
    kinds.find((kind) => kind.name === storm.kind)?.params.some((param) => param.name === name);
  const params: Record<string, number> = {};
  if (half_life !== undefined && takes('recovery_half_life_ms')) {
    params.recovery_half_life_ms = half_life;
  }
  if (ramp_ms !== undefined) params.ramp_ms = ramp_ms;
  Object.assign(params, storm.params);
  const { kind, severity, duration_ms, seed } = storm;
  return { at_ms, kind, severity, duration_ms, seed, symbol: storm.symbol ?? symbol, params };
}

/** Length of the window where it is known before the source is opened. */
export function lengthMs({ duration_ms, until_ms, from_ms }: Scenario): number | undefined {
  if (duration_ms !== undefined) return duration_ms;
  return until_ms === undefined || from_ms === undefined ? undefined : until_ms - from_ms;
}
