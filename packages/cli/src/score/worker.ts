// A child process of a score: trials come over IPC one at a time, outcomes go back.
import type { Trial } from './plan.ts';
import { runTrial } from './trial.ts';

process.on('message', (trial: Trial) => {
  runTrial(trial).then(
    (outcome) => process.send?.(outcome),
    (error: unknown) => {
      console.error(`${trial.name}: ${error instanceof Error ? error.message : String(error)}`);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit(0));
