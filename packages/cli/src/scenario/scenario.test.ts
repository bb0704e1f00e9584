import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { verifyRun } from '@wavetank/engine';
import { checkRun } from '@wavetank/recorder';
import type { ScenarioReport } from '@wavetank/scenario';
import { describe, expect, onTestFinished, test } from 'vitest';
import { CliError } from '../exit.ts';
import { fixture } from '../fixtures.ts';
import { executeScenario, type Onlooking, type ScenarioWords } from './execute.ts';

const CLI = fileURLToPath(new URL('../../bin/wavetank.mjs', import.meta.url));

function written(text: string): { file: string; out: string } {
  const folder = mkdtempSync(join(tmpdir(), 'wavetank-scenario-'));
  const file = join(folder, 'a.yaml');
  writeFileSync(file, text);
  return { file, out: join(folder, 'run') };
}

const run = (
  text: string,
  words: Partial<ScenarioWords> = {},
  onlooking: Onlooking = {},
): Promise<ScenarioReport> => {
  const { file, out } = written(text);
  return executeScenario(file, { out, logLevel: 'silent', ...words }, onlooking);
};

const HEAD = 'name: a\nseed: "7"\nsource: { synthetic: { instruments: 2 } }\n';
const CRASH =
  'phases:\n  - { at_ms: 2000, storm: { kind: FlashCrash, severity: 0.8, duration_ms: 5000 } }\n';
const STORMED = `${HEAD}clock: { duration_ms: 12000 }\n${CRASH}`;

describe('on the synthetic market', () => {
  const text = `${STORMED}  - { at_ms: 3001, storm: { kind: PhantomLiquidity, severity: 0.7, duration_ms: 5000, symbol: SYN002 }, ramp_ms: 2000 }
steady_state: [ "crossed_ms == 0", "injected_events == 0" ]
expect: [ "recovery_ms < 20000", "mid_bps_vs_twin_end == 0", "mid_bps_vs_twin_min < -20", "digest_equals_source_end == 1", "storms_started == 2", "injected_events@SYN002 > 100" ]
`;

  test('passes, and leaves a run that verifies', async () => {
    const report = await run(text);
    expect(report).toMatchObject({ result: 'pass', exit: 0, reasons: [], seed: '7' });
    const [crash, phantom] = report.storms;
    const at = (storm: typeof crash) => (storm?.started_at_ms ?? 0) - report.run.started_at_ms;
    expect([at(crash), at(phantom)]).toEqual([2000, 3001]);
    expect(report.run.ended_at_ms - report.run.started_at_ms).toBe(12_000);
    expect(await checkRun(report.run.dir)).toEqual([]);
    expect(await verifyRun(report.run.dir)).toMatchObject({ verified: true });
    expect(existsSync(join(report.run.dir, 'scenario.yaml'))).toBe(true);
    const kept = JSON.parse(readFileSync(join(report.run.dir, 'report.json'), 'utf8'));
    expect(kept.run).toEqual(report.run);
  });

  test('is the same every time, at any speed, watched or not', async () => {
    const first = await run(text);
    const expected = { expectDigest: first.run.run_digest };
    const facts = ({ assertions, storms, measures, exit }: ScenarioReport) => {
      const { lag_slipped_ms: _, ...rest } = measures.run ?? {};
      return { assertions, storms, exit, measures: { ...measures, run: rest } };
    };
    const paced = text.replace('duration_ms: 12000', 'duration_ms: 12000, speed: 20');
    const opened: Onlooking['opened'] = ({ bridge }) => {
      const socket = new WebSocket(`${bridge.url.replace('http', 'ws')}/stream?symbol=SYN002`);
      onTestFinished(() => socket.close());
    };
    expect(facts(await run(text, expected, { opened }))).toEqual(facts(first));
    expect(facts(await run(paced, expected))).toEqual(facts(first));
  });

  test('takes a seed for what it does not name', async () => {
    const [one, other] = [await run(text), await run(text.replace('"7"', '"8"'))];
    expect(one.run.run_digest).not.toBe(other.run.run_digest);
    expect(one.storms[0]?.seed).not.toBe(other.storms[0]?.seed);
  });
});

