// In: the checkout. Out: everything that is stale, built; status 2 and what to do when a step fails.
import { runStep } from './step.ts';
import { STEPS } from './steps.ts';

for (const step of STEPS) {
  try {
    runStep(step);
  } catch (error) {
    console.error(`${step.name}: ${(error as Error).message}`);
    console.error(`  what to do: ${step.remedy}`);
    process.exit(2);
  }
}
