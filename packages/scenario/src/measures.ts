// Every measure that an assertion may name: unit, meaning, scope. A table; the numbers themselves come
// from gauge.ts and run-facts.ts.
import { Detector, Regime } from '@wavetank/abi';

/** What a measure is of: one instrument, the whole run, or the target. */
export type Scope = 'symbol' | 'run' | 'target';

export interface MeasureInfo {
  name: string;
  unit: string;
  scope: Scope;
  doc: string;
  /** Values are these words, from the least to the most. */
  words?: readonly string[];
  /** `twin.NAME` is the same of the source without storms. */
  twin?: true;
  /** Not known before the run's end. */
  late?: true;
}

const PRICE = '1/10000 dollar';
const symbol = (name: string, unit: string, doc: string): MeasureInfo => ({
  name,
  unit,
  scope: 'symbol',
  doc,
});
const twinned = (name: string, unit: string, doc: string): MeasureInfo => ({
  ...symbol(name, unit, doc),
  twin: true,
});
const run = (name: string, unit: string, doc: string): MeasureInfo => ({
  name,
  unit,
  scope: 'run',
  doc,
});
const target = (name: string, unit: string, doc: string): MeasureInfo => ({
  name: `target.${name}`,
  unit,
  scope: 'target',
  doc,
});
const late = (info: MeasureInfo): MeasureInfo => ({
  ...info,
  doc: `${info.doc}; at the end`,
  late: true,
});

export const REGIMES: readonly string[] = Object.keys(Regime);
export const VERDICTS: readonly string[] = [
  'TARGET_INTACT',
  'TARGET_DEGRADED',
  'TARGET_DAMAGED',
  'TARGET_KILLED',
];

const PER_DETECTOR = Object.keys(Detector).flatMap((name) => [
  symbol(`flags.${name}`, 'flags', `flags of the detector ${name}`),
  symbol(
    `detect_ms.${name}`,
    'ms',
    `start of a storm to its first true flag of ${name}, the least`,
  ),
]);

export const MEASURES: readonly MeasureInfo[] = [
  twinned('spread_bps_p50', 'bps', 'spread over mid, median of the ticks'),
  twinned('spread_bps_p99', 'bps', 'the same, 99th percentile'),
  twinned('spread_bps_max', 'bps', 'the same, largest'),
  twinned('mid_start', PRICE, 'mid at the first tick'),
  twinned('mid_end', PRICE, 'mid at the last tick'),
  twinned('mid_min', PRICE, 'least mid'),
  twinned('mid_max', PRICE, 'largest mid'),
  twinned('mid_fall_bps', 'bps', 'mid_start to mid_min'),
  twinned('mid_rise_bps', 'bps', 'mid_start to mid_max'),
  twinned('depth_p50', 'shares', 'ten levels of both sides, median of the ticks'),
  twinned('depth_min', 'shares', 'the same, least'),
  twinned('depth_max', 'shares', 'the same, largest'),
  twinned('bid_depth_min', 'shares', 'ten levels of bids, least'),
  twinned('ask_depth_min', 'shares', 'ten levels of asks, least'),
  symbol('mid_bps_vs_twin_end', 'bps', 'mid against the twin’s, at the last tick'),
  symbol('mid_bps_vs_twin_min', 'bps', 'the same, least: how far storms pressed it'),
  symbol('mid_bps_vs_twin_max', 'bps', 'the same, largest: how far storms lifted it'),
  symbol('depth_vs_twin_min', 'times', 'depth over the twin’s, least'),
  symbol('depth_vs_twin_max', 'times', 'the same, largest'),
  symbol('crossed_ms', 'ms', 'time the market was crossed'),
  { ...symbol('regime_max', 'regime', 'highest regime'), words: REGIMES },
  symbol('regime_score_max', 'score', 'highest sum of the regime terms'),
  symbol('vpin_max', 'share', 'highest VPIN'),
  symbol('imbalance_abs_max', 'share', 'largest imbalance of the depth, either way'),
  symbol('event_rate_p50', 'events/s', 'events in the last second, median of the ticks'),
  symbol('event_rate_max', 'events/s', 'the same, largest'),
  symbol('events', 'events', 'sequenced for the instrument, storms included'),
  symbol('trades', 'trades', 'prints'),
  symbol('volume', 'shares', 'printed'),
  symbol('injected_events', 'events', 'caused by storms on the instrument'),
  symbol('injected_share', 'share', 'injected_events over events'),
  symbol('injected_qty_max', 'shares', 'own orders of storms resting, largest'),
  symbol('displaced_qty_max', 'shares', 'source quantity displaced, largest'),
  symbol('flags', 'flags', 'flags of all detectors'),
  symbol('false_flags', 'flags', 'flags that no storm explains'),
  ...PER_DETECTOR,
  run('recovery_ms', 'ms', 'end of the last storm until the market’s digest is the source’s again'),
  run('digest_equals_source_end', 'bool', '1: market digest and source digest agree at the end'),
  run('storms_started', 'storms', 'phases whose storm ran'),
  run('rejected', 'events', 'source events that the book refused'),
  run('drops', 'frames', 'frames of the feed class that were dropped'),
  run('lag_slipped_ms', 'ms', 'wall time by which virtual time fell back for good'),
  late(run('ticks_behind', 'ticks', 'recorded ticks more than 50 ms late, with a target')),
  target('pnl_delta', 'money', 'equity now or at the end, less equity at the beginning'),
  target('equity', 'money', 'now or at the end'),
  late(target('max_drawdown', 'money', 'largest fall of the equity from its peak')),
  target('offline_ms', 'ms', 'longest time it could not be reached'),
  target('outages', 'outages', 'times it went away'),
  late(target('answer_ms_p99', 'ms', '99th percentile of the time to answer a poll')),
  late(target('reaction_ms', 'ms', 'start of a storm to its first reaction, the longest')),
  late(target('recovery_ms', 'ms', 'end of a storm until its equity is steady, the longest')),
  late(target('slo_breaches', 'breaches', 'service levels it broke')),
  late(target('trades', 'trades', 'trades it says it made')),
  late(target('win_rate', 'share', 'wins over wins and losses')),
  { ...late(target('verdict', 'verdict', 'the verdict of the run')), words: VERDICTS },
];

const BY_NAME = new Map<string, MeasureInfo>();
for (const measure of MEASURES) {
  BY_NAME.set(measure.name, measure);
  if (measure.twin === undefined) continue;
  const { twin: _, ...info } = measure;
  const name = `twin.${measure.name}`;
  BY_NAME.set(name, { ...info, name, doc: `${measure.doc}, of the source without storms` });
}

export const measureOf = (name: string): MeasureInfo | undefined => BY_NAME.get(name);

/** Measures that the report sets beside the twin's. */
export const TWINNED: readonly MeasureInfo[] = MEASURES.filter((one) => one.twin !== undefined);

/** The known name that is nearest to one that is not. */
export const nearestMeasure = (name: string): string => nearest(name, [...BY_NAME.keys()]);

export function nearest(name: string, known: readonly string[]): string {
  const ranked = known.map((other) => [distance(name.toLowerCase(), other.toLowerCase()), other]);
  ranked.sort(([a], [b]) => Number(a) - Number(b));
  return String(ranked[0]?.[1] ?? '');
}

/** Edits from one text to the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
