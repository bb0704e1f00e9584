// In: parameters of a request as they came. Out: values of the right type, or PARAM_INVALID with the
// name, the value and what was expected.
import { EngineError } from './errors.ts';

export type Params = Readonly<Record<string, unknown>>;

function bad(name: string, value: unknown, expected: string): EngineError {
  const shown = value === undefined ? 'is missing' : `is ${JSON.stringify(value)}`;
  return new EngineError('PARAM_INVALID', `${name} ${shown}, expected ${expected}`);
}

export function text(params: Params, name: string): string {
  const value = params[name];
  if (typeof value === 'string' && value !== '') return value;
  throw bad(name, value, 'a text');
}

export function optionalText(params: Params, name: string): string | undefined {
  return params[name] === undefined || params[name] === null ? undefined : text(params, name);
}

export function whole(params: Params, name: string, min: number, max: number): number {
  const value = params[name];
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) {
    return value;
  }
  throw bad(name, value, `a whole number from ${min} to ${max}`);
}

export function optionalWhole(
  params: Params,
  name: string,
  min: number,
  max: number,
): number | undefined {
  return params[name] === undefined ? undefined : whole(params, name, min, max);
}

export function flag(params: Params, name: string): boolean {
  const value = params[name];
  if (typeof value === 'boolean') return value;
  throw bad(name, value, 'true or false');
}

export function texts(params: Params, name: string): string[] {
  const value = params[name];
  if (value === undefined) return [];
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  throw bad(name, value, 'a list of texts');
}

export function object(params: Params, name: string): Params | undefined {
  const value = params[name];
  if (value === undefined) return undefined;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Params;
  throw bad(name, value, 'an object');
}
