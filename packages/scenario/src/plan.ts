// What a scenario will do, at which virtual time. In: a scenario. Out: moments in order. Runs nothing.
import type { Assertion } from './assertion.ts';
import { lengthMs, type Phase, type Scenario } from './scenario.ts';
import { venueText } from './venue-time.ts';

export interface Moment {
  /** From the beginning of the run; null = at the end of the source. */
  at_ms: number | null;
  /** Venue time, where the beginning is known. */
  at: string | null;
  what: 'run_start' | 'steady_state' | 'storm_start' | 'storm_stop' | 'run_stop';
  detail: string;
}

export function planOf(scenario: Scenario): Moment[] {
  const end = lengthMs(scenario) ?? null;
  const moments: Moment[] = [];
  const add = (at_ms: number | null, what: Moment['what'], detail: string) => {
    const { from_ms } = scenario;
    const at = at_ms === null || from_ms === undefined ? null : venueText(from_ms + at_ms);
    moments.push({ at_ms, at, what, detail });
  };
  add(0, 'run_start', `records ${scenario.symbols.join(', ')}${abortText(scenario)}`);
  const first = scenario.phases[0]?.at_ms ?? end;
  if (scenario.steady_state.length > 0) {
    // The last quantum before the first storm.
    add(first === null ? null : first - 1, 'steady_state', texts(scenario.steady_state));
  }
  for (const phase of scenario.phases) {
    add(phase.at_ms, 'storm_start', startText(phase));
    const stop = phase.at_ms + phase.duration_ms;
    const { kind, symbol } = phase;
    if (end === null || stop <= end) add(stop, 'storm_stop', `${kind} on ${symbol}`);
  }
  const rest =
    end === null && scenario.until_ms !== undefined ? ` at ${venueText(scenario.until_ms)}` : '';
  const expected =
    scenario.expect.length > 0 ? `expects ${texts(scenario.expect)}` : 'expects nothing';
  add(end, 'run_stop', `${expected}${rest}`);
  const last = Number.POSITIVE_INFINITY;
  return moments.sort((a, b) => (a.at_ms ?? last) - (b.at_ms ?? last));
}

const texts = (list: readonly Assertion[]): string => list.map((one) => one.text).join('; ');

const abortText = ({ abort_if }: Scenario): string =>
  abort_if.length === 0 ? '' : `; each second, stops if ${texts(abort_if)}`;

function startText(phase: Phase): string {
  const { kind, severity, symbol, duration_ms, seed, params } = phase;
  const given = Object.entries(params).map(([name, value]) => `, ${name} ${value}`);
  const from = seed === undefined ? 'seed derived' : `seed ${seed}`;
  return `${kind} ${severity} on ${symbol} for ${duration_ms} ms, ${from}${given.join('')}`;
}

/** One line a moment. */
export function planLines(scenario: Scenario): string[] {
  const { source, speed, target } = scenario;
  const market = source.kind === 'itch' ? source.path : `synthetic, seed ${source.seed}`;
  const head = `${scenario.name}: ${market}; speed ${speed}${target === undefined ? '' : `; target ${target}`}`;
  const rows = planOf(scenario).map(({ at_ms, at, what, detail }) => {
    const when = at_ms === null ? 'end' : `${at_ms} ms`;
    return `${when.padStart(12)}  ${(at ?? '').padEnd(12)}  ${what.padEnd(12)}  ${detail}`;
  });
  return [head, ...rows.map((row) => row.trimEnd())];
}
