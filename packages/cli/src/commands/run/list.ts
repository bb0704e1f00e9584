// `wavetank run list`: recorded runs, newest first.
import { listRuns } from '@wavetank/recorder';
import type { Command } from 'commander';
import { RUNS_DIR } from '../../paths.ts';

function line(cells: [string | number | null, number][]): string {
  return cells
    .map(([cell, width]) => String(cell ?? '-').padEnd(width))
    .join('  ')
    .trimEnd();
}

async function list(options: { runs: string; json?: boolean }): Promise<void> {
  const runs = await listRuns(options.runs);
  if (options.json) {
    console.log(JSON.stringify(runs));
    return;
  }
  if (runs.length === 0) {
    console.error(`no runs in ${options.runs}; POST /run/start or press Record on the desk`);
    return;
  }
  console.log(
    line([
      ['run', 24],
      ['status', 10],
      ['verdict', 16],
      ['seconds', 8],
      ['class', 5],
      ['storms', 6],
    ]),
  );
  for (const run of runs) {
    const storms = run.storms.join(', ') || '-';
    const first: [string | number | null, number][] = [
      [run.run_id, 24],
      [run.status, 10],
    ];
    console.log(
      line([...first, [run.verdict, 16], [run.duration_s, 8], [run.class, 5], [storms, 6]]),
    );
  }
}

export function listCommand(run: Command): void {
  run
    .command('list')
    .description('list runs, newest first')
    .option('--runs <folder>', 'where runs are kept', RUNS_DIR)
    .option('--json', 'print one JSON array')
    .action(list);
}
