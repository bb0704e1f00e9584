// `wavetank run show ID`: run.yaml of one run, and whether its folder holds what it says.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { artefactPath, checkRun } from '@wavetank/recorder';
import type { Command } from 'commander';
import { CliError, EXIT } from '../../exit.ts';
import { RUNS_DIR } from '../../paths.ts';

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

export function showCommand(run: Command): void {
  run
    .command('show <id>')
    .description('print run.yaml of one run and check its files against their digests')
    .option('--runs <folder>', 'where runs are kept', RUNS_DIR)
    .action(show);
}
