// The native addon, checked and typed.
export { ADDON_PATH, type Addon, compareManifests, loadAddon } from './addon.ts';
export { NATIVE_CODES, NativeError, nativeError } from './errors.ts';
export { type Generating, type Generation, type GenerationTotals, generate } from './generate.ts';
export {
  gateProfiles,
  gateStream,
  nativeManifests,
  openWalk,
  type Parser,
  referenceBytes,
  Walk,
  type WalkOptions,
  type WalkSource,
  type WalkSummary,
} from './offline.ts';
export {
  FrameClass,
  INTENTS_MAX,
  type Landing,
  landSession,
  openSession,
  resumeSession,
  Session,
  type SessionConfig,
  type SourceSpec,
  StopReason,
  type StormState,
  type SyntheticSpec,
  sessionBeside,
  VIEW_BYTES,
  ViewAnswer,
} from './session.ts';
export {
  openStatusWalk,
  type StatusState,
  type StatusWalk,
  type SymbolStatus,
  type TradingStatus,
} from './status.ts';
export {
  type Difference,
  type LogReport,
  type LogText,
  logDifference,
  logRecords,
  Replay,
  type ReplayControl,
  type ReplayDigests,
  type ReplayPlan,
  type ReplayReport,
  readLog,
} from './verify.ts';
