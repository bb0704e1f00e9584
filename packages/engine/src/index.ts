// What other programs see of the engine: its entry, its options, and a way to run it in-process.
import { fileURLToPath } from 'node:url';

export { type EngineOptions, parseOptions, USAGE, UsageError } from './options.ts';
export { type RunningEngine, startEngine } from './start.ts';

/** Path of the process entry. */
export const ENGINE_ENTRY: string = fileURLToPath(new URL('./main.ts', import.meta.url));
export type { Fault, Part, VerifyReport } from './verify/report.ts';
export { VerifyError, type VerifyOptions, verifyRun } from './verify/verify.ts';
