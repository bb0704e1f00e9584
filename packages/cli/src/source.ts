// In: a file argument and its options. Out: an open walker, or a message that says what is wrong.
import { statSync } from 'node:fs';
import { isatty } from 'node:tty';
import type { WalkSource, WalkSummary } from '@wavetank/native';
import type { Command } from 'commander';
import { CliError, EXIT } from './exit.ts';
import { choice } from './options.ts';
import { type Implementation, openWalker, type Walker } from './walker.ts';

export interface SourceOptions {
  framing: 'auto' | 'binaryfile' | 'raw';
  parser: 'zig' | 'rust';
}

/** Options every command that reads a file shares. */
export function sourceOptions(command: Command): Command {
  return command
    .addOption(choice('--framing <framing>', ['auto', 'binaryfile', 'raw'], 'auto'))
    .addOption(choice('--parser <parser>', ['zig', 'rust'], 'zig'));
}

/** The file argument that means standard input, or for what writes, standard output. */
export const STANDARD = '-';
/** What the file argument of a reading command says of itself. */
export const SOURCE_WORDS = 'ITCH 5.0 file, plain or .gz; - reads standard input';

/** What a file argument names; `-` is what comes in on standard input. */
export function sourceOf(file: string): WalkSource {
  if (file === STANDARD) {
    if (isatty(0)) throw new CliError('standard input is a terminal; pipe ITCH 5.0 into it');
    return { stdin: true };
  }
  requireFile(file);
  return { path: file };
}

/** How a file argument is called in messages. */
export const nameOf = (file: string): string => (file === STANDARD ? 'standard input' : file);

export function requireFile(file: string): void {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) throw new CliError(`${file}: no such file`);
  if (!found.isFile()) throw new CliError(`${file}: not a file`);
}

const grouped = (value: number): string => value.toLocaleString('en-US');

/** Tells what could not be read, once the rest is printed; that is no success. */
export function requireWhole(file: string, summary: WalkSummary): void {
  if (summary.first_error === null) return;
  const { offset_bytes, reason } = summary.first_error;
  console.error(
    `${nameOf(file)}: ${grouped(summary.parse_errors)} unreadable, ${grouped(summary.skipped_bytes)} bytes ` +
      `skipped; the first at byte ${offset_bytes}: ${reason}`,
  );
  throw new CliError(`${nameOf(file)}: not all of it could be read`, EXIT.failed);
}

export function openSource(
  file: string,
  options: SourceOptions,
  implementation: Implementation,
): Walker {
  return openWalker({ ...options, source: sourceOf(file), implementation });
}

/** Locate of a symbol the walk has met; names near misses when there is none. */
export function symbolOf(walker: Walker, symbol: string, file: string): number {
  const symbols = walker.symbols();
  const found = symbols.get(symbol);
  if (found !== undefined) return found;
  const first = symbol.slice(0, 1).toUpperCase();
  const near = [...symbols.keys()].filter((s) => s.startsWith(first)).slice(0, 8);
  const hint = near.length > 0 ? `; it has ${near.join(', ')}` : '';
  throw new CliError(
    `${nameOf(file)}: no symbol ${symbol} after ${walker.messages} messages${hint}`,
  );
}