describe('ends with', () => {
  test.each([
    [1, 'fail', 'expect: [ "flags.FlashCrash > 99" ]'],
    [3, 'steady_state_not_met', 'steady_state: [ "spread_bps_p50 < 0" ]'],
    [4, 'aborted', 'abort_if: [ "mid_bps_vs_twin_min < -5" ]'],
    [5, 'inconclusive', 'expect: [ "vpin_max < 1" ]'],
    [6, 'digest_mismatch', 'expect_run_digest: "0000000000000000"'],
  ])('%i, %s', async (exit, result, more) => {
    const report = await run(`${STORMED}${more}\n`);
    expect(report).toMatchObject({ exit, result });
    expect(report.reasons.length).toBeGreaterThan(0);
    expect(report.repeat).toMatch(/^npx wavetank run \S+ --expect-digest [0-9a-f]{16}$/);
    if (exit === 4) expect(await verifyRun(report.run.dir)).toMatchObject({ verified: true });
    if (exit === 3) expect(report.storms).toEqual([]);
    const seconds = (report.run.ended_at_ms - report.run.started_at_ms) / 1000;
    if (exit === 4) expect(seconds).toBeLessThan(8);
    if (exit === 5 || exit === 6) return;
    const again = await run(`${STORMED}${more}\n`, { expectDigest: report.run.run_digest });
    expect(again).toMatchObject({ exit, run: { run_digest: report.run.run_digest } });
  });

  test('5 when time runs out before the market has recovered', async () => {
    const late = STORMED.replace('12000', '7100');
    expect(await run(`${late}expect: [ "recovery_ms < 5000" ]\n`)).toMatchObject({
      exit: 5,
      reasons: [expect.stringContaining('≥ 100')],
    });
    expect(await run(`${late}expect: [ "recovery_ms < 90" ]\n`)).toMatchObject({ exit: 1 });
  });

  test('5 when a storm cannot start', async () => {
    const early = STORMED.replace('at_ms: 2000', 'at_ms: 10');
    const report = await run(early);
    expect(report).toMatchObject({ exit: 5, reasons: [expect.stringContaining('phases.0')] });
  });

  test('5 when somebody meddles', async () => {
    const meddled = await run(
      STORMED,
      {},
      {
        opened: ({ engine, bridge }) => {
          const storm = { kind: 'PhantomLiquidity', severity: 1, duration_ms: 5000 };
          const at_ms = Math.ceil(engine.need().session.nowNs() / 1e6) + 3000;
          void engine.request('storm.start', { ...storm, at_ms });
          void engine.controls
            .atNs((at_ms + 2000) * 1e6, () => engine.loop.play(false))
            .then(() => bridge.app.inject({ method: 'POST', url: '/run/stop' }))
            .then(() => engine.loop.play(true));
        },
      },
    );
    expect(meddled).toMatchObject({
      exit: 5,
      reasons: [
        expect.stringMatching(/somebody stopped the run at/),
        'somebody else fired a storm',
      ],
    });
  });

  test('4 when it is interrupted, and when the engine fails', async () => {
    let ticks = 0;
    const stopped = await run(
      STORMED,
      {},
      {
        opened: (_, each) => void setImmediate(() => each.interrupt('interrupted')),
      },
    );
    expect(stopped).toMatchObject({ exit: 4, reasons: ['interrupted'] });
    const failed = await run(
      STORMED,
      {},
      {
        opened: ({ engine }) => {
          const session = engine.need().session;
          const advance = session.advance.bind(session);
          session.advance = (...given) => {
            if (ticks++ > 200) throw new Error('the disk went');
            return advance(...given);
          };
        },
      },
    );
    expect(failed).toMatchObject({ exit: 4, run: { verdict: null } });
  });

  test.each([
    ['a fault of the file', `${HEAD}clok: 3\n`, /a.yaml:4:1: clok: no such key/],
    ['a file that is not there', 'name: a\nsource: { itch: no, symbol: A }\n', /no such file/],
    ['a symbol that is not there', STORMED.replace(' }\nclock', ', symbol: NOPE }\nclock'), /NOPE/],
    [
      'a time before the source',
      STORMED.replace(' }\nclock', ', from: "01:00:00" }\nclock'),
      /begins at/,
    ],
    [
      'a target at another speed',
      `${HEAD}clock: { duration_ms: 1000, speed: 2 }\ntarget: http://127.0.0.1:1\n`,
      /speed/,
    ],
  ])('2 for %s', async (_, text, said) => {
    const error = await run(text).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CliError);
    expect(error).toMatchObject({ exit: 2, message: expect.stringMatching(said) });
  });

  test('2 for a folder that is not empty', async () => {
    const { file } = written(STORMED);
    const out = join(file, '..');
    await expect(executeScenario(file, { out, logLevel: 'silent' })).rejects.toThrow('not empty');
    expect(readdirSync(out)).toEqual(['a.yaml']);
  });
});

