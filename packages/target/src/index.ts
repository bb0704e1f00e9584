// Targets: poll one that may do anything, and a stand-in that behaves.
export {
  boundedGet,
  DEFAULT_GET_LIMITS,
  GetError,
  type GetFailure,
  type GetLimits,
} from './bounded-get.ts';
export { JsonRefused, type JsonValue, parseBounded } from './bounded-json.ts';
export {
  type DemoState,
  type DemoTarget,
  type DemoTargetOptions,
  startDemoTarget,
} from './demo/demo-target.ts';
export { L2Book, type L2Message } from './demo/l2-book.ts';
export { STYLES, type Style } from './demo/market-maker.ts';
export { StandIn } from './demo/stand-in.ts';
export {
  DEFAULT_TARGET_URL,
  type Health,
  type Poll,
  type PollerOptions,
  type PollFailure,
  type TargetNews,
  TargetPoller,
} from './poller.ts';
export type { Reaction, StormScore } from './score/storm-watch.ts';
export {
  type SloBreach,
  type TargetReport,
  TargetScore,
} from './score/target-score.ts';
export { loadTargetFile } from './spec/load.ts';
export { parseTarget, type TargetFault, TargetFileError, targetAtUrl } from './spec/parse.ts';
export { targetFileSchema } from './spec/schema.ts';
export {
  type LatencyClass,
  type Slo,
  sloOfClass,
  type TargetSpec,
  type TargetThresholds,
} from './spec/target-spec.ts';
export { readState, type TargetState } from './target-state.ts';
