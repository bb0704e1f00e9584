// In: a score and its goals. Out: the lines a person reads.
import type { Goal } from './goals.ts';
import type { CleanRow, KindRow, RegimeRow, Score } from './tally.ts';

const NOTHING = '-';
const share = (value: number | null): string => (value === null ? NOTHING : value.toFixed(3));
const whole = (value: number | null): string => (value === null ? NOTHING : value.toFixed(0));
const percent = (value: number | null): string =>
  value === null ? NOTHING : `${(value * 100).toFixed(1)} %`;

export function lines(score: Score, judged: Goal[]): string[] {
  const { markets, storms, virtual_hours, events } = score;
  const missed = judged.filter((goal) => !goal.met);
  return [
    `${markets} markets, ${storms} storms, ${virtual_hours.toFixed(1)} virtual hours, ${events} events`,
    '',
    ...columns(kindTable(score.kinds)),
    '',
    ...columns(severityTable(score.kinds)),
    '',
    ...columns(cleanTable(score.kinds)),
    '',
    ...regimeLines(score.regime),
    '',
    ...missed.map(
      (goal) => `missed: ${goal.name} is ${goal.measured ?? 'not measured'}, goal ${goal.goal}`,
    ),
    `${judged.length - missed.length} of ${judged.length} figures met`,
  ];
}

function kindTable(kinds: KindRow[]): string[][] {
  const head = ['detector', 'precision', 'recall >=.5', 'ms p50', 'ms p90', 'flags', 'false'];
  const row = (kind: KindRow): string[] => [
    kind.kind,
    share(kind.precision),
    share(kind.recall),
    whole(kind.time_to_detect_ms_p50),
    whole(kind.time_to_detect_ms_p90),
    String(kind.flags),
    String(kind.false_flags),
  ];
  return [head, ...kinds.map(row)];
}

/** Recall and median time to detect at each severity. */
function severityTable(kinds: KindRow[]): string[][] {
  const severities = kinds[0]?.by_severity.map((row) => row.severity) ?? [];
  const head = ['recall, ms p50', ...severities.map((severity) => `at ${severity}`)];
  const row = (kind: KindRow): string[] => [
    kind.kind,
    ...kind.by_severity.map((at) => `${share(at.recall)} ${whole(at.time_to_detect_ms_p50)}`),
  ];
  return [head, ...kinds.map(row)];
}

function cleanTable(kinds: KindRow[]): string[][] {
  const head = [
    'flags without storms',
    'synthetic /min',
    'of events',
    'recorded /min',
    'of events',
  ];
  const cells = (row: CleanRow | null): string[] =>
    row === null
      ? [NOTHING, NOTHING]
      : [row.flags_per_minute.toFixed(3), `${(row.share_of_events * 100).toFixed(4)} %`];
  const row = (kind: KindRow): string[] => [
    kind.kind,
    ...cells(kind.clean_synthetic),
    ...cells(kind.clean_recorded),
  ];
  return [head, ...kinds.map(row)];
}

function regimeLines(regime: RegimeRow): string[] {
  const { crash_severity, crashes, crisis_ms_p50, crisis_ms_max } = regime;
  const clean = `synthetic ${percent(regime.calm_synthetic_share)}, recorded ${percent(regime.calm_recorded_share)}`;
  const times = `p50 ${whole(crisis_ms_p50)} ms, slowest ${whole(crisis_ms_max)} ms`;
  return [
    `regime calm without storms: ${clean} (the least of the markets)`,
    `regime crisis in a crash of ${crash_severity}: ${times}, over ${crashes}`,
    `regime within one level of before, 10 s after the last share returned: ${percent(regime.back_share)}`,
  ];
}

/** Cells under each other, the first to the left, the others to the right. */
function columns(rows: string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((r) => r[at]?.length ?? 0)));
  const pad = (cell: string, at: number): string =>
    at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0);
  return rows.map((row) => row.map(pad).join('  '));
}
