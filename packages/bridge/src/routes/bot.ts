// The target, as it answers now: its own JSON passed through, or `online: false` with the reason.
// Everybody who asks at the same time shares one call.
import { Type } from 'typebox';
import type { App } from '../app.ts';
import type { Parts } from '../parts.ts';
import { refused } from './fields.ts';

const answer = Type.Unsafe<unknown>({
  type: 'object',
  description: 'the target’s own JSON, or {online: false, code, reason, url, checked_at_wall}',
});

export async function botRoutes(app: App, parts: Parts): Promise<void> {
  const { poller } = parts;
  const response = { 200: answer, ...refused };
  const tags = ['target'];

  const away = (found: { at_wall_ms: number; code: string; reason: string }) => ({
    online: false,
    code: found.code,
    reason: found.reason,
    url: poller.url.href,
    checked_at_wall: new Date(found.at_wall_ms).toISOString(),
  });

  app.get(
    '/bot/state',
    { schema: { tags, summary: 'The target’s /api/state', response } },
    async () => {
      const poll = await poller.poll();
      return poll.online ? poll.json : away(poll);
    },
  );

  app.get(
    '/bot/health',
    { schema: { tags, summary: 'The target’s /api/health', response } },
    async () => {
      const health = await poller.health();
      if (!health.online) return away(health);
      const { json } = health;
      const checked_at_wall = new Date(health.at_wall_ms).toISOString();
      return typeof json === 'object' && json !== null ? json : { online: true, checked_at_wall };
    },
  );
}
