// `wavetank gate`: four books and two parsers must agree on every stream; exit 6 when they do not.
import type { Command } from 'commander';
import { CliError, EXIT } from '../exit.ts';
import { compare, type Divergence } from '../gate/compare.ts';
import {
  type GateStream,
  goldenStreams,
  referenceStreams,
  seededStreams,
} from '../gate/streams.ts';
import { WITNESSES } from '../gate/witnesses.ts';
import { count, natural } from '../options.ts';
import { requireFile } from '../source.ts';

interface GateOptions {
  file?: string;
  symbol?: string;
  expect?: string;
  seed: number;
  seeds: number;
  messages: number;
}

function streams(options: GateOptions): GateStream[] {
  const own = [
    ...referenceStreams(),
    ...goldenStreams(),
    ...seededStreams(options.seed, options.seeds, options.messages),
  ];
  if (options.file === undefined) return own;
  requireFile(options.file);
  const given = { source: { path: options.file }, framing: 'auto' as const };
  // First: what is wrong with it is told before the others take their time.
  return [{ name: options.file, ...given, symbol: options.symbol, expect: options.expect }, ...own];
}

function judgeWords({ file, symbol, expect }: GateOptions): void {
  if (symbol !== undefined && file === undefined) throw new CliError('--symbol needs --file');
  if (expect === undefined) return;
  if (symbol === undefined) throw new CliError('--expect needs --symbol');
  if (!/^[0-9a-f]{16}$/.test(expect)) {
    throw new CliError(`--expect ${expect}: expected an L2 hash, 16 lower-case hex digits`);
  }
}

function report(stream: GateStream, divergence: Divergence): void {
  console.log(`FAIL ${stream.name}: first difference after message ${divergence.message}`);
  console.log(`     ${divergence.left}`);
  console.log(`     ${divergence.right}`);
  for (const line of divergence.lines.slice(0, 40)) console.log(`     ${line}`);
}

/** True when all witnesses agree with each other and with what is expected. */
async function judge(stream: GateStream): Promise<{ good: boolean; messages: number }> {
  const verdict = await compare(stream, WITNESSES);
  if ('divergence' in verdict) {
    report(stream, verdict.divergence);
    return { good: false, messages: 0 };
  }
  const { messages, l2Hash, marketDigest, unreadable } = verdict.agreement;
  if (stream.symbol !== undefined && l2Hash === undefined) {
    throw new CliError(`${stream.name}: no symbol ${stream.symbol} in ${messages} messages`);
  }
  const digest = l2Hash ?? marketDigest;
  if (stream.expect !== undefined && digest !== stream.expect) {
    console.log(`FAIL ${stream.name}: all agree on ${digest}, expected ${stream.expect}`);
    return { good: false, messages };
  }
  const damage = unreadable === 0 ? '' : ` (${unreadable} unreadable)`;
  console.log(`ok   ${stream.name}: ${messages} messages, ${digest}${damage}`);
  return { good: true, messages };
}

export function gateCommand(program: Command): void {
  program
    .command('gate')
    .description('make four books and two parsers agree on every digest')
    .option('--file <file>', 'also this ITCH file')
    .option('--symbol <symbol>', 'compare this symbol of the file by its L2 hash')
    .option('--expect <hash>', 'L2 hash that the symbol must end in')
    .option('--seed <n>', 'first seed of the seeded streams', natural, 1)
    .option('--seeds <n>', 'seeds of each profile', natural, 2)
    .option('--messages <n>', 'messages of each seeded stream', count, 20_000)
    .action(async (options: GateOptions) => {
      judgeWords(options);
      const results: Awaited<ReturnType<typeof judge>>[] = [];
      for (const stream of streams(options)) results.push(await judge(stream));
      const failed = results.filter((result) => !result.good).length;
      const messages = results.reduce((sum, result) => sum + result.messages, 0);
      console.log(
        `gate: ${results.length - failed} of ${results.length} streams agree over ${WITNESSES.length} witnesses, ${messages} messages`,
      );
      if (failed > 0)
        throw new CliError(`${failed} of ${results.length} streams failed`, EXIT.digestMismatch);
    });
}
