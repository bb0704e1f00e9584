// In: detector flags and the storms that truly were. Out: for each storm whether it was found and how
// soon, and the flags that meant nothing. The engine judges each flag; nothing is guessed here.
import { type ChaosFrame, NULLS, StormPhase } from '@wavetank/abi';
import type { StormMark } from './storms.ts';

/** `unseen`: it began before the page's flags do. */
export type Found = 'hit' | 'missed' | 'pending' | 'unseen';

export interface ScoredStorm {
  storm: StormMark;
  found: Found;
  /** Virtual ms from its start to the first flag that hit it; null without one. */
  after_ms: number | null;
}

export interface Scores {
  storms: ScoredStorm[];
  hit: number;
  missed: number;
  /** Storms under way that no detector has flagged yet. */
  pending: number;
  /** Flags raised while no such storm was there. */
  false_flags: number;
}

/** `from_s`: flags before it are not here. */
export function score(
  flags: ChaosFrame[],
  storms: StormMark[],
  symbol: string,
  from_s = Number.NEGATIVE_INFINITY,
): Scores {
  const ours = flags.filter((flag) => flag.symbol === symbol);
  const first = new Map<number, ChaosFrame>();
  for (const flag of ours) {
    if (!first.has(flag.truth_storm_id)) first.set(flag.truth_storm_id, flag);
  }
  const scored = storms
    .filter((storm) => storm.symbol === symbol)
    .map((storm) => judged(storm, first.get(storm.id), from_s));
  const count = (found: Found): number => scored.filter((one) => one.found === found).length;
  return {
    storms: scored,
    hit: count('hit'),
    missed: count('missed'),
    pending: count('pending'),
    false_flags: ours.filter((flag) => flag.truth_storm_id === 0).length,
  };
}

function judged(storm: StormMark, flag: ChaosFrame | undefined, from_s: number): ScoredStorm {
  if (flag === undefined) {
    const closed = storm.started_s < from_s ? 'unseen' : 'missed';
    const found = storm.phase === StormPhase.Closed ? closed : 'pending';
    return { storm, found, after_ms: null };
  }
  const after = flag.time_to_detect_ms;
  return {
    storm,
    found: 'hit',
    after_ms: after === NULLS.ChaosFrame.time_to_detect_ms ? null : after,
  };
}

export function scoreWords({ hit, missed, pending, false_flags }: Scores): string {
  const open = pending === 0 ? '' : ` · ${pending} open`;
  return `${hit} hit · ${missed} missed · ${false_flags} false${open}`;
}
