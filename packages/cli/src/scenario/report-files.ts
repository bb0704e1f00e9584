// In: a report and a closed run folder. Out: the folder where it was asked for, with the scenario and
// its report beside the run's files, and the other forms of the report.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { reportJunit, reportMarkdown, type ScenarioReport } from '@wavetank/scenario';
import { CliError } from '../exit.ts';
import { RUNS_DIR } from '../paths.ts';

export interface OutWords {
  out?: string;
  junit?: string;
  markdown?: string;
}

/** Where the bridge records: beside where the folder will stand. */
export function runsDirOf({ out }: OutWords): string {
  if (out === undefined) return RUNS_DIR;
  if (existsSync(out) && readdirSync(out).length > 0) {
    throw new CliError(`${out}: not empty; a run needs a folder of its own`);
  }
  const parent = dirname(resolve(out));
  mkdirSync(parent, { recursive: true });
  return parent;
}

export function writeReport(report: ScenarioReport, file: string, words: OutWords): void {
  const recorded = join(runsDirOf({}), report.run.run_id);
  const dir = words.out === undefined ? recorded : resolve(words.out);
  if (words.out !== undefined) renameSync(join(dirname(dir), report.run.run_id), dir);
  report.run.dir = dir;
  copyFileSync(file, join(dir, 'scenario.yaml'));
  writeFileSync(join(dir, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  if (words.junit !== undefined) writeFileSync(words.junit, reportJunit(report));
  if (words.markdown !== undefined) writeFileSync(words.markdown, reportMarkdown(report));
}
