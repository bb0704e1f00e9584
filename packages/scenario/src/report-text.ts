// A report as people and build servers read it: lines for a terminal, Markdown, JUnit XML. In: the
// report. Out: text.
import { number } from './assertion.ts';
import type { AssertionReport, ScenarioReport, TwinRow } from './report.ts';
import { venueText } from './venue-time.ts';

const MARK = { holds: 'ok', fails: 'FAIL', unknown: '?' } as const;
/** An abort condition is well as long as it does not hold. */
const ABORT_MARK = { holds: 'STOP', fails: 'ok', unknown: '?' } as const;

const mark = ({ list, outcome }: AssertionReport): string =>
  list === 'abort_if' ? ABORT_MARK[outcome] : MARK[outcome];

const shown = ({ shown: value, unit, why }: AssertionReport): string =>
  `${value} ${unit}${why === null ? '' : ` (${why})`}`;

const cell = (value: number | null): string => (value === null ? '-' : number(value));

/** Rows in which storms made a difference. */
const moved = (rows: readonly TwinRow[]): TwinRow[] =>
  rows.filter(({ market, twin }) => market !== twin);

function twinLines(rows: readonly TwinRow[]): string[] {
  if (rows.length === 0) return [];
  const line = (label: string, market: string, twin: string): string =>
    `${label.padEnd(26)}  ${market.padStart(14)}  ${twin.padStart(14)}`;
  const told = rows.map(({ symbol, measure, market, twin }) =>
    line(`${symbol} ${measure}`, cell(market), cell(twin)),
  );
  return ['', line('market beside twin', 'market', 'twin'), ...told];
}

export function reportLines(report: ScenarioReport): string[] {
  const { run, name, result, reasons } = report;
  const lines = report.assertions.map(
    (one) => `${mark(one).padEnd(5)} ${one.list.padEnd(12)}  ${one.text.padEnd(36)}  ${shown(one)}`,
  );
  lines.push(...twinLines(moved(report.twin)));
  lines.push(
    '',
    `run ${run.run_id} (${run.class}), ${run.end_seq} events, digest ${run.run_digest}`,
  );
  lines.push(`folder ${run.dir}`);
  if (run.verdict !== null) lines.push(`target ${run.verdict}`);
  lines.push(`${name}: ${result.replaceAll('_', ' ')}`, ...reasons.map((why) => `  ${why}`));
  if (report.exit !== 0) lines.push(`again: ${report.repeat}`);
  return lines;
}

const row = (cells: readonly (string | number)[]): string =>
  `| ${cells.map((one) => String(one).replaceAll('|', '\\|')).join(' | ')} |`;

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] {
  return [row(head), row(head.map(() => '---')), ...rows.map(row), ''];
}

export function reportMarkdown(report: ScenarioReport): string {
  const { run } = report;
  const at = (ms: number | null) => (ms === null ? '-' : venueText(ms));
  const lines = [
    `# ${report.name}: ${report.result.replaceAll('_', ' ')}`,
    '',
    ...report.reasons.map((why) => `- ${why}`),
    ...(report.reasons.length > 0 ? [''] : []),
    ...table(
      ['run', 'class', 'from', 'to', 'events', 'run digest', 'verdict'],
      [
        [
          run.run_id,
          run.class,
          at(run.started_at_ms),
          at(run.ended_at_ms),
          run.end_seq,
          run.run_digest,
          run.verdict ?? '-',
        ],
      ],
    ),
    '## Assertions',
    '',
    ...table(
      ['', 'list', 'assertion', 'value'],
      report.assertions.map((one) => [mark(one), one.list, `\`${one.text}\``, shown(one)]),
    ),
    '## Storms',
    '',
    ...table(
      ['storm', 'kind', 'symbol', 'severity', 'seed', 'start', 'end', 'back', 'events'],
      report.storms.map((one) => [
        one.id,
        one.kind,
        one.symbol,
        one.severity,
        one.seed,
        at(one.started_at_ms),
        at(one.ended_at_ms),
        at(one.closed_at_ms),
        one.events,
      ]),
    ),
    '## The market beside its twin',
    '',
    ...table(
      ['symbol', 'measure', 'unit', 'market', 'twin'],
      report.twin.map((one) => [
        one.symbol,
        one.measure,
        one.unit,
        cell(one.market),
        cell(one.twin),
      ]),
    ),
    `Again: \`${report.repeat}\``,
    '',
  ];
  return lines.join('\n');
}

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/** One suite; a case an assertion, and one for the run itself, which carries any other result. */
export function reportJunit(report: ScenarioReport): string {
  const judged = report.assertions.filter(({ list }) => list !== 'abort_if');
  const cases = judged.map((one) => assertionCase(report.name, one));
  cases.push(runCase(report));
  const failures = cases.filter((one) => one.includes('<failure')).length;
  const skipped = cases.filter((one) => one.includes('<skipped')).length;
  const name = `name="${escaped(report.name)}"`;
  const seconds = (report.run.ended_at_ms - report.run.started_at_ms) / 1000;
  const counts = `tests="${cases.length}" failures="${failures}" errors="0" skipped="${skipped}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite ${name} ${counts} time="${number(seconds)}">`,
    ...cases.map((one) => `    ${one}`),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function assertionCase(suite: string, one: AssertionReport): string {
  const name = `classname="${escaped(suite)}.${one.list}" name="${escaped(one.text)}"`;
  const message = `message="it is ${escaped(shown(one))}"`;
  if (one.outcome === 'holds') return `<testcase ${name}/>`;
  const element = one.outcome === 'fails' ? 'failure' : 'skipped';
  return `<testcase ${name}><${element} ${message}/></testcase>`;
}

function runCase({ name, result, reasons, repeat, exit }: ScenarioReport): string {
  const head = `classname="${escaped(name)}.run" name="result"`;
  if (exit === 0) return `<testcase ${head}/>`;
  const why = escaped([result, ...reasons].join('; '));
  return `<testcase ${head}><failure message="${why}">${escaped(repeat)}</failure></testcase>`;
}
