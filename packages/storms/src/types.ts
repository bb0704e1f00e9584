// The shape of a storm. In: parameters, a seed, and a view at each quantum end. Out: intents.
import type { Intent } from './intent.ts';
import type { StormView } from './view.ts';

/** What a storm is started with; every number is a whole number. */
export interface StormParams {
  /** 0 to 1 000 000. */
  severity_ppm: number;
  /** Virtual milliseconds from the first view to the end. */
  duration_ms: number;
  /** Parameters of the kind by name, within the ranges of the schema. */
  params: Readonly<Record<string, number>>;
}

/** The touch after the intents of a step, 1/10000 dollar; 0 = an empty side. */
export interface Touch {
  bid: number;
  ask: number;
}

/** State and intents after one quantum. */
export interface Step<S> {
  state: S;
  intents: Intent[];
}

/**
 * A storm: pure, seeded, integers only. Its state is plain data that JSON keeps exactly (≤64 KiB),
 * because it goes into checkpoints. At severity 0 it asks for nothing.
 */
export interface StormModule<S> {
  /** Name on the wire and in the schema. */
  name: string;
  /** Number of the kind. */
  number: number;
  init(params: StormParams, seed: bigint): S;
  step(state: S, view: StormView): Step<S>;
  /**
   * The effect that is seen now, in millionths of what severity 1 does at its height: the kind's own
   * measure, never below 0. In: the state after a step, the view that the step had, the touch that it
   * led to. Undefined while there is nothing to measure.
   */
  realised?(state: S, view: StormView, touch: Touch): number | undefined;
  /** Stalls of the delivery to a target, as [from, to) in ns since venue midnight, ascending. */
  stalls?(severity_ppm: number, seed: bigint, start_ns: number, end_ns: number): [number, number][];
}
