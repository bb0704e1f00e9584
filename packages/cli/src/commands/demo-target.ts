// `wavetank demo-target`: the stand-in bot, a market maker on paper, for demonstrations.
import { STYLES, type Style, startDemoTarget } from '@wavetank/target';
import type { Command } from 'commander';
import { CliError } from '../exit.ts';
import { choice, count, httpUrl, port } from '../options.ts';

interface DemoOptions {
  bridge: string;
  port: number;
  symbol?: string;
  token?: string;
  style: Style;
  quoteUsd: number;
  positionUsd: number;
}

async function demo(options: DemoOptions): Promise<void> {
  const stopped = new Promise<void>((stop) => {
    process.once('SIGINT', () => stop());
    process.once('SIGTERM', () => stop());
  });
  const target = await startDemoTarget({
    ...options,
    maker: { quote_usd: options.quoteUsd, position_usd: options.positionUsd },
    onRefused: (why) => console.error(`no feed: ${why}; asking again`),
  }).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'EADDRINUSE') throw cause;
    throw new CliError(`port ${options.port} is in use: stop what uses it, or choose --port N`);
  });
  console.log(`stand-in target: ${target.url}/api/state (trades on /feed of ${options.bridge})`);
  await stopped;
  await target.close();
}

export function demoTargetCommand(program: Command): void {
  program
    .command('demo-target')
    .description('run the stand-in bot: it makes a market on paper on /feed')
    .option('--bridge <url>', 'base URL of the desk', httpUrl, 'http://127.0.0.1:8080')
    .option('--port <n>', 'port of its two routes', port, 3001)
    .option('--symbol <symbol>', 'symbol to trade (default: the first the desk watches)')
    .addOption(choice('--style <style>', Object.keys(STYLES), 'careless'))
    .option('--quote-usd <n>', 'dollars of each quote', count, STYLES.careless.quote_usd)
    .option('--position-usd <n>', 'most that it holds', count, STYLES.careless.position_usd)
    .option('--token <secret>', 'token of a desk bound beyond this machine')
    .action(demo);
}
