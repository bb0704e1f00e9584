// Storms: start, stop, status, kinds. The engine judges; the bridge adds what only it knows: a live
// target needs real time, and what a person said belongs into the record.
import type { StormKindInfo } from '@wavetank/storms';
import { type Static, Type } from 'typebox';
import type { App } from '../app.ts';
import { ApiError } from '../lib/problem.ts';
import { liveInWallTime, needRealTime } from '../lib/run-opening.ts';
import type { StormNote } from '../lib/storm-notes.ts';
import type { Parts } from '../parts.ts';
import {
  duration,
  engineAnswer,
  kind,
  note,
  refused,
  seed,
  severity,
  strict,
  symbol,
  who,
} from './fields.ts';

export const startBody = strict({
  kind,
  severity,
  duration_ms: duration,
  seed: Type.Optional(seed),
  symbol: Type.Optional(symbol),
  note,
  who,
  params: Type.Optional(
    Type.Record(Type.String({ pattern: '^[a-z][a-z0-9_]{0,63}$' }), Type.Number(), {
      description: 'parameters of the kind by name, see /storm/kinds',
    }),
  ),
});

const started = Type.Object({
  mode: Type.String({ description: 'idle, storm or returning' }),
  id: Type.Integer(),
  started_at_ms: Type.Number({ description: 'virtual ms since venue midnight' }),
  expires_at_ms: Type.Number(),
  start_seq: Type.Integer(),
});

const stopBody = strict({
  id: Type.Optional(Type.Integer({ minimum: 1, maximum: 0xffff_ffff })),
  who,
});

const U64_MAX = 2n ** 64n - 1n;

export async function stormRoutes(app: App, parts: Parts): Promise<void> {
  const tags = ['storm'];

  app.post(
    '/storm/start',
    {
      schema: {
        tags,
        summary: 'Fire a storm',
        body: startBody,
        response: { 200: started, ...refused },
      },
    },
    async ({ body, ip }) => {
      const answer = await fire(parts, judgeStart(parts, { ...body, who: body.who ?? ip }));
      await parts.recording.durable();
      return answer;
    },
  );

  app.post(
    '/storm/stop',
    {
      schema: {
        tags,
        summary: 'Stop one storm, or all',
        body: stopBody,
        response: { 200: engineAnswer, ...refused },
      },
    },
    async ({ body, ip }) => {
      const answer = await parts.engine.request('storm.stop', { ...body, who: body.who ?? ip });
      await parts.recording.durable();
      return answer;
    },
  );

  app.get(
    '/storm/status',
    {
      schema: {
        tags,
        summary: 'Storms that run or return',
        response: { 200: engineAnswer, ...refused },
      },
    },
    () => parts.engine.request('storm.status'),
  );

  app.get(
    '/storm/kinds',
    {
      schema: {
        tags,
        summary: 'Kinds and their parameters',
        response: { 200: engineAnswer, ...refused },
      },
    },
    () => parts.engine.request<{ kinds: StormKindInfo[] }>('storm.kinds'),
  );
}

/** What the bridge itself can tell of a storm that is to start. */
export function judgeStart(
  parts: Parts,
  storm: Static<typeof startBody>,
): Static<typeof startBody> {
  if (storm.seed !== undefined && BigInt(storm.seed) > U64_MAX) {
    throw new ApiError('STORM_BAD_SEED', `seed ${storm.seed} is wider than 64 bits`);
  }
  judgeSpeed(parts);
  return storm;
}

/** A target lives in wall time: a storm at another speed would not be the storm it claims to be. */
function judgeSpeed({ latest, options, recording, targets }: Parts): void {
  const takesPart = options.targetNamed || recording.withTarget;
  if (takesPart && liveInWallTime(targets)) needRealTime(latest.heartbeat);
}

/** What a person said waits for the storm's first frame, and goes when there will be none. */
async function fire(
  parts: Parts,
  storm: Static<typeof startBody>,
): Promise<Static<typeof started>> {
  const { notes } = parts.recording;
  const { kind, symbol, note } = storm;
  const said: StormNote | undefined = note === undefined ? undefined : { kind, symbol, note };
  if (said !== undefined) notes.add(said);
  try {
    return await parts.engine.request('storm.start', storm, {
      onAnswer: ({ id }: Static<typeof started>) => {
        if (said !== undefined) said.id = id;
      },
    });
  } catch (cause) {
    if (said !== undefined) notes.drop(said);
    throw cause;
  }
}
