// In: a run of the list and, while one is recorded, what the bridge says of it now.
// Out: the words for its storms: the list's file is written at the end, so it cannot know them before.
import { durationText } from './venue-time.ts';

export interface RunSummary {
  run_id: string;
  status: string;
  verdict: string | null;
  /** Why it is that, where that is no matter of money. */
  verdict_reasons: string[];
  duration_s: number | null;
  symbols: string[];
  class: string | null;
  storms: string[];
  delta: number | null;
  note?: string | null;
}

/** The run under way, as GET /run/status has it. */
export interface LiveRun {
  run_id: string;
  storms_fired: unknown[];
}

/** The wall time at which it began, UTC. */
export const runTime = (run_id: string): string =>
  run_id.replace('T', ' ').replace(/-(\d\d)-(\d\d)-\d{3}Z$/, ':$1:$2');

export const verdictWords = ({ verdict, status }: RunSummary): string =>
  (verdict ?? status)
    .replace(/^TARGET_/, '')
    .replace('_', ' ')
    .toLowerCase();

/** `bench lagged, no target`; empty where the verdict says all. */
export const reasonWords = ({ verdict_reasons }: RunSummary): string =>
  verdict_reasons.map((reason) => reason.replaceAll('_', ' ')).join(', ');

/** Symbols, length and storms of a run that is over. */
export function runWords({ symbols, duration_s, storms }: RunSummary): string {
  const kinds = [...new Set(storms)].join(', ');
  const length = duration_s === null ? '' : durationText(duration_s);
  const facts = [symbols.join(' '), length, kinds === '' ? 'no storms' : kinds];
  return facts.filter((fact) => fact !== '').join(' · ');
}

/** Runs that have all these words somewhere. */
export function matching(runs: RunSummary[], text: string): RunSummary[] {
  const words = text.toLowerCase().split(/\s+/);
  return runs.filter((run) => {
    const all = [runTime(run.run_id), run.run_id, verdictWords(run), runWords(run), run.note ?? ''];
    const said = all.join(' ').toLowerCase();
    return words.every((word) => said.includes(word));
  });
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
