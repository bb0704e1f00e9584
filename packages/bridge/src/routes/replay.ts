// Source control: open, play, pause, step, seek, speed, status. Whoever steers is shown to all.
import { Type } from 'typebox';
import type { App } from '../app.ts';
import { ApiError } from '../lib/problem.ts';
import type { Parts } from '../parts.ts';
import { engineAnswer, refused, strict, symbol, who } from './fields.ts';
import { runDir } from './run-dir.ts';
import { allowedFile } from './source-path.ts';

const openBody = strict({
  path: Type.Optional(
    Type.String({ minLength: 1, maxLength: 1024, description: 'a file inside an allowed folder' }),
  ),
  synthetic: Type.Optional(
    strict({
      seed: Type.String({ pattern: '^\\d{1,20}$' }),
      instruments: Type.Integer({ minimum: 1, maximum: 65_535 }),
    }),
  ),
  run: Type.Optional(Type.String({ maxLength: 32, description: 'id of a recorded run' })),
  symbol: Type.Optional(symbol),
  who,
});

const stepBody = strict({
  unit: Type.Union([Type.Literal('tick'), Type.Literal('event'), Type.Literal('second')], {
    'x-code': 'STEP_INVALID',
  }),
  count: Type.Integer({
    minimum: -100_000,
    maximum: 100_000,
    'x-code': 'STEP_INVALID',
    description: 'below 0: back, as a seek',
  }),
  who,
});

const seekBody = strict({
  to_ms: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 86_400_000, description: 'virtual ms since midnight' }),
  ),
  seq: Type.Optional(
    Type.Integer({ minimum: 1, description: 'a sequence of plain play: storms take none' }),
  ),
  who,
});

const speedBody = strict({
  speed: Type.Union([Type.Number({ minimum: 0.1, maximum: 1000 }), Type.Literal('max')], {
    'x-code': 'SPEED_INVALID',
    description: 'virtual seconds a wall second, or "max"',
  }),
  who,
});

const whoBody = strict({ who });

const playBody = strict({
  until_ms: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 86_400_000, description: 'virtual ms where play stands' }),
  ),
  who,
});

/** A large file is read once for its digest before it opens. */
const OPEN_TIMEOUT_MS = 120_000;

/** The first seek in a long day builds an index first, and inflates a .gz. */
const SEEK_TIMEOUT_MS = 900_000;

export async function replayRoutes(app: App, parts: Parts): Promise<void> {
  const { engine, recording, options } = parts;
  const response = { 200: engineAnswer, ...refused };
  const tags = ['replay'];
  const sought = async (method: string, params: object) => {
    if (recording.state !== 'idle') throw new ApiError('RUN_ACTIVE', 'stop the run first');
    return engine.request(method, params, { timeout_ms: SEEK_TIMEOUT_MS });
  };

  app.post(
    '/replay/open',
    {
      schema: {
        tags,
        summary: 'Open a file, the synthetic market or a recorded run',
        body: openBody,
        response,
      },
    },
    async ({ body, ip }) => {
      const { path, run, synthetic, symbol } = body;
      const given = [path, run, synthetic].filter((each) => each !== undefined);
      if (given.length !== 1) {
        throw new ApiError('BODY_INVALID', 'one of path, synthetic and run is needed, no two');
      }
      if (run !== undefined && symbol !== undefined) {
        throw new ApiError('BODY_INVALID', 'a recorded run brings its symbols: leave symbol out');
      }
      if (recording.state !== 'idle') throw new ApiError('RUN_ACTIVE', 'stop the run first');
      const source = { ...body, who: body.who ?? ip };
      if (path !== undefined) source.path = await allowedFile(path, options.sourceRoots);
      if (run !== undefined) source.run = await runDir(options.runsDir, run);
      const answer = await engine.request('replay.open', source, { timeout_ms: OPEN_TIMEOUT_MS });
      parts.opened = source;
      return answer;
    },
  );

  app.post(
    '/replay/play',
    { schema: { tags, summary: 'Play the source', body: playBody, response } },
    ({ body, ip }) => engine.request('replay.play', { ...body, who: body.who ?? ip }),
  );

  app.post(
    '/replay/pause',
    { schema: { tags, summary: 'Pause the source', body: whoBody, response } },
    ({ body, ip }) => engine.request('replay.pause', { who: body.who ?? ip }),
  );

  app.post(
    '/replay/step',
    { schema: { tags, summary: 'Step while paused', body: stepBody, response } },
    ({ body, ip }) => {
      const step = { ...body, who: body.who ?? ip };
      if (body.count < 0) return sought('replay.step', step);
      return engine.request('replay.step', step, { timeout_ms: OPEN_TIMEOUT_MS });
    },
  );

  app.post(
    '/replay/seek',
    {
      schema: {
        tags,
        summary: 'Go to another place of the source: a new timeline without storms',
        body: seekBody,
        response,
      },
    },
    ({ body, ip }) => {
      if ((body.to_ms === undefined) === (body.seq === undefined)) {
        throw new ApiError('BODY_INVALID', 'either to_ms or seq is needed, not both');
      }
      return sought('replay.seek', { ...body, who: body.who ?? ip });
    },
  );

  app.post(
    '/replay/speed',
    { schema: { tags, summary: 'Set the speed', body: speedBody, response } },
    ({ body, ip }) => engine.request('replay.speed', { ...body, who: body.who ?? ip }),
  );

  app.get(
    '/replay/status',
    { schema: { tags, summary: 'Where the source stands', response } },
    () => engine.request('replay.status'),
  );
}
