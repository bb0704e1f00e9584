// In: the id of a run that somebody asks for, and the runs folder. Out: the run's folder, or a refusal. An
// id has one shape, so it leads nowhere else.
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isRunId } from '@wavetank/recorder';
import { ApiError } from '../lib/problem.ts';

export async function runDir(runsDir: string, id: string): Promise<string> {
  const dir = join(runsDir, id);
  const found = isRunId(id) ? await stat(dir).catch(() => undefined) : undefined;
  if (!found?.isDirectory()) throw new ApiError('RUN_UNKNOWN', `no run ${JSON.stringify(id)}`);
  return dir;
}
