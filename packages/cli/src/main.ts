// In: the words a person types. Out: one command run; results on stdout, progress and logs on stderr.
import { NativeError } from '@wavetank/native';
import { Command, CommanderError } from 'commander';
import { bookCommand } from './commands/book.ts';
import { demoTargetCommand } from './commands/demo-target.ts';
import { deskCommand } from './commands/desk.ts';
import { diffCommand } from './commands/diff.ts';
import { doctorCommand } from './commands/doctor.ts';
import { gateCommand } from './commands/gate.ts';
import { genCommand } from './commands/gen.ts';
import { hashCommand } from './commands/hash.ts';
import { inspectCommand } from './commands/inspect.ts';
import { replayCommand } from './commands/replay.ts';
import { runCommand } from './commands/run/run.ts';
import { scoreCommand } from './commands/score.ts';
import { stormCommand } from './commands/storm/storm.ts';
import { verifyCommand } from './commands/verify.ts';
import { CliError, EXIT } from './exit.ts';
import { fileTrouble } from './file-trouble.ts';

const program = new Command('wavetank')
  .description('Replay ITCH, fire storms of real order flow at a bot, record the run, prove it.')
  .showHelpAfterError('(wavetank <command> --help tells more)')
  .exitOverride();

program.addHelpText(
  'after',
  `
Start here:
  wavetank desk                                     the chaos desk on the synthetic market
  wavetank desk --itch feed.itch50 --symbol AAPL    the same on a recorded market
  wavetank replay feed.itch50                       a whole file, all symbols, with digests
  wavetank book feed.itch50 --symbol AAPL --at-time 10:00:00
  wavetank gen market.itch50 --messages 5M          a synthetic day, with totals to check by
  wavetank gate                                     four books and two parsers must agree
  wavetank run scenario.yaml                        storms at exact times, assertions, a report
  wavetank verify RUN                               a recorded run gives the same again
  wavetank diff A B                                 where two runs part
  wavetank score                                    how well the detectors see the storms

Exit codes: 0 well, 1 what was asked is false, 2 bad usage or input, 3 a scenario's steady
state was not met, 4 aborted, 5 inconclusive, 6 digests disagree, 130 interrupted.
Results on stdout, progress and logs on stderr.`,
);

for (const add of [
  deskCommand,
  replayCommand,
  bookCommand,
  hashCommand,
  gateCommand,
  inspectCommand,
  genCommand,
  runCommand,
  verifyCommand,
  stormCommand,
  diffCommand,
  scoreCommand,
  demoTargetCommand,
  doctorCommand,
]) {
  add(program);
}

// A reader that closes early (`| head`) is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.ok);
  throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.invalid;
  } else if (error instanceof CliError) {
    console.error(`wavetank: ${error.message}`);
    process.exitCode = error.exit;
  } else if (error instanceof NativeError && error.status < 500) {
    console.error(`wavetank: ${error.message} (${error.code})`);
    process.exitCode = EXIT.invalid;
  } else if (fileTrouble(error) !== undefined) {
    console.error(`wavetank: ${fileTrouble(error)}`);
    process.exitCode = EXIT.invalid;
  } else {
    throw error;
  }
}
