import { expect, it } from 'vitest';
import { read, tick } from '../test/kinds.ts';
import { Gauge } from './gauge.ts';
import { judgeAll, known, type Measured } from './judge.ts';
import { planLines, planOf } from './plan.ts';
import { type Ending, type ReportInput, reportOf } from './report.ts';
import { reportJunit, reportLines, reportMarkdown } from './report-text.ts';

const SCENARIO = read(`
name: a
source: { synthetic: {}, from: "09:30:10" }
clock: { duration_ms: 60000 }
steady_state: [ "crossed_ms == 0" ]
phases:
  - { at_ms: 20000, storm: { kind: FlashCrash, severity: 0.8, duration_ms: 10000 }, ramp_ms: 500 }
expect: [ "mid_min < 100", "recovery_ms < 30000" ]
abort_if: [ "mid_end < 1" ]
`);

function input(given: Partial<ReportInput> = {}, recovery = 10): ReportInput {
  const gauge = new Gauge();
  gauge.tick(tick({ mid_x2: 100, twin_mid_x2: 120, spread: 2, twin_spread: 2 }));
  const measured: Measured = {
    symbol: 'SYN001',
    gauges: new Map([['SYN001', gauge]]),
    run: { recovery_ms: known(recovery) },
  };
  return {
    scenario: SCENARIO,
    file: 'a.yaml',
    repeat: 'npx wavetank run a.yaml --expect-digest 00',
    expected_run_digest: null,
    ending: { cause: 'complete', reason: null, doubts: [] },
    run: {
      run_id: 'r',
      dir: 'd',
      class: 'D0',
      source: 's',
      started_at_ms: 34_210_000,
      ended_at_ms: 34_270_000,
      end_seq: 9,
      run_digest: 'aa',
      market_digest: 'bb',
      verdict: null,
    },
    storms: [],
    steady_state: judgeAll(SCENARIO.steady_state, measured),
    expect: judgeAll(SCENARIO.expect, measured),
    abort_if: judgeAll(SCENARIO.abort_if, measured),
    measured,
    ...given,
  };
}

const ended = (ending: Partial<Ending>): Partial<ReportInput> => ({
  ending: { cause: 'complete', reason: null, doubts: [], ...ending },
});

it.each([
  ['pass', 0, {}, 10],
  ['fail', 1, {}, 40_000],
  ['steady_state_not_met', 3, ended({ cause: 'steady_state' }), 40_000],
  ['aborted', 4, { ...ended({ cause: 'abort_if', reason: 'x' }), expected_run_digest: 'cc' }, 10],
  ['aborted', 4, ended({ cause: 'aborted', reason: 'disk' }), 10],
  ['inconclusive', 5, ended({ doubts: ['bench_lagged'] }), 40_000],
  ['digest_mismatch', 6, { expected_run_digest: 'cc' }, 40_000],
  ['pass', 0, { expected_run_digest: 'aa' }, 10],
] as const)('%s exits %i', (result, exit, given, recovery) => {
  const report = reportOf(input(given, recovery));
  expect([report.result, report.exit]).toEqual([result, exit]);
});

it('cannot pass what it does not know', () => {
  const { measured } = input();
  const open = judgeAll(SCENARIO.expect, { ...measured, run: {} });
  const report = reportOf(input({ expect: open }));
  expect(report).toMatchObject({
    result: 'inconclusive',
    reasons: ['recovery_ms < 30000 cannot be judged: it is unknown: not told'],
  });
});

it('sets the market beside its twin', () => {
  const { twin, measures } = reportOf(input());
  expect(twin.find((row) => row.measure === 'mid_min')).toEqual({
    symbol: 'SYN001',
    measure: 'mid_min',
    unit: '1/10000 dollar',
    market: 50,
    twin: 60,
  });
  expect(measures.run).toEqual({ recovery_ms: 10 });
  expect(measures.SYN001?.mid_min).toBe(50);
});

it('tells people, build servers and terminals the same', () => {
  const report = reportOf(input({}, 40_000));
  const lines = reportLines(report).join('\n');
  expect(lines).toContain('FAIL  expect        recovery_ms < 30000');
  expect(lines).toMatch(/again: npx wavetank run a.yaml --expect-digest 00$/);
  expect(lines).toMatch(/SYN001 mid_min +50 +60/);
  const markdown = reportMarkdown(report);
  expect(markdown).toContain('| FAIL | expect | `recovery_ms < 30000` | 40000 ms |');
  const junit = reportJunit(report);
  expect(junit).toContain('tests="4" failures="2" errors="0" skipped="0"');
  expect(junit).toContain('name="recovery_ms &lt; 30000"><failure message="it is 40000 ms"/>');
  expect(junit).not.toMatch(/="[^"]*<[^"]*"/);
});

it('plans without running', () => {
  const what = planOf(SCENARIO).map((moment) => [moment.at_ms, moment.at, moment.what]);
  expect(what).toEqual([
    [0, '09:30:10.000', 'run_start'],
    [19_999, '09:30:29.999', 'steady_state'],
    [20_000, '09:30:30.000', 'storm_start'],
    [30_000, '09:30:40.000', 'storm_stop'],
    [60_000, '09:31:10.000', 'run_stop'],
  ]);
  expect(planLines(SCENARIO)[3]).toContain(
    'FlashCrash 0.8 on SYN001 for 10000 ms, seed derived, ramp_ms 500',
  );
});

it('plans to the end of a file', () => {
  const scenario = read('name: a\nsource: { itch: f, symbol: A }\n');
  expect(planOf(scenario).at(-1)).toMatchObject({ at_ms: null, at: null, what: 'run_stop' });
});
