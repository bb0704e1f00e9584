// In: the runs folder when a bridge starts. Out: runs whose bridge and engine both died without a
// word are closed as aborted. A run of another desk that lives is left alone.
import { join } from 'node:path';
import { closeAborted, listRuns, readRunFile } from '@wavetank/recorder';
import type { FastifyBaseLogger } from 'fastify';

export async function closeOrphans(
  runsDir: string,
  wall_ms: number,
  log: FastifyBaseLogger,
): Promise<void> {
  for (const { run_id, status } of await listRuns(runsDir)) {
    if (status !== 'recording') continue;
    const dir = join(runsDir, run_id);
    try {
      const owners = await readRunFile(dir);
      const { bridge_pid, engine_pid } = owners?.environment ?? {};
      if (lives(bridge_pid) || lives(engine_pid)) continue;
      await closeAborted(dir, { cause: 'process_death', wall_ms });
      log.warn({ run_id }, 'closed a run whose processes died');
    } catch (cause) {
      log.error({ run_id, err: cause }, 'a run left open could not be closed');
    }
  }
}

function lives(pid: unknown): boolean {
  if (typeof pid !== 'number' || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}
