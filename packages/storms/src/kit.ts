// All that the file of an own storm may import: intents, draws, whole-number arithmetic, types.
export { IntentOp, IntentResult } from '@wavetank/abi';
export { clamp, mulDiv, onTick } from './integer.ts';
export { addOwn, cancelOwn, type Intent, release, take, withdraw } from './intent.ts';
export type { OwnStorm } from './own-kind.ts';
export { between, type SeedWords, seedWords, type Words, words } from './philox.ts';
export { type Quote, requote } from './quotes.ts';
export { RECOVERY } from './recovery.ts';
export type { ParamRange } from './registry.ts';
export type { Step, StormParams, Touch } from './types.ts';
export type { LevelRows, OwnRows, StormView, TradeRows } from './view.ts';
export { raisedCosine, WAVE_ONE } from './wave.ts';
