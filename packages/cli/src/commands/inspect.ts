// `wavetank inspect`: what a file holds: message types, symbols, time span, the first error.

import { openWalk } from '@wavetank/native';
import type { Command } from 'commander';
import { CliError } from '../exit.ts';
import { nameOf, SOURCE_WORDS, type SourceOptions, sourceOf, sourceOptions } from '../source.ts';
import { printStatus } from '../trading-status.ts';
import { formatVenueTime } from '../venue-time.ts';

/** Names of the ITCH 5.0 message types (NASDAQ TotalView-ITCH 5.0, section 1). */
const TYPE_NAMES: Record<string, string> = {
  S: 'system event',
  R: 'stock directory',
  H: 'trading action',
  Y: 'Reg SHO restriction',
  L: 'market participant position',
  V: 'market-wide circuit breaker levels',
  W: 'market-wide circuit breaker status',
  K: 'IPO quoting period',
  J: 'LULD auction collar',
  h: 'operational halt',
  A: 'add order',
  F: 'add order with attribution',
  E: 'order executed',
  C: 'order executed with price',
  X: 'order cancel',
  D: 'order delete',
  U: 'order replace',
  P: 'trade, non-displayed',
  Q: 'cross trade',
  B: 'broken trade',
  I: 'net order imbalance',
  N: 'retail interest',
  O: 'direct listing price discovery',
};

interface InspectOptions extends SourceOptions {
  status?: boolean;
  symbol?: string;
  json?: boolean;
}

const grouped = (value: number): string => value.toLocaleString('en-US');

export function inspectCommand(program: Command): void {
  sourceOptions(program.command('inspect').argument('<file>', SOURCE_WORDS))
    .description('print message types, symbols, time span and the first error of a file')
    .option('--status', 'print the trading status at the end: halts, LULD, MWCB, Reg SHO, IPO, …')
    .option('--symbol <symbol>', 'with --status: this symbol only, its participants too')
    .option('--json', 'print one JSON object')
    .action((file: string, options: InspectOptions) => {
      if (options.status) {
        printStatus(file, options);
        return;
      }
      if (options.symbol !== undefined) throw new CliError('--symbol needs --status');
      const walk = openWalk({ ...options, source: sourceOf(file), implementation: 'rust' });
      while (walk.advance(1 << 20));
      const summary = walk.summary();
      const symbols = [...walk.symbols().keys()];
      if (options.json) {
        console.log(JSON.stringify({ file, ...summary, symbol_names: symbols }));
        return;
      }
      const span =
        summary.first_ts_ns === null
          ? 'no events'
          : `${formatVenueTime(summary.first_ts_ns)} to ${formatVenueTime(summary.last_ts_ns)}`;
      console.log(
        `${nameOf(file)}: ${grouped(summary.messages)} messages, ${grouped(summary.position_bytes)} bytes, ${span}`,
      );
      for (const [type, count] of Object.entries(summary.messages_by_type)) {
        console.log(`  ${type}  ${grouped(count).padStart(14)}  ${TYPE_NAMES[type] ?? 'unknown'}`);
      }
      const more = symbols.length > 12 ? `, … ${grouped(symbols.length - 12)} more` : '';
      console.log(`symbols: ${symbols.slice(0, 12).join(', ') || 'none named'}${more}`);
      for (const [status, count] of Object.entries(summary.book?.statuses ?? {})) {
        console.log(`  ${status.padEnd(16)} ${grouped(count).padStart(12)} events`);
      }
      const error = summary.first_error;
      console.log(
        error === null
          ? 'errors: none'
          : `errors: ${grouped(summary.parse_errors)}, the first at byte ${error.offset_bytes}: ${error.reason}`,
      );
    });
}
