// `wavetank diff A B`: two recorded runs side by side: what they were started with, how they ended,
// and the first sequence at which one market is not the other. Exit 0 the same, 1 not, 2 no run.
import { compareRuns, type RunComparison, type Unequal, VerifyError } from '@wavetank/engine';
import type { Command } from 'commander';
import { CliError, EXIT } from '../exit.ts';
import { RUNS_DIR } from '../paths.ts';
import { formatVenueTime } from '../venue-time.ts';
import { runFolder } from './verify.ts';

const shown = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '-');

function table(title: string, rows: readonly Unequal[]): string[] {
  if (rows.length === 0) return [`${title.padEnd(10)} the same`];
  const width = Math.max(...rows.map((row) => row.key.length));
  const lines = rows.map(({ key, a, b }) => `  ${key.padEnd(width)}  ${shown(a)} | ${shown(b)}`);
  return [title, ...lines];
}

function tickLines({ ticks }: RunComparison): string[] {
  const { compared, first } = ticks;
  if (compared === 0) return ['ticks      none of one instant and symbol'];
  if (first === null) return [`ticks      ${compared} of one instant and symbol, all the same`];
  const { ts_run_ns, symbol, seq, keys } = first;
  const place = `${formatVenueTime(ts_run_ns)} ${symbol} (seq ${seq.a} | ${seq.b})`;
  return [`ticks      ${compared} compared; the first that differs: ${place}: ${keys.join(', ')}`];
}

/** A log that is damaged tells less than was recorded. */
function logLines({ a, b, logs }: RunComparison): string[] {
  const told = [
    [a, logs.a],
    [b, logs.b],
  ].filter(([, fault]) => fault !== null);
  return told.map(([run, fault]) => `log        of ${run}: ${fault}`);
}

export function comparisonLines(comparison: RunComparison): string[] {
  const { config, outcome, divergence, note } = comparison;
  const lines = [...table('config', config), ...table('outcome', outcome)];
  lines.push(...tickLines(comparison), ...logLines(comparison));
  if (divergence === null) return [...lines, `market     ${note}`];
  const { seq, ts_run_ns, a, b } = divergence;
  lines.push(`market     parts at seq ${seq}, ${formatVenueTime(ts_run_ns)}`);
  return [...lines, `  ${comparison.a}  ${a}`, `  ${comparison.b}  ${b}`];
}

async function diff(a: string, b: string, words: { runs: string; json?: boolean }): Promise<void> {
  try {
    const comparison = await compareRuns(runFolder(a, words.runs), runFolder(b, words.runs));
    console.log(words.json ? JSON.stringify(comparison) : comparisonLines(comparison).join('\n'));
    process.exitCode = comparison.same ? EXIT.ok : EXIT.failed;
  } catch (error) {
    if (error instanceof VerifyError) throw new CliError(error.message);
    throw error;
  }
}

export function diffCommand(program: Command): void {
  program
    .command('diff <a> <b>')
    .description('compare two recorded runs, up to the first event in which they part')
    .option('--runs <folder>', 'where runs are kept', RUNS_DIR)
    .option('--json', 'print the comparison as one JSON object')
    .action(diff);
}
