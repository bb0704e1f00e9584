// `wavetank replay`: a whole file or pipe, all symbols, through the production book at the machine's
// speed. Memory follows the orders that rest, not the messages.

import { existsSync, statSync } from 'node:fs';
import { openWalk, type WalkSummary } from '@wavetank/native';
import { isRunId } from '@wavetank/recorder';
import type { Command } from 'commander';
import { CliError } from '../exit.ts';
import { several } from '../options.ts';
import { INDEX_DIR, RUNS_DIR } from '../paths.ts';
import { peakRssBytes } from '../peak-memory.ts';
import { byteProgress, megabytes } from '../progress.ts';
import {
  requireFile,
  requireWhole,
  SOURCE_WORDS,
  STANDARD,
  sourceOf,
  sourceOptions,
} from '../source.ts';
import { formatVenueTime } from '../venue-time.ts';
import { typeCounts } from './gen.ts';
import { type PlaceWords, replayBetween, replayRun } from './replay-place.ts';
import { runFolder } from './verify.ts';

const CHUNK_MESSAGES = 262_144;
const grouped = (value: number): string => value.toLocaleString('en-US');

function print(summary: WalkSummary, seconds: number): void {
  const book = summary.book;
  const statuses = Object.entries(book?.statuses ?? {}).map(([k, n]) => `${k} ${grouped(n)}`);
  const rows: [string, string][] = [
    ['messages', grouped(summary.messages)],
    ['by type', typeCounts(summary.messages_by_type)],
    ['events', `${grouped(book?.events ?? 0)}  (${statuses.join(', ')})`],
    ['symbols', grouped(summary.symbols)],
    [
      'live orders',
      `${grouped(book?.live_orders ?? 0)} in ${grouped(book?.instruments ?? 0)} instruments`,
    ],
    [
      'time span',
      summary.first_ts_ns === null
        ? 'none'
        : `${formatVenueTime(summary.first_ts_ns)} to ${formatVenueTime(summary.last_ts_ns)}`,
    ],
    [
      'speed',
      `${grouped(Math.round(summary.messages / seconds))} messages/s (${seconds.toFixed(2)} s, this machine, this run)`,
    ],
    ['peak memory', megabytes(peakRssBytes())],
    ['market digest', book?.market_digest ?? ''],
    ['run digest', book?.run_digest ?? ''],
    ['input digest', summary.input_digest],
  ];
  for (const [name, value] of rows) console.log(`${name.padEnd(14)} ${value}`);
}

function replayWhole(file: string, options: PlaceWords): void {
  const walk = openWalk({ ...options, source: sourceOf(file), implementation: 'rust' });
  const bar = byteProgress(walk.position[1], options.progress);
  const started = process.hrtime.bigint();
  while (walk.advance(CHUNK_MESSAGES)) bar.update(walk.position[0]);
  bar.stop();
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  const summary = walk.summary();
  if (options.json) {
    console.log(
      JSON.stringify({ file, ...summary, wall_s: seconds, peak_rss_bytes: peakRssBytes() }),
    );
  } else {
    print(summary, seconds);
  }
  requireWhole(file, summary);
}

/** The folder of a run that was named by folder or id. */
function recordedRun(name: string): string | undefined {
  if (isRunId(name)) return runFolder(name, RUNS_DIR);
  return existsSync(name) && statSync(name).isDirectory() ? name : undefined;
}

export function replayCommand(program: Command): void {
  sourceOptions(program.command('replay').argument('<file>', SOURCE_WORDS))
    .description(
      'replay a whole file, all symbols, and print totals and digests; of a recorded run, the digests at a place',
    )
    .option('--from <place>', 'enter at a venue time HH:MM:SS[.f] or a sequence, by a seek index')
    .option('--until <place>', 'stand at a venue time or a sequence, and print the digests there')
    .addOption(
      several('--symbol <symbol...>', 'with --from or --until: symbols analysed on the way'),
    )
    .option('--source <file>', 'of a run: where its ITCH file lies now')
    .option('--index <folder>', 'where seek indexes are kept', INDEX_DIR)
    .option('--json', 'print the summary as one JSON object')
    .option('--no-progress', 'no progress bar')
    .action(async (file: string, options: PlaceWords) => {
      const run = recordedRun(file);
      if (run !== undefined) {
        await replayRun(run, options);
        return;
      }
      if (options.source !== undefined) {
        throw new CliError('--source names the ITCH file of a recorded run; this is no run');
      }
      if (options.from === undefined && options.until === undefined) {
        if (options.symbol.length > 0) throw new CliError('--symbol needs --from or --until');
        replayWhole(file, options);
        return;
      }
      if (file === STANDARD) throw new CliError('--from and --until need a file, not a pipe');
      requireFile(file);
      await replayBetween(file, options);
    });
}
