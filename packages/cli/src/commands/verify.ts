// `wavetank verify RUN`: a recorded run judged in this process: whole, executed again by plain books,
// generated again by its storms. Exit 0 verified, 1 not, 2 nothing to judge, 6 something differs.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { type Fault, type Part, VerifyError, type VerifyReport, verifyRun } from '@wavetank/engine';
import type { Command } from 'commander';
import { CliError, EXIT } from '../exit.ts';
import { several } from '../options.ts';
import { RUNS_DIR } from '../paths.ts';
import { requireFile } from '../source.ts';
import { formatVenueTime } from '../venue-time.ts';

export interface VerifyWords {
  runs: string;
  source?: string;
  storm: string[];
  json?: boolean;
  progress: boolean;
}

const PARTS = ['integrity', 'replay', 'regenerate'] as const;

/** A folder as given, or the id of a run. */
export function runFolder(run: string, runs: string): string {
  const found = [run, join(runs, run)].find((dir) =>
    statSync(dir, { throwIfNoEntry: false })?.isDirectory(),
  );
  if (found !== undefined) return found;
  throw new CliError(`${run}: no such folder, and no run of that id in ${runs}`);
}

function faultLines({ where, what, seq, ts_run_ns, expected, found }: Fault): string[] {
  const at = ts_run_ns === undefined ? '' : `, ${formatVenueTime(ts_run_ns)}`;
  const place = seq === undefined ? '' : ` (seq ${seq}${at})`;
  const lines = [`  ${where}: ${what}${place}`];
  if (expected !== undefined) lines.push(`    expected ${expected}`);
  if (found !== undefined) lines.push(`    found    ${found}`);
  return lines;
}

function partLines(name: string, part: Part): string[] {
  const faults = part.faults.flatMap(faultLines);
  return [`${name.padEnd(11)} ${part.state.padEnd(8)} ${part.note}`, ...faults];
}

export function reportLines(report: VerifyReport): string[] {
  const { run_id, status } = report;
  const verdict = report.verified ? 'verified' : 'NOT verified';
  const parts = PARTS.flatMap((name) => partLines(name, report[name]));
  return [...parts, `${run_id}: ${verdict} (run ${status}, class ${report.class})`];
}

export const verifyExit = (report: VerifyReport): number =>
  report.verified ? EXIT.ok : report.differs ? EXIT.digestMismatch : EXIT.failed;

function progressLine(on: boolean): (part: string, done: number, of: number) => void {
  if (!on || !process.stderr.isTTY) return () => {};
  return (part, done, of) => {
    const percent = of === 0 ? 100 : Math.min(100, Math.round((100 * done) / of));
    process.stderr.write(`\r${part} ${percent} %   ${percent === 100 ? '\r\u001b[K' : ''}`);
  };
}

async function verify(run: string, words: VerifyWords): Promise<void> {
  const dir = runFolder(run, words.runs);
  for (const file of [words.source ?? [], words.storm].flat()) requireFile(file);
  const { source } = words;
  try {
    const progress = progressLine(words.progress);
    const where = { ...(source === undefined ? {} : { source }), storms: words.storm };
    const report = await verifyRun(dir, { ...where, progress });
    console.log(words.json ? JSON.stringify(report) : reportLines(report).join('\n'));
    process.exitCode = verifyExit(report);
  } catch (error) {
    if (error instanceof VerifyError) throw new CliError(error.message);
    throw error;
  }
}

export function verifyCommand(program: Command): void {
  program
    .command('verify <run>')
    .description('check that a recorded run is whole and gives the same again')
    .option('--runs <folder>', 'where runs are kept', RUNS_DIR)
    .option('--source <file>', 'where the ITCH file of the run lies now')
    .addOption(several('--storm <file...>', 'files of own storms, if they moved'))
    .option('--json', 'print the report as one JSON object')
    .option('--no-progress', 'no progress line')
    .action(verify);
}
