// `wavetank score`: the storms that ship over a grid of markets, and what the detectors and the regime
// make of them; exit 1 when a figure is missed.
import { Detector } from '@wavetank/abi';
import { type Command, Option } from 'commander';
import { CliError, EXIT } from '../exit.ts';
import { fixture } from '../fixtures.ts';
import { count, natural } from '../options.ts';
import { goals } from '../score/goals.ts';
import { FIRST_SCORE_SEED, FULL, type Grid, QUICK, RECORDED_HOUR, trials } from '../score/plan.ts';
import { runTrials } from '../score/pool.ts';
import { lines } from '../score/table.ts';
import { muted, tally } from '../score/tally.ts';
import { requireFile } from '../source.ts';

interface ScoreOptions {
  json?: true;
  quick?: true;
  seeds?: number;
  firstSeed: number;
  itch?: string;
  symbol: string;
  mute?: string;
}

function recording(options: ScoreOptions): Grid['recorded'] {
  const path = options.itch ?? (options.quick ? undefined : fixture(RECORDED_HOUR));
  if (path === undefined) return undefined;
  requireFile(path);
  return { path, symbol: options.symbol };
}

function grid(options: ScoreOptions): Grid {
  const size = options.quick === true ? QUICK : FULL;
  const seeds = options.seeds ?? (options.quick === true ? 2 : 3);
  return { ...size, seeds, first_seed: options.firstSeed, recorded: recording(options) };
}

async function score(options: ScoreOptions): Promise<void> {
  const planned = trials(grid(options));
  let done = 0;
  const outcomes = await runTrials(planned, ({ trial }) => {
    console.error(`${++done}/${planned.length} ${trial.name}`);
  });
  const result = tally(outcomes.map((outcome) => muted(outcome, options.mute)));
  const judged = goals(result);
  if (options.json === true) console.log(JSON.stringify({ ...result, goals: judged }, null, 2));
  else for (const line of lines(result, judged)) console.log(line);
  const missed = judged.filter((goal) => !goal.met).length;
  if (missed > 0) throw new CliError(`${missed} figures missed`, EXIT.failed);
}

export function scoreCommand(program: Command): void {
  const mute = new Option('--mute <detector>', 'leave out what it says: the score must fail');
  program
    .command('score')
    .description('score detectors and regime against the storms that ship')
    .option('--json', 'as JSON')
    .option('--quick', 'a small synthetic grid: about a minute')
    .option('--seeds <n>', 'market seeds of each price and rate (3; quick: 2)', count)
    .option('--first-seed <n>', 'the first of them', natural, FIRST_SCORE_SEED)
    .option('--itch <file>', 'a recorded hour (the recorded fixture, where it is; quick: none)')
    .option('--symbol <symbol>', 'its symbol', 'AAPL')
    .addOption(mute.choices(Object.keys(Detector)))
    .action(score);
}