test('a steady state without storms is that of the whole file', async () => {
  const itch = fileURLToPath(
    new URL('../../../../data/samples/synthetic-4.itch50', import.meta.url),
  );
  const source = `name: a\nsource: { itch: ${JSON.stringify(itch)}, symbol: SYN001 }\n`;
  const judged = (list: string) => run(`${source}steady_state: [ "${list}" ]\n`);
  expect(await judged('events > 100')).toMatchObject({ exit: 0, reasons: [] });
  expect(await judged('events < 100')).toMatchObject({ exit: 3 });
});

test('a run without storms is the source', async () => {
  const report = await run(`${HEAD}clock: { duration_ms: 3000 }\nexpect: [ "events > 0" ]\n`);
  expect(report.exit).toBe(0);
  for (const { market, twin } of report.twin) expect(market).toBe(twin);
});

/** A target that answers the same for ever. */
async function bot(state: object): Promise<string> {
  const server = createServer((_, response) => response.end(JSON.stringify(state)));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('a live target takes part at the pace of the clock', async () => {
  const url = await bot({ bot: 'b', equity: 1000, currency: 'USD' });
  const text = `${HEAD}clock: { duration_ms: 1500 }\ntarget: ${url}\nexpect: [ "target.pnl_delta == 0", "target.offline_ms == 0" ]\nabort_if: [ "target.pnl_delta < -1" ]\n`;
  const report = await run(text, { port: 0 });
  expect(report.run).toMatchObject({ class: 'D1' });
  expect(report.assertions.map((one) => one.outcome)).toEqual(['holds', 'holds', 'fails']);
  // A machine that lags makes it inconclusive; the bot's own figures stay.
  expect([0, 5]).toContain(report.exit);
});

test('a target that is away is no steady state', async () => {
  const { file } = written(
    `${HEAD}clock: { duration_ms: 1200 }\ntarget: bot.yaml\nsteady_state: [ "target.offline_ms == 0" ]\n`,
  );
  writeFileSync(join(file, '../bot.yaml'), 'name: bot\nurl: http://127.0.0.1:1\npoll_ms: 100\n');
  const out = join(file, '../run');
  const report = await executeScenario(file, { out, port: 0, logLevel: 'silent' });
  expect(report).toMatchObject({ exit: 3, repeat: `npx wavetank run ${file}` });
});

test('on a recorded hour, with every form of the report', async () => {
  const feed = fixture('aapl-2012-06-21/feed.itch50');
  if (feed === undefined) return;
  const { file, out } = written('');
  const folder = join(file, '..');
  writeFileSync(
    file,
    `name: recorded
source: { itch: ${JSON.stringify(relative(folder, feed))}, symbol: AAPL, from: "09:35:00" }
clock: { until: "09:36:20" }
phases:
  - { at_ms: 20000, storm: { kind: FlashCrash, severity: 0.8, duration_ms: 10000, seed: "7" } }
expect: [ "recovery_ms < 30000", "flags.FlashCrash >= 1", "mid_bps_vs_twin_end == 0" ]
`,
  );
  const [junit, markdown] = [join(folder, 'j.xml'), join(folder, 'r.md')];
  const words = ['run', file, '--out', out, '--json', '--junit', junit, '--markdown', markdown];
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...words], {
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
  const report: ScenarioReport = JSON.parse(stdout);
  expect(report).toMatchObject({ result: 'pass', run: { started_at_ms: 34_500_000 } });
  expect(report.run.ended_at_ms).toBe(34_580_000);
  expect(await verifyRun(out)).toMatchObject({ verified: true });
  expect(readFileSync(junit, 'utf8')).toContain('tests="4" failures="0"');
  expect(readFileSync(markdown, 'utf8')).toContain('# recorded: pass');
});
