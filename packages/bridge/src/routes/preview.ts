// The preview of a storm: the body of /storm/start, what the engine foresees. Nothing changes by it,
// and a caller who hangs up ends it.
import { randomUUID } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { type TSchema, Type } from 'typebox';
import type { App } from '../app.ts';
import type { Parts } from '../parts.ts';
import { refused } from './fields.ts';
import { judgeStart, startBody } from './storm.ts';

/** The engine cuts a preview after ten seconds of computing, and gives it up after twenty. */
const ANSWER_MS = 25_000;

const orNull = <T extends TSchema>(type: T, description?: string) =>
  Type.Union([type, Type.Null()], description === undefined ? {} : { description });
const after_ms = Type.Number({ description: "virtual ms from the storm's start" });
const prices = Type.Array(orNull(Type.Number()), {
  description: '1/10000 dollar; null where a side of the book is empty',
});

const points = Type.Object(
  { after_ms: Type.Array(after_ms), mid: prices, mid_without: prices, spread: prices },
  { description: 'columns of one length, 200 at most; each row is a tick' },
);

const facts = Type.Object({
  price_move: orNull(
    Type.Object({ price: Type.Number(), bps: Type.Number(), after_ms }),
    'farthest from the market without the storm; null: nowhere',
  ),
  widest_spread: orNull(
    Type.Object({ price: Type.Number(), ticks: Type.Number(), bps: Type.Number(), after_ms }),
  ),
  depth_change: orNull(
    Type.Object({ share: Type.Number(), after_ms }),
    'greatest change of the ten-level depth, -1 up; null: none',
  ),
  events: Type.Integer({ description: 'events that the storm puts in' }),
  events_share: Type.Number({ description: 'of all events of the symbol while it runs, 0 to 1' }),
  taken_qty: Type.Integer({ description: 'shares' }),
  withdrawn_qty: Type.Integer({ description: 'shares' }),
  placed_qty: Type.Integer({ description: 'shares of its own orders' }),
  trades: Type.Integer({ description: 'prints that it is a side of' }),
  delivery_stalls: Type.Object(
    { count: Type.Integer(), total_ms: Type.Number() },
    { description: 'of the link to a target' },
  ),
  calm_after_ms: orNull(Type.Number(), 'everything is back; null: behind the cut'),
  flags: Type.Array(Type.Object({ detector: Type.String(), after_ms, count: Type.Integer() }), {
    description: 'flags that are not raised without the storm, the first of each detector',
  }),
  failure: orNull(Type.String(), 'why its code is stopped'),
});

const preview = Type.Object({
  kind: Type.String(),
  symbol: Type.String(),
  severity: Type.Number(),
  duration_ms: Type.Integer(),
  seed: Type.String({ description: 'given or derived: fired with it, the storm is this one' }),
  at_ms: Type.Number({ description: 'the instant it starts at, virtual ms since venue midnight' }),
  at_seq: Type.Integer(),
  expires_at_ms: Type.Number(),
  until_ms: Type.Number({ description: 'where the preview ends' }),
  run_digest: Type.String({ description: 'at until_ms' }),
  market_digest: Type.String({ description: 'at until_ms' }),
  cut: orNull(Type.String(), 'recovery, events, wall or source_end; null: calm was reached'),
  tick_size: Type.Integer({ description: '1/10000 dollar' }),
  points,
  facts,
  epoch: Type.Integer({ description: 'the timeline that it is of' }),
  cost: Type.Object({
    checkpoint_bytes: Type.Integer(),
    stall_ms: Type.Number({ description: 'wall ms for which the engine stood' }),
    wall_ms: Type.Number({ description: 'wall ms until the answer' }),
  }),
});

export async function previewRoutes(app: App, parts: Parts): Promise<void> {
  app.post(
    '/storm/preview',
    {
      schema: {
        tags: ['storm'],
        summary: 'What a storm would do if it were fired now',
        body: startBody,
        response: { 200: preview, ...refused },
      },
    },
    async ({ body, ip }, reply) => {
      const storm = judgeStart(parts, { ...body, who: body.who ?? ip });
      const ticket = randomUUID();
      cancelledWith(reply, parts, ticket);
      const asked = { ...storm, ticket };
      return parts.engine.request('storm.preview', asked, { timeout_ms: ANSWER_MS });
    },
  );
}

/** Whoever hangs up wants no answer. */
function cancelledWith({ raw }: FastifyReply, { engine }: Parts, ticket: string): void {
  raw.once('close', () => {
    if (raw.writableEnded) return;
    // An engine that is gone computes nothing.
    engine.request('storm.preview.cancel', { ticket }).catch(() => {});
  });
}
