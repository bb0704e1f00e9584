// `wavetank book`: the levels of one symbol after given messages or at a given time, in one pass.
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { CliError } from '../exit.ts';
import { fileTrouble } from '../file-trouble.ts';
import { choice, natural } from '../options.ts';
import {
  openSource,
  requireWhole,
  SOURCE_WORDS,
  type SourceOptions,
  sourceOptions,
  symbolOf,
} from '../source.ts';
import { formatVenueTime, parseVenueTime } from '../venue-time.ts';
import type { Level, Walker } from '../walker.ts';

interface BookOptions extends SourceOptions {
  symbol: string;
  atMessage?: number;
  atTime?: string;
  atMessagesFrom?: string;
  depth: number;
  format: 'table' | 'csv' | 'json';
  impl: 'rust' | 'reference' | 'cpp' | 'ts';
}

/** The first column of a CSV: ascending message numbers. A first line that is no number is a header. */
export function readMessageNumbers(path: string): number[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new CliError(fileTrouble(error) ?? `${path}: ${(error as Error).message}`);
  }
  const cells = text.split(/\r?\n/).map((line) => line.split(',')[0]?.trim() ?? '');
  const rows = cells.filter((cell, at) => cell !== '' && !(at === 0 && !/^\d+$/.test(cell)));
  let last = 0;
  for (const row of rows) {
    if (!/^\d+$/.test(row)) throw new CliError(`${path}: "${row}" is not a message number`);
    if (Number(row) < last)
      throw new CliError(`${path}: ${row} comes after ${last}; expected ascending`);
    last = Number(row);
  }
  return rows.map(Number);
}

const two = (value: number): string => String(value).padStart(2, '0');

function csvHeader(depth: number): string {
  const levels = Array.from({ length: depth }, (_, i) =>
    ['bid_px', 'ask_px', 'bid_sz', 'ask_sz', 'bid_ct', 'ask_ct']
      .map((n) => `${n}_${two(i)}`)
      .join(','),
  );
  return ['message_index', 'ts_event_ns', ...levels].join(',');
}

function csvRow(walker: Walker, bids: Level[], asks: Level[], depth: number): string {
  const cells: (number | string)[] = [walker.messages, walker.lastTsNs];
  for (let i = 0; i < depth; i++) {
    const [bid, ask] = [bids[i], asks[i]];
    cells.push(bid?.price ?? '', ask?.price ?? '', bid?.qty ?? '', ask?.qty ?? '');
    cells.push(bid?.orders ?? '', ask?.orders ?? '');
  }
  return cells.join(',');
}

const dollars = (price: number): string => (price / 10_000).toFixed(4);

function table(walker: Walker, symbol: string, bids: Level[], asks: Level[]): string {
  const at = `after message ${walker.messages}, ${formatVenueTime(walker.lastTsNs)}`;
  const head = `${symbol} ${at}\n${'orders'.padStart(8)}${'bid size'.padStart(12)}${'bid'.padStart(14)}`;
  const lines = [`${head}  ${'ask'.padEnd(14)}${'ask size'.padEnd(12)}orders`];
  for (let i = 0; i < Math.max(bids.length, asks.length); i++) {
    const [bid, ask] = [bids[i], asks[i]];
    const left = bid
      ? `${String(bid.orders).padStart(8)}${String(bid.qty).padStart(12)}${dollars(bid.price).padStart(14)}`
      : ' '.repeat(34);
    const right = ask
      ? `${dollars(ask.price).padEnd(14)}${String(ask.qty).padEnd(12)}${ask.orders}`
      : '';
    lines.push(`${left}  ${right}`.trimEnd());
  }
  return lines.join('\n');
}

function json(walker: Walker, symbol: string, bids: Level[], asks: Level[]): string {
  const rows = (levels: Level[]): number[][] => levels.map((l) => [l.price, l.qty, l.orders]);
  const head = { symbol, message_index: walker.messages, ts_event_ns: walker.lastTsNs };
  return JSON.stringify({ ...head, bids: rows(bids), asks: rows(asks) });
}

function* stops(walker: Walker, options: BookOptions): Generator<void> {
  const asked = [options.atMessage, options.atTime, options.atMessagesFrom];
  if (asked.filter((x) => x !== undefined).length > 1) {
    throw new CliError('give one of --at-message, --at-time and --at-messages-from');
  }
  if (options.atMessagesFrom !== undefined) {
    for (const n of readMessageNumbers(options.atMessagesFrom)) {
      walker.toMessage(n);
      yield;
    }
  } else if (options.atTime !== undefined) {
    walker.toTime(parseVenueTime(options.atTime));
    yield;
  } else {
    if (options.atMessage !== undefined) walker.toMessage(options.atMessage);
    else while (walker.advance(1 << 20));
    yield;
  }
}

export function bookCommand(program: Command): void {
  sourceOptions(program.command('book').argument('<file>', SOURCE_WORDS))
    .description('print the book of one symbol at a message, a time, or many messages')
    .requiredOption('--symbol <symbol>', 'symbol to print')
    .option('--at-message <n>', 'after this many messages (default: all)', natural)
    .option('--at-time <HH:MM:SS[.n]>', 'after the last message not later than this venue time')
    .option('--at-messages-from <csv>', 'at each message number of the first column, ascending')
    .option('--depth <levels>', 'levels a side', natural, 10)
    .addOption(choice('--format <format>', ['table', 'csv', 'json'], 'table'))
    .addOption(choice('--impl <impl>', ['rust', 'reference', 'cpp', 'ts'], 'rust'))
    .action((file: string, options: BookOptions) => {
      const walker = openSource(file, options, options.impl);
      if (options.format === 'csv') console.log(csvHeader(options.depth));
      const lines: string[] = [];
      for (const _ of stops(walker, options)) {
        const id = symbolOf(walker, options.symbol, file);
        const bids = walker.levels(id, 0, options.depth);
        const asks = walker.levels(id, 1, options.depth);
        if (options.format === 'csv') lines.push(csvRow(walker, bids, asks, options.depth));
        else if (options.format === 'json') lines.push(json(walker, options.symbol, bids, asks));
        else lines.push(table(walker, options.symbol, bids, asks));
        if (lines.length >= 1000) console.log(lines.splice(0).join('\n'));
      }
      if (lines.length > 0) console.log(lines.join('\n'));
      if (walker.ended) requireWhole(file, walker.summary());
    });
}
