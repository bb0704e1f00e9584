// In: what a user's storm file exports by default, and the number its name gives. Out: a kind like those
// that ship, or STORM_FILE_EXPORT with what is missing. Reads no file.
import { USER_STORM_KIND_BIT } from '@wavetank/abi';
import { StormFault } from './fault.ts';
import { RAMP, ramped } from './ramp.ts';
import type { AnyStorm, Kind, ParamRange } from './registry.ts';
import type { StormModule } from './types.ts';

const NAME = /^[A-Z][A-Za-z0-9]{1,31}$/;
const PARAM_NAME = /^[a-z][a-z0-9_]{0,63}$/;
const LOW_BITS = 0x7fffn;

/** What a storm file exports by default, besides the module itself. */
export interface OwnStorm<S> extends Omit<StormModule<S>, 'stalls'> {
  /** One sentence for lists and the desk. */
  imitates: string;
  /** Parameters that may be given at the start; none when left out. */
  params?: readonly ParamRange[];
}

/** Number of a user's kind: from XXH64 of its name. */
export const ownNumber = (xxh64: bigint): number => USER_STORM_KIND_BIT | Number(xxh64 & LOW_BITS);

const bad = (what: string): StormFault => new StormFault('STORM_FILE_EXPORT', what);

function judgedRange(range: unknown): ParamRange {
  const { name, unit, min, max, default: preset, doc } = (range ?? {}) as ParamRange;
  if (typeof name !== 'string' || !PARAM_NAME.test(name)) {
    throw bad(`a parameter is named ${JSON.stringify(name)}, expected snake_case`);
  }
  if (name === RAMP.name) throw bad(`parameter ${name} belongs to every kind`);
  if (typeof unit !== 'string' || typeof doc !== 'string') throw bad(`${name} needs unit and doc`);
  const whole = [min, max, preset].every((n) => Number.isSafeInteger(n));
  if (!whole || min > preset || preset > max) {
    throw bad(`${name} needs whole numbers with min <= default <= max`);
  }
  return { name, unit, min, max, default: preset, doc };
}

/** Judges an export; `numberOf` gives the number of a name. */
export function ownKind(exported: unknown, numberOf: (name: string) => number): Kind {
  if (typeof exported !== 'object' || exported === null) {
    throw bad('the file has no default export; it must be a storm, see docs/storms.md');
  }
  const { name, number, imitates, init, step, params = [] } = exported as OwnStorm<unknown>;
  if (typeof name !== 'string' || !NAME.test(name)) {
    throw bad(`name is ${JSON.stringify(name)}, expected a capital and 1 to 31 letters or digits`);
  }
  if (number !== numberOf(name)) {
    throw bad(`number is ${JSON.stringify(number)}, for ${name} it is ${numberOf(name)}`);
  }
  if (typeof imitates !== 'string') throw bad(`${name} needs imitates, a sentence`);
  if (typeof init !== 'function') throw bad(`${name} needs init(params, seed)`);
  if (typeof step !== 'function') throw bad(`${name} needs step(state, view)`);
  if (!Array.isArray(params)) throw bad(`params of ${name} must be a list`);
  const ranges = [...params.map(judgedRange), RAMP];
  if (new Set(ranges.map((range) => range.name)).size < ranges.length) {
    throw bad(`two parameters of ${name} have one name`);
  }
  const info = { name, number, imitates, params: ranges };
  return { info, module: ramped(exported as AnyStorm) };
}
