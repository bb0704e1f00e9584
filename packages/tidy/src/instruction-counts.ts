// In: instructions by workload, counted now and on record. Out: which passed, which failed, in words.
// It knows no process and no file.

export type Counts = Record<string, number>;

/** What was counted once, and with what. */
export interface OnRecord {
  arch: string;
  /** Versions of the compilers, one line each. */
  toolchain: string[];
  counts: Counts;
}

/** Share more than on record by which a workload fails where the compilers are those of the record. */
export const SAME_COMPILERS = 0.03;
/** The same for other compilers, whose code differs by itself. */
export const OTHER_COMPILERS = 0.15;

export interface Verdict {
  passed: string[];
  failed: string[];
}

/** Fewer instructions are no failure; the words tell that the record is behind. */
export function judge(now: Counts, before: Counts, limit: number): Verdict {
  const verdict: Verdict = { passed: [], failed: [] };
  for (const [name, count] of Object.entries(now)) {
    const was = before[name];
    if (was === undefined) {
      verdict.failed.push(`${name}: ${count} instructions, none on record`);
      continue;
    }
    const share = count / was - 1;
    const sign = share < 0 ? '−' : '+';
    const words = `${name}: ${count} instructions, ${sign}${Math.abs(share * 100).toFixed(1)} % of ${was}`;
    if (count > was * (1 + limit)) verdict.failed.push(`${words}, more than ${limit * 100} %`);
    else verdict.passed.push(share < -limit ? `${words}: record anew` : words);
  }
  for (const name of Object.keys(before)) {
    if (!(name in now)) verdict.failed.push(`${name}: on record, not counted`);
  }
  return verdict;
}
