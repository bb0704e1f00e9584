// `wavetank run export RUN`: a run's events and ticks as tables for other tools.
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { CliError, EXIT } from '../../exit.ts';
import { exportRun, type Format, missingIn } from '../../export/export-run.ts';
import { RUNS_DIR } from '../../paths.ts';
import { runFolder } from '../verify.ts';

interface ExportWords {
  runs: string;
  parquet?: boolean;
  csv?: boolean;
  out?: string;
  json?: boolean;
}

async function exportTables(id: string, words: ExportWords): Promise<void> {
  const formats = (['parquet', 'csv'] as const).filter((format: Format) => words[format]);
  if (formats.length === 0) throw new CliError('name a format: --parquet, --csv, or both');
  const dir = runFolder(id, words.runs);
  const out = resolve(words.out ?? `${dir}-export`);
  const files = [];
  for (const format of formats) files.push(...(await exportRun(dir, out, format)));
  if (words.json) console.log(JSON.stringify(files));
  else
    for (const { file, rows } of files) console.log(`${String(rows).padStart(10)} rows  ${file}`);
  const faults = missingIn(dir);
  for (const fault of faults) console.error(`${id}: ${fault}`);
  if (faults.length > 0) throw new CliError(`${id}: the tables do not hold all of it`, EXIT.failed);
}

export function exportCommand(run: Command): void {
  run
    .command('export <run>')
    .description('write the tables of a run as Parquet or CSV')
    .option('--runs <folder>', 'where runs are kept', RUNS_DIR)
    .option('--parquet', 'one .parquet file a table')
    .option('--csv', 'one .csv file a table')
    .option('--out <folder>', 'where the tables go (default: RUN-export)')
    .option('--json', 'print the files as one JSON array')
    .action(exportTables);
}
