// In: trials. Out: their outcomes in the same order, run in one child process a core. A child that fails
// fails the whole.
import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { CliError, EXIT } from '../exit.ts';
import type { Trial } from './plan.ts';
import type { Outcome } from './trial.ts';

const WORKER = fileURLToPath(new URL('./worker.ts', import.meta.url));

export async function runTrials(
  trials: Trial[],
  told: (outcome: Outcome) => void,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    const child = fork(WORKER);
    try {
      for (let at = next++; at < trials.length; at = next++) {
        const outcome = await ask(child, trials[at] as Trial);
        outcomes[at] = outcome;
        told(outcome);
      }
    } finally {
      if (child.connected) child.disconnect();
    }
  };
  const workers = Math.min(availableParallelism(), trials.length);
  await Promise.all(Array.from({ length: workers }, work));
  return outcomes;
}

function ask(child: ChildProcess, trial: Trial): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const ended = (): void =>
      reject(new CliError(`the trial "${trial.name}" failed`, EXIT.aborted));
    child.once('exit', ended);
    child.once('message', (outcome) => {
      child.off('exit', ended);
      resolve(outcome as Outcome);
    });
    child.send(trial);
  });
}
