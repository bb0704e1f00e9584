// `wavetank gen`: the synthetic market as an ITCH file or down a pipe, and the totals that a replay of
// it must show. Where the market goes to standard output, the totals go to standard error.
import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { isatty } from 'node:tty';
import {
  type Generating,
  type Generation,
  type GenerationTotals,
  generate,
  NativeError,
} from '@wavetank/native';
import type { Command } from 'commander';
import { CliError, EXIT } from '../exit.ts';
import { choice, count, seed } from '../options.ts';
import { peakRssBytes } from '../peak-memory.ts';
import { megabytes, messageProgress } from '../progress.ts';
import { STANDARD } from '../source.ts';
import { formatVenueTime } from '../venue-time.ts';

interface GenOptions {
  messages: number;
  instruments: number;
  seed: string;
  framing: 'binaryfile' | 'raw';
  liveOrders?: number;
  eventsPerS?: number;
  haltsPerHour?: number;
  force?: boolean;
  json?: boolean;
  progress: boolean;
}

const grouped = (value: number): string => value.toLocaleString('en-US');

/** Message counts by type, most frequent first. */
export function typeCounts(byType: Record<string, number>): string {
  const most = Object.entries(byType).sort(([, a], [, b]) => b - a);
  return most.map(([type, n]) => `${type} ${grouped(n)}`).join(', ');
}

function rowsOf(totals: GenerationTotals, where: string, seconds: number): [string, string][] {
  return [
    ['file', `${where}, ${grouped(totals.length_bytes)} bytes`],
    ['messages', grouped(totals.messages)],
    ['by type', typeCounts(totals.messages_by_type)],
    ['events', grouped(totals.events)],
    ['trades', `${grouped(totals.trades)}, ${grouped(totals.volume)} shares printed`],
    ['live orders', `${grouped(totals.live_orders)} in ${grouped(totals.levels)} levels`],
    ['until', formatVenueTime(totals.last_ts_ns)],
    ['speed', `${grouped(Math.round(totals.messages / seconds))} messages/s (this machine)`],
    ['peak memory', megabytes(peakRssBytes())],
    ['market digest', totals.market_digest],
    ['input digest', totals.input_digest],
  ];
}

function report(file: string, totals: GenerationTotals, seconds: number, json: boolean): void {
  const print = file === STANDARD ? console.error : console.log;
  if (json) {
    const machine = { wall_s: seconds, peak_rss_bytes: peakRssBytes() };
    print(JSON.stringify({ file, ...totals, ...machine }));
    return;
  }
  const where = file === STANDARD ? 'standard output' : file;
  for (const [name, value] of rowsOf(totals, where, seconds)) {
    print(`${name.padEnd(14)} ${value}`);
  }
}

function checkTarget(file: string, force: boolean): void {
  if (file.endsWith('.gz')) {
    throw new CliError(`${file}: what is written is plain; pipe it: wavetank gen - | gzip`);
  }
  const folder = dirname(file);
  if (!existsSync(folder)) throw new CliError(`${folder}: no such folder`);
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (!found.isFile()) throw new CliError(`${file}: not a file; - is standard output`);
  if (!force) throw new CliError(`${file}: exists; --force writes over it`);
}

/** Runs to the end with a bar; an interrupt stops the writer first. */
async function finished(writing: Generating, options: GenOptions): Promise<GenerationTotals> {
  const bar = messageProgress(options.messages, options.progress);
  const timer = setInterval(() => bar.update(writing.messages), 100);
  let interrupted = false;
  const interrupt = (): void => {
    interrupted = true;
    writing.stop();
  };
  process.once('SIGINT', interrupt);
  try {
    return await writing.totals;
  } catch (error) {
    if (interrupted) throw new CliError('interrupted before the end', EXIT.interrupted);
    if (error instanceof NativeError && error.code === 'FILE_UNWRITABLE') {
      throw new CliError(error.message, EXIT.failed);
    }
    throw error;
  } finally {
    process.removeListener('SIGINT', interrupt);
    clearInterval(timer);
    bar.stop();
  }
}

function generation(path: string | null, options: GenOptions): Generation {
  return {
    path,
    messages: options.messages,
    framed: options.framing === 'binaryfile',
    seed: options.seed,
    instruments: options.instruments,
    live_orders: options.liveOrders,
    events_per_s: options.eventsPerS,
    halts_per_hour: options.haltsPerHour,
  };
}

/** A file has its name only once it is whole. */
async function toFile(file: string, options: GenOptions): Promise<GenerationTotals> {
  checkTarget(file, options.force ?? false);
  const partial = `${file}.partial`;
  try {
    const totals = await finished(generate(generation(partial, options)), options);
    checkTarget(file, options.force ?? false);
    renameSync(partial, file);
    return totals;
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

function toStandardOutput(options: GenOptions): Promise<GenerationTotals> {
  if (isatty(1)) throw new CliError('standard output is a terminal; pipe or redirect it');
  return finished(generate(generation(null, options)), options);
}

async function run(file: string, options: GenOptions): Promise<void> {
  const started = process.hrtime.bigint();
  const totals = await (file === STANDARD ? toStandardOutput(options) : toFile(file, options));
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  report(file, totals, seconds, options.json ?? false);
}

export function genCommand(program: Command): void {
  program
    .command('gen')
    .argument('<file>', 'where to write it; FILE.partial until it is whole; - is standard output')
    .description('write the synthetic market as an ITCH 5.0 file, with totals to check a replay by')
    .option('--messages <n>', 'messages, for example 10k or 5M', count, 1_000_000)
    .option('--instruments <n>', 'instruments, 1 to 65535', count, 100)
    .option('--seed <n>', 'seed; the same seed gives the same bytes', seed, '1')
    .addOption(choice('--framing <framing>', ['binaryfile', 'raw'], 'binaryfile'))
    .option('--live-orders <n>', 'orders resting on each instrument, 40 to 20000', count)
    .option('--events-per-s <n>', 'events a second of the busiest instrument, 10 to 50000', count)
    .option('--halts-per-hour <n>', 'trading halts over all instruments, 1 to 600', count)
    .option('--force', 'write over an existing file')
    .option('--json', 'print the totals as one JSON object')
    .option('--no-progress', 'no progress bar')
    .action(run);
}
