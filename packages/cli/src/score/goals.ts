// In: a score. Out: each figure that must be met, what was measured, and whether it is. The figures are
// kept here alone; the constants they judge are in the detectors and in `FlowParams`.
import type { CleanRow, KindRow, Score } from './tally.ts';

export interface Goal {
  name: string;
  goal: string;
  /** null: not measured, which is not met. */
  measured: number | null;
  met: boolean;
}

const RECALL_MIN = 0.95;
const PRECISION_MIN = 0.9;
const CLEAN_PER_MINUTE_BELOW = 1;
const CLEAN_SHARE_BELOW = 0.005;
const CALM_SHARE_MIN = 0.8;
const CRISIS_MS_MAX = 2_000;

/** All figures; those of a recorded market only where one was given. */
export function goals(score: Score): Goal[] {
  return [...score.kinds.flatMap(ofKind), ...ofRegime(score)];
}

function ofKind(row: KindRow): Goal[] {
  return [
    atLeast(`${row.kind} recall`, row.recall, RECALL_MIN),
    atLeast(`${row.kind} precision`, row.precision, PRECISION_MIN),
    ...ofClean(`${row.kind} on clean synthetic flow`, row.clean_synthetic),
    ...ofClean(`${row.kind} on a clean recording`, row.clean_recorded),
  ];
}

function ofClean(name: string, row: CleanRow | null): Goal[] {
  if (row === null) return [];
  return [
    below(`${name}, flags a minute`, row.flags_per_minute, CLEAN_PER_MINUTE_BELOW),
    below(`${name}, flags an event`, row.share_of_events, CLEAN_SHARE_BELOW),
  ];
}

function ofRegime({ regime }: Score): Goal[] {
  const recorded =
    regime.calm_recorded_share === null
      ? []
      : [atLeast('regime calm on a recording', regime.calm_recorded_share, CALM_SHARE_MIN)];
  const { crisis_ms_max: crisis } = regime;
  return [
    atLeast('regime calm on clean synthetic flow', regime.calm_synthetic_share, CALM_SHARE_MIN),
    ...recorded,
    {
      name: 'regime crisis in a crash, ms, slowest',
      goal: `<= ${CRISIS_MS_MAX}`,
      measured: crisis,
      met: crisis !== null && crisis <= CRISIS_MS_MAX,
    },
    atLeast('regime back within one level', regime.back_share, 1),
  ];
}

const atLeast = (name: string, measured: number | null, least: number): Goal => ({
  name,
  goal: `>= ${least}`,
  measured,
  met: measured !== null && measured >= least,
});

const below = (name: string, measured: number, limit: number): Goal => ({
  name,
  goal: `< ${limit}`,
  measured,
  met: measured < limit,
});
