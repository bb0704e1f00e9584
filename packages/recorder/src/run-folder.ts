// In: the runs folder and the wall clock. Out: a new run folder that nobody else has, and ids that
// sort by time. Knows no content of a run.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

/** `2026-05-04T09-30-00-123Z`: the UTC start of the run, usable as a file name anywhere. */
const RUN_ID = /^\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}-\d{3}Z$/;

export const isRunId = (text: string): boolean => RUN_ID.test(text);

export const runIdAt = (wallMs: number): string =>
  new Date(wallMs).toISOString().replaceAll(':', '-').replace('.', '-');

export interface RunFolder {
  run_id: string;
  dir: string;
}

/** Creates the folder of a run that starts now; a taken id moves on to the next millisecond. */
export async function createRunFolder(runsDir: string, wallMs: number): Promise<RunFolder> {
  await mkdir(runsDir, { recursive: true });
  for (let at = wallMs; ; at++) {
    const run_id = runIdAt(at);
    const dir = join(runsDir, run_id);
    try {
      await mkdir(dir);
      return { run_id, dir };
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    }
  }
}
