// What a desk asks before and beside the stream: the past of a symbol, and the directory.
import { Type } from 'typebox';
import type { App } from '../app.ts';
import { MEASURE_NAMES, type Measure } from '../lib/history.ts';
import { ApiError } from '../lib/problem.ts';
import type { Parts } from '../parts.ts';
import { engineAnswer, refused, strict, symbol } from './fields.ts';

const ms = Type.String({ pattern: '^\\d{1,9}$', description: 'virtual ms since venue midnight' });
const POINTS_MAX = 1024;
const POINTS = 600;
const SYMBOLS = 20;

const historyQuery = strict({
  symbol: Type.Optional(symbol),
  from: Type.Optional(ms),
  to: Type.Optional(ms),
  points: Type.Optional(
    Type.String({ pattern: '^\\d{1,4}$', description: `buckets at most, 1 to ${POINTS_MAX}` }),
  ),
  measures: Type.Optional(
    Type.String({ maxLength: 1024, description: `a comma list of: ${MEASURE_NAMES.join(', ')}` }),
  ),
});

const range = Type.Array(Type.Union([Type.Number(), Type.Null()]));
const historyAnswer = Type.Object({
  symbol: Type.String(),
  from_ms: Type.Number(),
  to_ms: Type.Number(),
  bucket_ms: Type.Number(),
  epoch: Type.Integer({ description: 'timeline, as the header names it' }),
  t_ms: Type.Array(Type.Number(), { description: 'start of each bucket' }),
  measures: Type.Record(Type.String(), Type.Object({ min: range, max: range })),
});

const symbolsQuery = strict({
  query: Type.Optional(Type.String({ maxLength: 8, description: 'first letters' })),
  limit: Type.Optional(Type.String({ pattern: '^[1-9]\\d{0,3}$' })),
});

export async function marketRoutes(app: App, parts: Parts): Promise<void> {
  const { engine, history } = parts;
  const tags = ['market'];

  app.get(
    '/history',
    {
      schema: {
        tags,
        summary: 'Minimum and maximum per bucket of virtual time',
        querystring: historyQuery,
        response: { 200: historyAnswer, ...refused },
      },
    },
    async ({ query }) => {
      const asked = {
        ...(query.from === undefined ? {} : { from_ms: Number(query.from) }),
        ...(query.to === undefined ? {} : { to_ms: Number(query.to) }),
        points: points(query.points),
      };
      const wanted = query.symbol ?? onlySymbol(parts);
      const answer = history.read(wanted, asked, measures(query.measures));
      if (answer !== undefined) return answer;
      throw new ApiError('HISTORY_NONE', `nothing of ${wanted} has been seen in this timeline`);
    },
  );

  app.get(
    '/symbols',
    {
      schema: {
        tags,
        summary: 'Symbols that begin so',
        querystring: symbolsQuery,
        response: { 200: engineAnswer, ...refused },
      },
    },
    ({ query: { query, limit } }) =>
      engine.request('symbols', {
        ...(query === undefined || query === '' ? {} : { query }),
        limit: Number(limit ?? SYMBOLS),
      }),
  );
}

function points(text: string | undefined): number {
  const count = Number(text ?? POINTS);
  if (count >= 1 && count <= POINTS_MAX) return count;
  throw new ApiError('QUERY_INVALID', `points: ${count}, expected 1 to ${POINTS_MAX}`);
}

function onlySymbol({ history }: Parts): string {
  const [first, second] = history.symbols();
  if (first !== undefined && second === undefined) return first.symbol;
  throw new ApiError(
    'QUERY_INVALID',
    first === undefined ? 'symbol: nothing seen yet' : 'symbol: name one of several',
  );
}

function measures(text: string | undefined): Measure[] {
  if (text === undefined) return MEASURE_NAMES;
  return text.split(',').map((name) => {
    const known = MEASURE_NAMES.find((one) => one === name);
    if (known !== undefined) return known;
    throw new ApiError('QUERY_INVALID', `measures: no measure ${JSON.stringify(name)}`);
  });
}
