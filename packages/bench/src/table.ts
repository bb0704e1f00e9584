// In: a machine and a report. Out: the text that `pnpm bench` prints, in Markdown.
import type { Machine } from './machine.ts';
import type { Gauge, Report, Result } from './report.ts';

const HEAD = ['id', 'workload', 'value', 'unit', 'against', 'ratio', 'min–max', 'goal', 'met'];

const shown = (value: number | null): string =>
  value === null ? '' : value >= 100 ? value.toFixed(0) : value.toFixed(2);

const range = (of: { min: number | null; max: number | null }): string =>
  of.min === null ? '' : `${shown(of.min)}–${shown(of.max)}`;

function gaugeRow(gauge: Gauge): string[] {
  return [gauge.id, gauge.workload, shown(gauge.value), gauge.unit, '', '', range(gauge), '', ''];
}

function resultRow(result: Result): string[] {
  const met = result.met === null ? '' : result.met ? 'yes' : 'no';
  const { id, workload, unit, against, goal } = result;
  const ratio = [against ?? '', shown(result.ratio), range(result)];
  return [id, workload, shown(result.value), unit, ...ratio, goal ?? '', met];
}

function aligned(rows: string[][]): string {
  const widths = HEAD.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  const line = (row: string[]): string =>
    `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  const rule = line(widths.map((width) => '-'.repeat(width)));
  return `${[line(head), rule, ...body.map(line)].join('\n')}\n`;
}

export function table(machine: Machine, report: Report): string {
  const { cpu, cores, memory_gib, platform, load } = machine;
  const { clock } = report;
  const lines = [`${cpu}, ${cores} cores, ${memory_gib} GiB, ${platform}; load ${load}`];
  if (clock !== undefined)
    lines.push(
      `clock: ${clock.clock}, step ${clock.step_ns} ns, cost ${clock.cost_ns} ns a reading`,
    );
  for (const { name, facts } of report.inputs)
    lines.push(
      `input ${name}: ${Object.entries(facts)
        .map((fact) => fact.join(' '))
        .join(', ')}`,
    );
  const rows = [HEAD, ...report.gauges.map(gaugeRow), ...report.results.map(resultRow)];
  return `${lines.join('\n')}\n\n${aligned(rows)}`;
}
