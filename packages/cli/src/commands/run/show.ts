// `wavetank run show RUN`: run.yaml of one run, and whether its folder holds what it says.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkRun, RUN_FILE } from '@wavetank/recorder';
import type { Command } from 'commander';
import { CliError, EXIT } from '../../exit.ts';
import { RUNS_DIR } from '../../paths.ts';
import { runFolder } from '../verify.ts';

async function show(run: string, options: { runs: string }): Promise<void> {
  const dir = runFolder(run, options.runs);
  const path = join(dir, RUN_FILE);
  if (!existsSync(path)) throw new CliError(`${dir}: no run folder: it holds no ${RUN_FILE}`);
  process.stdout.write(readFileSync(path, 'utf8'));
  const faults = await checkRun(dir);
  for (const { file, fault, detail } of faults) {
    console.error(`${run}: ${file}: ${fault}: ${detail}`);
  }
  if (faults.length > 0)
    throw new CliError(`${run}: the folder does not hold what it says`, EXIT.failed);
}

export function showCommand(run: Command): void {
  run
    .command('show <run>')
    .description('print run.yaml of one run and check its files against their digests')
    .option('--runs <folder>', 'where runs are kept', RUNS_DIR)
    .action(show);
}
