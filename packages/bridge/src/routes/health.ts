// Liveness, readiness, what runs, and metrics. /health knows nothing but itself.
import { frameJson } from '@wavetank/abi';
import { Type } from 'typebox';
import type { App } from '../app.ts';
import { Metrics } from '../lib/metrics.ts';
import type { Parts } from '../parts.ts';
import { refused } from './fields.ts';

const health = Type.Object({ status: Type.Literal('ok'), uptime_s: Type.Number() });
const ready = Type.Object({
  ready: Type.Boolean(),
  engine: Type.Object({ state: Type.String(), reason: Type.Union([Type.String(), Type.Null()]) }),
});
const status = Type.Object({}, { description: 'bridge, engine, source, run, target, viewers' });

/** Open to everybody, token or not: what a supervisor asks. */
export async function healthRoutes(app: App, parts: Parts): Promise<void> {
  const tags = ['health'];
  const uptime = (): number => (parts.options.now() - parts.startedMs) / 1000;

  app.get(
    '/health',
    { schema: { tags, summary: 'The bridge lives', response: { 200: health } } },
    async () => ({ status: 'ok' as const, uptime_s: uptime() }),
  );

  app.get(
    '/ready',
    {
      schema: {
        tags,
        summary: 'The engine was greeted and its heart beats',
        response: { 200: ready, 503: ready },
      },
    },
    async (_request, reply) => {
      const { state, reason } = parts.engine.status;
      const { ready } = parts.engine;
      return reply.code(ready ? 200 : 503).send({ ready, engine: { state, reason } });
    },
  );
}

export async function statusRoutes(app: App, parts: Parts): Promise<void> {
  const tags = ['health'];
  const metrics = new Metrics(parts);

  app.get(
    '/status',
    { schema: { tags, summary: 'What runs', response: { 200: status, ...refused } } },
    async () => statusOf(parts),
  );

  app.get(
    '/metrics',
    {
      schema: {
        tags,
        summary: 'Prometheus text',
        response: { 200: Type.String(), ...refused },
      },
    },
    async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()),
  );
}

async function statusOf(parts: Parts) {
  const { engine, latest, recording, poller, targets, feedClients, viewers, watch, options } =
    parts;
  const { headerFrame } = latest;
  const last = poller.last;
  return {
    bridge: {
      version: options.version,
      pid: process.pid,
      started_at_wall: new Date(parts.startedMs).toISOString(),
      viewers: viewers.count,
      viewers_max: viewers.max,
      frames_dropped: viewers.dropped,
      watching: watch.symbols,
      bots: feedClients.list(),
      bot_messages_lost: feedClients.lost,
    },
    engine: engine.status,
    header: headerFrame === undefined ? null : frameJson(headerFrame.payload),
    heartbeat:
      latest.heartbeatFrame === undefined ? null : frameJson(latest.heartbeatFrame.payload),
    session: (await parts.sessionStatus()) ?? null,
    last_control: parts.control ?? null,
    run: { state: recording.state, run_id: recording.run?.run_id ?? null },
    target: {
      url: poller.url.href,
      names: targets.all.map(({ spec }) => spec.name),
      named: options.targetNamed,
      online: last?.online ?? null,
      reason: last === undefined || last.online ? null : last.reason,
      checked_at_wall: last === undefined ? null : new Date(last.at_wall_ms).toISOString(),
      state: last?.online ? last.state : null,
    },
  };
}
