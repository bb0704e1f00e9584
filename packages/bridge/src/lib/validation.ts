// In: TypeBox schemas of bodies, queries and paths. Out: validators that convert nothing, fill in
// nothing and refuse unknown keys. A property may name the code of its refusal as `x-code`.
import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { ApiError } from './problem.ts';

interface Located {
  instancePath: string;
  schemaPath: string;
  message: string;
  keyword: string;
  params: object;
}

const PART_CODES: { [part: string]: string } = {
  body: 'BODY_INVALID',
  querystring: 'QUERY_INVALID',
  params: 'PARAMS_INVALID',
};

export const compileSchema: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const check = Compile(schema);
  return (value: unknown) => {
    if (check.Check(value)) return { value };
    return {
      error: refusal(schema, PART_CODES[httpPart ?? 'body'] ?? 'BODY_INVALID', check.Errors(value)),
    };
  };
};

/** Checks a value outside a route: throws what a route would answer. */
export function checked<T extends TSchema>(schema: T, part: string, value: unknown): void {
  const { error } = compileSchema({ schema, httpPart: part, method: '', url: '' })(value) as {
    error?: ApiError;
  };
  if (error !== undefined) throw error;
}

function refusal(schema: TSchema, code: string, all: readonly Located[]): ApiError {
  // An unknown key is told twice: by its object in words, by itself as a schema that is `false`.
  const named = all.filter((one) => one.keyword !== 'boolean');
  const found = named.length > 0 ? named : all;
  const errors = choices(found).slice(0, 8);
  const [first] = errors;
  const detail = first === undefined ? 'not as expected' : `${first.where}: ${first.expected}`;
  return new ApiError(codeOf(schema, found) ?? code, detail, { status: 400, errors });
}

/** What was expected, place by place; the ways of a choice are one answer. */
function choices(found: readonly Located[]): { where: string; expected: string }[] {
  const chosen = found.filter((one) => one.keyword === 'anyOf');
  const inChoice = (one: Located) => chosen.some((at) => at.instancePath === one.instancePath);
  const told = found.map((one) => {
    if (!inChoice(one)) return { where: where(one), expected: expected(one) };
    const ways = found.filter((way) => way.instancePath === one.instancePath && isWay(way, found));
    const words = new Set(ways.map((way) => expected(way).replace(/^must be /, '')));
    return { where: where(one), expected: `must be ${[...words].join(' or ')}` };
  });
  return [...new Map(told.map((each) => [JSON.stringify(each), each])).values()];
}

/** The type of a constant goes without saying. */
const isWay = (one: Located, all: readonly Located[]): boolean =>
  one.keyword !== 'anyOf' &&
  !(
    one.keyword === 'type' &&
    all.some((each) => each.keyword === 'const' && each.schemaPath === one.schemaPath)
  );

function where(one: Located): string {
  return one.instancePath === '' ? 'the whole' : one.instancePath.slice(1).replaceAll('/', '.');
}

function expected(one: Located): string {
  if (one.keyword === 'const') {
    return `must be ${JSON.stringify((one.params as { allowedValue: unknown }).allowedValue)}`;
  }
  if (one.keyword !== 'additionalProperties') return one.message;
  const { additionalProperties } = one.params as { additionalProperties?: string[] };
  return `must not have ${(additionalProperties ?? []).map((key) => JSON.stringify(key)).join(', ')}`;
}

/** The code that the first refused property names for itself. */
function codeOf(schema: TSchema, found: readonly Located[]): string | undefined {
  const { properties } = schema as { properties?: { [key: string]: { 'x-code'?: string } } };
  const [first] = found;
  if (first === undefined || first.keyword === 'additionalProperties') return undefined;
  return properties?.[first.instancePath.split('/')[1] ?? '']?.['x-code'];
}
