// `wavetank run list|show`: recorded runs, from their folders.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { artefactPath, checkRun, listRuns } from '@wavetank/recorder';
import type { Command } from 'commander';
import { CliError, EXIT } from '../exit.ts';
import { RUNS_DIR } from '../paths.ts';

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

async function show(id: string, options: { runs: string }): Promise<void> {
  const path = artefactPath(options.runs, id, 'yaml');
  if (path === undefined) throw new CliError(`"${id}" is not a run id; see wavetank run list`);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new CliError(`no run ${id} in ${options.runs}; see wavetank run list`);
  }
  process.stdout.write(text);
  const faults = await checkRun(join(options.runs, id));
  for (const fault of faults)
    console.error(`${id}: ${fault.file}: ${fault.fault}: ${fault.detail}`);
  if (faults.length > 0)
    throw new CliError(`${id}: the folder does not hold what it says`, EXIT.failed);
}

export function runCommand(program: Command): void {
  const run = program.command('run').description('recorded runs');
  run
    .command('list')
    .description('list runs, newest first')
    .option('--runs <folder>', 'where runs are kept', RUNS_DIR)
    .option('--json', 'print one JSON array')
    .action(list);
  run
    .command('show <id>')
    .description('print run.yaml of one run and check its files against their digests')
    .option('--runs <folder>', 'where runs are kept', RUNS_DIR)
    .action(show);
}
