// In: a file argument and its options. Out: an open walker, or a message that says what is wrong.
import { existsSync, statSync } from 'node:fs';
import type { Command } from 'commander';
import { CliError } from './exit.ts';
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

export function requireFile(file: string): void {
  if (!existsSync(file)) throw new CliError(`${file}: no such file`);
  if (!statSync(file).isFile()) throw new CliError(`${file}: not a file`);
}

export function openSource(
  file: string,
  options: SourceOptions,
  implementation: Implementation,
): Walker {
  requireFile(file);
  return openWalker({ ...options, source: { path: file }, implementation });
}

/** Locate of a symbol the walk has met; names near misses when there is none. */
export function symbolOf(walker: Walker, symbol: string, file: string): number {
  const symbols = walker.symbols();
  const found = symbols.get(symbol);
  if (found !== undefined) return found;
  const near = [...symbols.keys()].filter((s) => s.startsWith(symbol.slice(0, 1))).slice(0, 8);
  const hint = near.length > 0 ? `; it has ${near.join(', ')}` : '';
  throw new CliError(`${file}: no symbol ${symbol} after ${walker.messages} messages${hint}`);
}
