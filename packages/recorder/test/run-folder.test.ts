// A recorded run from start to end: the three files, line by line.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Regime, RiskGuard, RiskState, StormCause, StormPhase } from '@wavetank/abi';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  checkRun,
  createRunFolder,
  DEFAULT_THRESHOLDS,
  isRunId,
  listRuns,
  readRunFile,
  runIdAt,
} from '../src/index.ts';
import { botAt, ending, lines, runsDir, startRun, WALL_MS } from './folder.ts';
import { chaosFrame, riskFrame, stormFrame, tickFrame } from './frames.ts';

const wall = { at: '2026-05-04T09:30:00.123Z' };

describe('run folder', () => {
  it('holds a run with a storm, a flag, a regime change and a trip', async () => {
    const run = await startRun();
    run.tick(tickFrame({ seq: 990, ts_run_ns: 34_200_000_000_000, regime: Regime.Calm }));
    run.storm(stormFrame({ seq: 1001, ts_run_ns: 34_201_000_000_000 }), 'why');
    run.storms.equity(1, 'start', 1000);
    run.tick(tickFrame({ seq: 1500, ts_run_ns: 34_202_000_000_000, storms_active: 1, regime: 4 }));
    run.tick(tickFrame({ seq: 1501, ts_run_ns: 34_202_000_000_000, symbol: 'MSFT' }));
    run.chaos(chaosFrame({ seq: 1600, ts_run_ns: 34_203_000_000_000, flag_no: 1 }));
    run.risk(riskFrame({ seq: 1700, ts_run_ns: 34_204_000_000_000 }));
    const trip = { seq: 1701, state: RiskState.Tripped, guard: RiskGuard.DailyLoss };
    run.risk(riskFrame({ ...trip, ts_run_ns: 34_205_000_000_000 }));
    run.risk(riskFrame({ ...trip, ts_run_ns: 34_206_000_000_000 }));
    const end = { seq: 4000, end_seq: 3999, ts_run_ns: 34_211_000_000_000 };
    const expired = { ...end, phase: StormPhase.Returning, cause: StormCause.Expired };
    run.storm(stormFrame(expired), null);
    run.storm(stormFrame({ ...expired, phase: StormPhase.Closed }), null);
    run.storms.equity(1, 'stop', 979.5);
    run.outside('bot_unreachable', { bot: 'bot', reason: 'timeout' });
    run.stop(ending());
    const digests = await run.close();

    const events = await lines(run.dir, 'events.jsonl');
    expect(events.map((event) => [event.type, event.seq, event.ts_run_ns])).toEqual([
      ['run_start', 900, 34_200_000_000_000],
      ['storm_start', 1000, 34_201_000_000_000],
      ['regime_change', 1500, 34_202_000_000_000],
      ['chaos_flag', 1600, 34_203_000_000_000],
      ['breaker_trip', 1701, 34_205_000_000_000],
      ['storm_stop', 3999, 34_211_000_000_000],
      ['bot_unreachable', 4000, 34_211_000_000_000],
      ['run_stop', 5000, 34_260_000_000_000],
    ]);
    expect(events[1]).toEqual({
      type: 'storm_start',
      seq: 1000,
      ts_run_ns: 34_201_000_000_000,
      symbol: 'AAPL',
      storm_id: 1,
      kind: 'FlashCrash',
      severity: 0.8,
      duration_ms: 10_000,
      seed: '7',
      started_at_ms: 34_201_000,
      expires_at_ms: 34_211_000,
      note: 'why',
      wall,
    });
    const ticks = await lines(run.dir, 'ticks.jsonl');
    expect(
      ticks.map((tick) => [tick.seq, tick.regime, tick.storm_active, tick.storm_kind]),
    ).toEqual([
      [990, 'calm', false, null],
      [1500, 'crisis', true, 'FlashCrash'],
    ]);
    const file = parse(await readFile(join(run.dir, 'run.yaml'), 'utf8'));
    expect(file).toMatchObject({
      run_id: '2026-05-04T09-30-00-123Z',
      status: 'complete',
      stop_cause: 'stop',
      verdict: 'TARGET_UNKNOWN',
      verdict_reasons: ['no_target'],
      duration_s: 60,
      tick_samples: 2,
      target: { bot: null, start_equity: null, end_equity: null, delta: null },
      artefacts: { 'events.jsonl': digests?.['events.jsonl'] },
    });
    expect(file.storms_fired).toEqual([
      {
        id: 1,
        kind: 'FlashCrash',
        symbol: 'AAPL',
        started_at_ms: 34_201_000,
        severity: 0.8,
        duration_ms: 10_000,
        seed: '7',
        note: 'why',
        cause: 'expired',
        start_seq: 1000,
        end_seq: 3999,
        ended_at_ms: 34_211_000,
        target_pnl_delta: -20.5,
      },
    ]);
    expect(await checkRun(run.dir)).toEqual([]);
  });

  it('stops the storm that still runs when the run stops', async () => {
    const run = await startRun();
    run.storm(stormFrame({ seq: 1001, ts_run_ns: 34_201_000_000_000 }), null);
    run.stop(ending());
    await run.close();
    const events = await lines(run.dir, 'events.jsonl');
    expect(events.map((event) => event.type)).toEqual([
      'run_start',
      'storm_start',
      'storm_stop',
      'run_stop',
    ]);
    const file = await readRunFile(run.dir);
    expect(file?.storms_fired[0]).toMatchObject({ cause: 'run_stop', end_seq: 5000 });
    expect(file?.storms_fired[0]?.target_pnl_delta).toBeNull();
  });

  it('judges a target by its equity', async () => {
    const run = await startRun({ targets: [botAt(1000)] });
    run.run.target.end_equity = 970;
    run.stop(ending());
    await run.close();
    const file = await readRunFile(run.dir);
    expect(file).toMatchObject({ verdict: 'TARGET_DAMAGED', target: { delta: -30 } });
    expect(file?.target.thresholds).toEqual(DEFAULT_THRESHOLDS);
  });

  it('never shares a folder', async () => {
    const dir = await runsDir();
    const made = await Promise.all([1, 2, 3].map(() => createRunFolder(dir, WALL_MS)));
    expect(new Set(made.map((folder) => folder.run_id)).size).toBe(3);
    expect(made.every((folder) => isRunId(folder.run_id))).toBe(true);
    expect(runIdAt(WALL_MS)).toBe('2026-05-04T09-30-00-123Z');
  });

  it('lists runs newest first and survives what is no run', async () => {
    const run = await startRun();
    run.stop(ending());
    await run.close();
    const dir = join(run.dir, '..');
    await createRunFolder(dir, WALL_MS + 60_000);
    const damaged = await createRunFolder(dir, WALL_MS + 120_000);
    const text = 'run_id: x\nstatus: complete\nstorms_fired: [null]\n';
    await writeFile(join(damaged.dir, 'run.yaml'), text);
    const list = await listRuns(dir);
    expect(list.map((entry) => [entry.run_id, entry.status])).toEqual([
      ['2026-05-04T09-32-00-123Z', 'unreadable'],
      ['2026-05-04T09-31-00-123Z', 'unreadable'],
      ['2026-05-04T09-30-00-123Z', 'complete'],
    ]);
    expect(await listRuns(join(dir, 'absent'))).toEqual([]);
  });
});
