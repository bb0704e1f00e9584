// In: a run of the list and, while one is recorded, what the bridge says of it now.
// Out: the words for its storms: the list's file is written at the end, so it cannot know them before.

export interface RunSummary {
  run_id: string;
  status: string;
  verdict: string | null;
  duration_s: number | null;
  symbols: string[];
  class: string | null;
  storms: string[];
  delta: number | null;
}

/** The run under way, as GET /run/status has it. */
export interface LiveRun {
  run_id: string;
  storms_fired: unknown[];
}

export function stormWords(run: RunSummary, live: LiveRun | null): string {
  if (run.status !== 'recording') return countWords(run.storms.length);
  if (live?.run_id !== run.run_id) return '';
  return `${countWords(live.storms_fired.length)} so far`;
}

function countWords(count: number): string {
  if (count === 0) return 'no storms';
  return count === 1 ? '1 storm' : `${count} storms`;
}
