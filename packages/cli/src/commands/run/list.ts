// `wavetank run list`: recorded runs, newest first.
import { listRuns, VERDICTS } from '@wavetank/recorder';
import { type Command, Option } from 'commander';
import { RUNS_DIR } from '../../paths.ts';

function line(cells: [string | number | null, number][]): string {
  return cells
    .map(([cell, width]) => String(cell ?? '-').padEnd(width))
    .join('  ')
    .trimEnd();
}

interface ListWords {
  runs: string;
  verdict?: string;
  kind?: string;
  json?: boolean;
}

async function list(options: ListWords): Promise<void> {
  const { verdict, kind } = options;
  const runs = await listRuns(options.runs, { verdict, kind });
  if (options.json) {
    console.log(JSON.stringify(runs));
    return;
  }
  if (runs.length === 0) {
    const any = verdict === undefined && kind === undefined;
    const hint = any
      ? '; POST /run/start, or Start run on the desk, or wavetank run FILE'
      : ' of that verdict and kind';
    console.error(`no runs in ${options.runs}${hint}`);
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
    .addOption(new Option('--verdict <verdict>', 'only runs of this verdict').choices(VERDICTS))
    .option('--kind <kind>', 'only runs in which a storm of this kind ran')
    .option('--json', 'print one JSON array')
    .action(list);
}
