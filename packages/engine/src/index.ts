// What other programs see of the engine: its entry, its options, a way to run it in-process, and one
// timeline alone, in virtual time, without sockets.
import { fileURLToPath } from 'node:url';

export { ControlQueue } from './control-queue.ts';
export type { StormReport } from './native-answers.ts';
export { type EngineOptions, parseOptions, USAGE, UsageError } from './options.ts';
export { type RunningEngine, startEngine } from './start.ts';
export { StormLibrary, stormNumber } from './storm-library.ts';
export { type StormPlan, startStorm } from './storm-start.ts';
export { Timeline } from './timeline.ts';

/** Path of the process entry. */
export const ENGINE_ENTRY: string = fileURLToPath(new URL('./main.ts', import.meta.url));
export { EngineError } from './errors.ts';
export { type Arrived, FileSeek } from './seek/file-seek.ts';
export { type Place, parsePlace } from './seek/place.ts';
export type { Covered, SeekProgress } from './seek/seek-index.ts';
export { compareRuns, type RunComparison, type Unequal } from './verify/compare.ts';
export type { Fault, Part, VerifyReport } from './verify/report.ts';
export { runAt } from './verify/run-at.ts';
export { VerifyError, type VerifyOptions, verifyRun } from './verify/verify.ts';
