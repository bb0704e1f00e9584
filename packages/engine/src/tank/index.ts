// What tests of storms see: a market in virtual time, whole storm runs, and the standard proofs.
export {
  broken,
  falls,
  KIND_PROMISES,
  longPromise,
  medianEffects,
} from './kinds.ts';
export { MARKETS, syntheticMarket } from './markets.ts';
export { fireAll, leftBehind, onslaught } from './onslaught.ts';
export { median, type Proof, prove, type Subject } from './proofs.ts';
export { type Market, runCalm, runStorm, type StormRun } from './storm-run.ts';
export { type StormRequest, SYNTHETIC_SYMBOL, Tank, type TankOptions } from './tank.ts';
