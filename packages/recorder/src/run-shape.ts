// A run's file at its two ends. In: what is known when it opens, and what was counted until it closed.
// Out: the object that run.yaml holds. Knows no disk and no clock.
import type { BenchWatch } from './bench-watch.ts';
import type { RunFile } from './run-file.ts';
import { judgeTargets, noTarget } from './run-target.ts';
import type { StormLedger } from './storm-ledger.ts';

/** What the engine told when the run started, and who asked for it. */
export type RunOpening = Pick<
  RunFile,
  | 'run_id'
  | 'who'
  | 'note'
  | 'class'
  | 'speed'
  | 'symbols'
  | 'seed'
  | 'start_seq'
  | 'started_ts_ns'
  | 'inputs'
  | 'environment'
  | 'targets'
>;

/** Judges, and brings together what was counted. */
export function finishRun(run: RunFile, storms: StormLedger, bench: BenchWatch): void {
  run.storms_fired = storms.list();
  const undelivered = storms.undelivered() ? ['storm_not_delivered'] : [];
  const judgement = judgeTargets(run.targets, [...bench.faults(), ...undelivered]);
  run.verdict = judgement.verdict;
  run.verdict_reasons = judgement.reasons;
  run.bench = bench.figures();
}

export function openRun(opening: RunOpening, wallMs: number): RunFile {
  return {
    run_id: opening.run_id,
    status: 'recording',
    verdict: null,
    verdict_reasons: [],
    stop_cause: null,
    started_at: new Date(wallMs).toISOString(),
    ended_at: null,
    duration_s: null,
    who: opening.who,
    note: opening.note,
    class: opening.class,
    speed: opening.speed,
    symbols: opening.symbols,
    seed: opening.seed,
    start_seq: opening.start_seq,
    end_seq: null,
    started_ts_ns: opening.started_ts_ns,
    ended_ts_ns: null,
    run_digest: null,
    market_digest: null,
    tick_samples: 0,
    storms_fired: [],
    target: opening.targets[0] ?? noTarget(),
    targets: opening.targets,
    inputs: opening.inputs,
    storm_code: {},
    latencies: [],
    bench: { ticks_behind: 0, link_stall_ms_max: 0 },
    environment: opening.environment,
    artefacts: {},
  };
}
