// What the engine and other programs see of the storms.
export { StormFault, type StormFaultCode } from './fault.ts';
export { type Intensity, intensityOf } from './intensity.ts';
export {
  addOwn,
  cancelOwn,
  encodeIntents,
  type Intent,
  release,
  take,
  withdraw,
} from './intent.ts';
export { judgedInit, judgedStep } from './judge.ts';
export { KindTable } from './kinds.ts';
export { type OwnStorm, ownKind, ownNumber } from './own-kind.ts';
export { between, philox4x32, type SeedWords, seedWords, type Words, words } from './philox.ts';
export { type Quote, requote } from './quotes.ts';
export { rampedStalls } from './ramp.ts';
export {
  type AnyStorm,
  fillParams,
  type Kind,
  type ParamFault,
  type ParamRange,
  type StormKindInfo,
  stormKinds,
  stormModule,
  stormNames,
} from './registry.ts';
export type { Step, StormModule, StormParams, Touch } from './types.ts';
export { StormView } from './view.ts';
