// In: the runs folder. Out: its runs, newest first, as a list can show them, and one run's files.
// Whatever is in a folder, listing the others goes on.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { EVENTS_FILE, RUN_FILE, type RunFile, readRunFile, TICKS_FILE } from './run-file.ts';
import { isRunId } from './run-folder.ts';

export interface RunSummary {
  run_id: string;
  /** `unreadable`: the folder has no run.yaml that can be read. */
  status: RunFile['status'] | 'unreadable';
  verdict: RunFile['verdict'];
  verdict_reasons: string[];
  stop_cause: string | null;
  started_at: string | null;
  ended_at: string | null;
  duration_s: number | null;
  symbols: string[];
  class: string | null;
  storms: string[];
  tick_samples: number;
  delta: number | null;
  note: string | null;
}

/** What a list is narrowed to; a run must meet all that is given. */
export interface RunFilter {
  verdict?: string | undefined;
  /** A kind of storm that was fired in the run. */
  kind?: string | undefined;
}

export async function listRuns(runsDir: string, filter: RunFilter = {}): Promise<RunSummary[]> {
  const ids = (await foldersOf(runsDir)).filter(isRunId).sort().reverse();
  const all = ids.map(async (id) => summary(id, await tryRead(join(runsDir, id))));
  return (await Promise.all(all)).filter((run) => meets(run, filter));
}

function meets({ verdict, storms }: RunSummary, filter: RunFilter): boolean {
  if (filter.verdict !== undefined && verdict !== filter.verdict) return false;
  return filter.kind === undefined || storms.includes(filter.kind);
}

async function foldersOf(dir: string): Promise<string[]> {
  try {
    return await readdir(dir);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw cause;
  }
}

async function tryRead(dir: string): Promise<RunFile | undefined> {
  try {
    return await readRunFile(dir);
  } catch {
    return undefined;
  }
}

function summary(run_id: string, run: RunFile | undefined): RunSummary {
  return {
    run_id,
    status: run?.status ?? 'unreadable',
    verdict: run?.verdict ?? null,
    verdict_reasons: run?.verdict_reasons ?? [],
    stop_cause: run?.stop_cause ?? null,
    started_at: run?.started_at ?? null,
    ended_at: run?.ended_at ?? null,
    duration_s: run?.duration_s ?? null,
    symbols: run?.symbols ?? [],
    class: run?.class ?? null,
    storms: run?.storms_fired.map((storm) => storm.kind) ?? [],
    tick_samples: run?.tick_samples ?? 0,
    delta: run?.target?.delta ?? null,
    note: run?.note ?? null,
  };
}

export const RUN_ARTEFACTS = { yaml: RUN_FILE, events: EVENTS_FILE, ticks: TICKS_FILE } as const;

/** Path of one file of a run; `undefined` when the id is none, so no path leaves the folder. */
export function artefactPath(
  runsDir: string,
  id: string,
  which: keyof typeof RUN_ARTEFACTS,
): string | undefined {
  return isRunId(id) ? join(runsDir, id, RUN_ARTEFACTS[which]) : undefined;
}
