// In: the name of a kind. Out: its module and its parameters' ranges. One line a kind.
import { STORM_KINDS } from '@wavetank/abi';
import { CancellationStorm } from './cancellation-storm.ts';
import { FlashCrash } from './flash-crash.ts';
import { LatencyArbProxy } from './latency-arb-proxy.ts';
import { MomentumIgnition } from './momentum-ignition.ts';
import { PhantomLiquidity } from './phantom-liquidity.ts';
import { RAMP, ramped } from './ramp.ts';
import type { StormModule } from './types.ts';

/** A parameter of a kind as the schema has it. */
export interface ParamRange {
  name: string;
  unit: string;
  min: number;
  max: number;
  default: number;
  doc: string;
}

/** A kind as the schema has it. */
export interface StormKindInfo {
  name: string;
  number: number;
  imitates: string;
  params: readonly ParamRange[];
}

/** A kind with its module's state left opaque. */
export type AnyStorm = StormModule<unknown>;

const asAny = <S>(storm: StormModule<S>): AnyStorm => storm as unknown as AnyStorm;

const MODULES: readonly AnyStorm[] = [
  asAny(PhantomLiquidity),
  asAny(CancellationStorm),
  asAny(MomentumIgnition),
  asAny(FlashCrash),
  asAny(LatencyArbProxy),
].map(ramped);

/** Every kind that ships, in the order of the schema; each can be ramped. */
export const stormKinds: readonly StormKindInfo[] = STORM_KINDS.map((kind) => ({
  ...kind,
  params: [...kind.params, RAMP],
}));

/** A kind: what lists show of it, and its code. */
export interface Kind {
  info: StormKindInfo;
  module: AnyStorm;
}

/** Kinds that ship and have a module. */
export const shippedKinds: readonly Kind[] = stormKinds.flatMap((info) => {
  const module = MODULES.find((storm) => storm.name === info.name);
  return module === undefined ? [] : [{ info, module }];
});

/** The module of a kind; `undefined` when there is none of this name. */
export const stormModule = (name: string): AnyStorm | undefined =>
  MODULES.find((storm) => storm.name === name);

/** Names that have a module. */
export const stormNames = (): string[] => MODULES.map((storm) => storm.name);

/** A parameter that is unknown, not a whole number, or out of range. */
export interface ParamFault {
  param: string;
  message: string;
}

/** Given parameters with defaults filled in, or the first fault. */
export function fillParams(
  kind: StormKindInfo,
  given: Readonly<Record<string, unknown>> = {},
): { params: Record<string, number> } | { fault: ParamFault } {
  const known = new Map(kind.params.map((range) => [range.name, range]));
  for (const name of Object.keys(given)) {
    if (!known.has(name)) {
      return { fault: { param: name, message: `${kind.name} has no parameter ${name}` } };
    }
  }
  const params: Record<string, number> = {};
  for (const range of kind.params) {
    const value = Object.hasOwn(given, range.name) ? given[range.name] : range.default;
    if (
      typeof value !== 'number' ||
      !Number.isInteger(value) ||
      value < range.min ||
      value > range.max
    ) {
      const message = `${range.name} must be a whole number from ${range.min} to ${range.max} ${range.unit}`;
      return { fault: { param: range.name, message } };
    }
    params[range.name] = value;
  }
  return { params };
}
