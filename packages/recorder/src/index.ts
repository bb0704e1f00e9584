// The run folder: write it, close it after a death, list, read and check it.
export { type AbortFacts, closeAborted } from './abort.ts';
export { type BenchFault, BenchWatch } from './bench-watch.ts';
export { checkRun, type RunFault } from './check.ts';
export { type FileDigest, fileDigest } from './digest.ts';
export {
  chaosFlag,
  EVENT_TYPES,
  type EventFacts,
  type EventLine,
  type EventName,
  type Place,
} from './events.ts';
export { cutTornLine, type LineReport, readLines } from './line-reader.ts';
export { type LineFile, LineWriter } from './line-writer.ts';
export {
  EVENTS_FILE,
  RUN_FILE,
  type RunFile,
  type RunSource,
  type RunStatus,
  readRunFile,
  TICKS_FILE,
  writeRunFile,
} from './run-file.ts';
export { createRunFolder, isRunId, type RunFolder, runIdAt } from './run-folder.ts';
export {
  artefactPath,
  listRuns,
  RUN_ARTEFACTS,
  type RunFilter,
  type RunSummary,
} from './run-list.ts';
export type { RunOpening } from './run-shape.ts';
export { noTarget, type RunBreach, type RunScore, type RunTarget } from './run-target.ts';
export { type RunEnding, RunWriter, type SealDigests } from './run-writer.ts';
export { type StormFired, StormLedger } from './storm-ledger.ts';
export { regimeName, type TickLine, tickLine } from './tick-line.ts';
export {
  DEFAULT_THRESHOLDS,
  type Judgement,
  judge,
  type Thresholds,
  VERDICTS,
  type Verdict,
} from './verdict.ts';
