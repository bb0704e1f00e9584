// In: the JSON lines of the native program. Out: the same, sorted by kind, and bench.json's content.
import type { Machine } from './machine.ts';

export interface Clock {
  clock: 'wall' | 'processor';
  step_ns: number;
  cost_ns: number;
}

export interface Input {
  name: string;
  facts: Record<string, number | string>;
}

export interface Gauge {
  id: string;
  workload: string;
  value: number;
  min: number;
  max: number;
  unit: string;
  digest: string;
}

/** `ratio`, `min` and `max` are of value ÷ `against`, round by round; null for a bare figure. */
export interface Result {
  id: string;
  workload: string;
  value: number;
  unit: string;
  against: string | null;
  ratio: number | null;
  min: number | null;
  max: number | null;
  goal: string | null;
  met: boolean | null;
  digest: string | null;
}

export interface Report {
  clock?: Clock;
  inputs: Input[];
  gauges: Gauge[];
  results: Result[];
}

type Line =
  | ({ kind: 'clock' } & Clock)
  | ({ kind: 'input' } & Input)
  | ({ kind: 'gauge' } & Gauge)
  | ({ kind: 'result' } & Result);

export function readReport(lines: string[]): Report {
  const report: Report = { inputs: [], gauges: [], results: [] };
  for (const text of lines) {
    const { kind, ...line } = JSON.parse(text) as Line;
    if (kind === 'clock') report.clock = line as Clock;
    else if (kind === 'input') report.inputs.push(line as Input);
    else if (kind === 'gauge') report.gauges.push(line as Gauge);
    else report.results.push(line as Result);
  }
  return report;
}

export function document(machine: Machine, report: Report): object {
  return { machine, ...report };
}
