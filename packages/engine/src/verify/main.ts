// A process that judges recorded runs for another program: `verify DIR [SOURCE]` or `diff DIR DIR`.
// Says over IPC how far it is and what it found; it ends when its parent does.
import { compareRuns, type RunComparison } from './compare.ts';
import type { VerifyReport } from './report.ts';
import { VerifyError, verifyRun } from './verify.ts';

const SAY_EVERY_MS = 100;

type Said =
  | { type: 'progress'; part: string; done: number; of: number }
  | { type: 'report'; report: VerifyReport | RunComparison }
  | { type: 'refused'; detail: string };

const say = (said: Said): Promise<void> =>
  new Promise((resolve) => {
    if (process.send === undefined) resolve();
    else process.send(said, undefined, undefined, () => resolve());
  });

/** The parts run without yielding, so what is said is said at once, and not too often. */
function teller(): (part: string, done: number, of: number) => void {
  let told = 0;
  return (part, done, of) => {
    const now = performance.now();
    if (now - told < SAY_EVERY_MS) return;
    told = now;
    void say({ type: 'progress', part, done, of });
  };
}

async function judged(words: readonly string[]): Promise<VerifyReport | RunComparison> {
  const [what, first = '', second] = words;
  if (what === 'diff') return compareRuns(first, second ?? '');
  if (what !== 'verify') throw new VerifyError(`"${what}" is neither verify nor diff`);
  const source = second === undefined ? {} : { source: second };
  return verifyRun(first, { ...source, progress: teller() });
}

process.on('disconnect', () => process.exit(0));
try {
  await say({ type: 'report', report: await judged(process.argv.slice(2)) });
} catch (error) {
  if (!(error instanceof VerifyError)) throw error;
  await say({ type: 'refused', detail: error.message });
}
process.exit(0);
