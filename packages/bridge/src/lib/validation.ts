// In: TypeBox schemas of bodies, queries and paths. Out: validators that convert nothing, fill in
// nothing and refuse unknown keys. A property may name the code of its refusal as `x-code`.
import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { ApiError } from './problem.ts';

interface Located {
  instancePath: string;
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
  const errors = found.slice(0, 8).map((one) => ({ where: where(one), expected: expected(one) }));
  const [first] = errors;
  const detail = first === undefined ? 'not as expected' : `${first.where}: ${first.expected}`;
  return new ApiError(codeOf(schema, found) ?? code, detail, { status: 400, errors });
}

function where(one: Located): string {
  return one.instancePath === '' ? 'the whole' : one.instancePath.slice(1).replaceAll('/', '.');
}

function expected(one: Located): string {
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
