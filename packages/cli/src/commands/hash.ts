// `wavetank hash`: the digest of a file by one implementation or all, one line each:
// `impl<TAB>scheme<TAB>digest`, with --every `message_index` first. Differing digests: exit 6.
import type { Command } from 'commander';
import { CliError, EXIT } from '../exit.ts';
import { choice, natural } from '../options.ts';
import {
  openSource,
  requireWhole,
  SOURCE_WORDS,
  type SourceOptions,
  STANDARD,
  sourceOptions,
  symbolOf,
} from '../source.ts';
import { IMPLEMENTATIONS, type Implementation, type Walker } from '../walker.ts';

export const L2_SCHEME = 'FLOWLAB-L2-v1';
export const MARKET_SCHEME = 'WAVETANK-MARKET-v1';

interface HashOptions extends SourceOptions {
  symbol?: string;
  every?: number;
  impl: Implementation | 'all';
}

type Digest = [scheme: string, digest: string];

/** One instrument: its L2 hash; several: the market digest. */
async function digestOf(walker: Walker, file: string, symbol: string | undefined): Promise<Digest> {
  if (symbol !== undefined) return [L2_SCHEME, await walker.l2Hash(symbolOf(walker, symbol, file))];
  const [only, ...others] = walker.instruments();
  if (only !== undefined && others.length === 0) return [L2_SCHEME, await walker.l2Hash(only)];
  return [MARKET_SCHEME, await walker.marketDigest()];
}

async function* digests(
  walker: Walker,
  file: string,
  options: HashOptions,
): AsyncGenerator<[index: number, ...Digest]> {
  const every = options.every ?? Number.MAX_SAFE_INTEGER;
  if (every === 0) throw new CliError('--every 0: expected 1 or more messages');
  let at = -1;
  while (walker.advance(every)) {
    if (options.symbol !== undefined && !walker.symbols().has(options.symbol)) continue;
    at = walker.messages;
    if (options.every !== undefined) yield [at, ...(await digestOf(walker, file, options.symbol))];
  }
  if (at !== walker.messages)
    yield [walker.messages, ...(await digestOf(walker, file, options.symbol))];
}

export function hashCommand(program: Command): void {
  sourceOptions(program.command('hash').argument('<file>', SOURCE_WORDS))
    .description('print the canonical digest of the book after the file')
    .option('--symbol <symbol>', 'L2 hash of this symbol')
    .option('--every <n>', 'also after every n messages, message_index first', natural)
    .addOption(choice('--impl <impl>', [...IMPLEMENTATIONS, 'all'], 'rust'))
    .action(async (file: string, options: HashOptions) => {
      if (options.impl === 'all' && file === STANDARD) {
        throw new CliError('--impl all reads its source more than once: give a file');
      }
      const chosen = options.impl === 'all' ? IMPLEMENTATIONS : [options.impl];
      const walkers = chosen.map((impl) => openSource(file, options, impl));
      const walks = walkers.map((walker) => digests(walker, file, options));
      let agree = true;
      for (;;) {
        const steps = await Promise.all(walks.map((walk) => walk.next()));
        const rows = steps.map((step) => step.value ?? undefined);
        const [first] = rows;
        if (first === undefined || rows.includes(undefined)) break;
        rows.forEach((row, i) => {
          const [index, ...digest] = row ?? first;
          const columns = [chosen[i], ...digest];
          console.log((options.every === undefined ? columns : [index, ...columns]).join('\t'));
          agree &&= digest[1] === first[2];
        });
      }
      if (!agree) {
        throw new CliError(
          'the implementations disagree; run wavetank gate --file',
          EXIT.digestMismatch,
        );
      }
      const [walker] = walkers;
      if (walker !== undefined) requireWhole(file, walker.summary());
    });
}
