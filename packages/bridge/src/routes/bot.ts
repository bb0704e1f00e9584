// The targets, as they answer now: their own JSON passed through, or `online: false` with the reason;
// and which there are. Everybody who asks at the same time shares one call.
import { targetFileSchema } from '@wavetank/target';
import { Type } from 'typebox';
import type { App } from '../app.ts';
import { ApiError } from '../lib/problem.ts';
import type { Target } from '../lib/targets.ts';
import type { Parts } from '../parts.ts';
import { refused, strict } from './fields.ts';

const answer = Type.Unsafe<unknown>({
  description: 'the target’s own JSON, or {online: false, code, reason, url, checked_at_wall}',
});

const query = strict({
  target: Type.Optional(
    Type.String({ maxLength: 64, description: 'name of a target; default: the first' }),
  ),
});

const listed = Type.Object({
  targets: Type.Array(
    Type.Object({
      name: Type.String(),
      url: Type.String(),
      online: Type.Union([Type.Boolean(), Type.Null()]),
      reason: Type.Union([Type.String(), Type.Null()]),
      latency_class: Type.Union([Type.String(), Type.Null()]),
      clock: Type.String(),
      poll_ms: Type.Integer(),
      slo: Type.Record(Type.String(), Type.Union([Type.Number(), Type.Null()]), {
        description: 'upper bounds of its service levels; null is not judged',
      }),
      state: Type.Unsafe<unknown>({ description: 'what scoring read of its last answer, or null' }),
      score: Type.Unsafe<unknown>({
        description: 'as run.yaml has it: of the run under way so far, else of the last; or null',
      }),
    }),
  ),
  refused: Type.Array(Type.Object({ file: Type.String(), faults: Type.Array(Type.Object({})) }), {
    description: 'files whose last change was refused: what stood there before still holds',
  }),
});

export async function botRoutes(app: App, { targets, recording, latest }: Parts): Promise<void> {
  const response = { 200: answer, ...refused };
  const tags = ['target'];

  const chosen = (name: string | undefined): Target => {
    if (name === undefined) return targets.first;
    const found = targets.all.find(({ spec }) => spec.name === name);
    if (found !== undefined) return found;
    const names = targets.all.map(({ spec }) => spec.name).join(', ');
    throw new ApiError('TARGET_UNKNOWN', `no target ${JSON.stringify(name)}; there is ${names}`);
  };

  const away = (
    { poller }: Target,
    found: { at_wall_ms: number; code: string; reason: string },
  ) => ({
    online: false,
    code: found.code,
    reason: found.reason,
    url: poller.url.href,
    checked_at_wall: new Date(found.at_wall_ms).toISOString(),
  });

  app.get(
    '/bot/state',
    { schema: { tags, summary: 'A target’s state', querystring: query, response } },
    async (request) => {
      const target = chosen(request.query.target);
      const poll = await target.poller.poll();
      return poll.online ? poll.json : away(target, poll);
    },
  );

  app.get(
    '/bot/health',
    { schema: { tags, summary: 'A target’s health', querystring: query, response } },
    async (request) => {
      const target = chosen(request.query.target);
      const health = await target.poller.health();
      if (!health.online) return away(target, health);
      const { json } = health;
      const checked_at_wall = new Date(health.at_wall_ms).toISOString();
      return typeof json === 'object' && json !== null ? json : { online: true, checked_at_wall };
    },
  );

  app.get(
    '/bot/list',
    { schema: { tags, summary: 'The targets', response: { 200: listed, ...refused } } },
    async () => ({
      targets: targets.all.map((target) => {
        const { url, last } = target.poller;
        return {
          ...target.spec,
          slo: { ...target.spec.slo },
          url: url.href,
          online: last?.online ?? null,
          reason: last === undefined || last.online ? null : last.reason,
          state: last?.online ? last.state : null,
          score: recording.scoreOf(target, latest.heartbeat?.ts_run_ns ?? 0),
        };
      }),
      refused: targets.faults.map(({ file, faults }) => ({ file, faults: [...faults] })),
    }),
  );

  app.get(
    '/bot/schema',
    { schema: { tags, summary: 'JSON Schema of target.yaml', response: { 200: answer } } },
    async () => targetFileSchema,
  );
}
