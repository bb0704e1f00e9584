// `wavetank gen`: the synthetic market as an ITCH file, and the totals a replay of it must show.
import { existsSync, renameSync, rmSync } from 'node:fs';
import { type Generating, type GenerationTotals, generate } from '@wavetank/native';
import type { Command } from 'commander';
import { CliError, EXIT } from '../exit.ts';
import { choice, count, seed } from '../options.ts';
import { messageProgress } from '../progress.ts';
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

function print(file: string, totals: GenerationTotals, seconds: number): void {
  const rows: [string, string][] = [
    ['file', `${file}, ${grouped(totals.length_bytes)} bytes`],
    ['messages', grouped(totals.messages)],
    ['by type', typeCounts(totals.messages_by_type)],
    ['events', grouped(totals.events)],
    ['trades', `${grouped(totals.trades)}, ${grouped(totals.volume)} shares printed`],
    ['live orders', `${grouped(totals.live_orders)} in ${grouped(totals.levels)} levels`],
    ['until', formatVenueTime(totals.last_ts_ns)],
    ['speed', `${grouped(Math.round(totals.messages / seconds))} messages/s (this machine)`],
    ['market digest', totals.market_digest],
    ['input digest', totals.input_digest],
  ];
  for (const [name, value] of rows) console.log(`${name.padEnd(14)} ${value}`);
}

function checkTarget(file: string, force: boolean): void {
  if (existsSync(file) && !force) throw new CliError(`${file}: exists; --force writes over it`);
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
    if (interrupted) throw new CliError('interrupted; nothing was kept', EXIT.interrupted);
    throw error;
  } finally {
    process.removeListener('SIGINT', interrupt);
    clearInterval(timer);
    bar.stop();
  }
}

async function run(file: string, options: GenOptions): Promise<void> {
  checkTarget(file, options.force ?? false);
  const partial = `${file}.partial`;
  const started = process.hrtime.bigint();
  try {
    const writing = generate({
      path: partial,
      messages: options.messages,
      framed: options.framing === 'binaryfile',
      seed: options.seed,
      instruments: options.instruments,
      live_orders: options.liveOrders,
      events_per_s: options.eventsPerS,
      halts_per_hour: options.haltsPerHour,
    });
    const totals = await finished(writing, options);
    checkTarget(file, options.force ?? false);
    renameSync(partial, file);
    const seconds = Number(process.hrtime.bigint() - started) / 1e9;
    if (options.json) console.log(JSON.stringify({ file, ...totals, wall_s: seconds }));
    else print(file, totals, seconds);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

export function genCommand(program: Command): void {
  program
    .command('gen')
    .argument('<file>', 'where to write it; FILE.partial until it is whole')
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
