// The risk gate: a target asks before each order and tells what became of it. Answered at once by
// the engine; storms never pass here.
import { Type } from 'typebox';
import type { App } from '../app.ts';
import type { Parts } from '../parts.ts';
import { engineAnswer, orderId, price, qty, refused, strict, symbol } from './fields.ts';

const target = Type.Optional(
  Type.String({ pattern: '^[ -~]{1,32}$', description: 'name of the gate; default: the only one' }),
);
const side = Type.Union([Type.Literal('buy'), Type.Literal('sell')]);
const order = { target, symbol, side, price, qty, order_id: orderId };
const gateBody = strict({ target });
const statusQuery = strict({ target });

const BODIES = {
  check: { body: strict(order), summary: 'May this order go out?' },
  fill: {
    body: strict({
      ...order,
      done: Type.Optional(
        Type.Boolean({
          description: 'nothing more of the order works; a cancel is 0 shares, done',
        }),
      ),
    }),
    summary: 'Tell of shares filled, or of the end of an order',
  },
  kill: { body: gateBody, summary: 'Latch the gate by hand' },
  'start-of-day': { body: gateBody, summary: 'P&L is 0 at the present marks' },
} as const;

export async function riskRoutes(app: App, parts: Parts): Promise<void> {
  const { engine } = parts;
  const response = { 200: engineAnswer, ...refused };
  const tags = ['risk'];

  for (const [action, { body, summary }] of Object.entries(BODIES)) {
    app.post(`/risk/${action}`, { schema: { tags, summary, body, response } }, (request) =>
      engine.request(`risk.${action}`, request.body as object),
    );
  }

  app.post(
    '/reset',
    { schema: { tags, summary: 'Open a latched gate', body: gateBody, response } },
    ({ body }) => engine.request('risk.reset', body),
  );

  app.get(
    '/risk/status',
    { schema: { tags, summary: 'State of a gate', querystring: statusQuery, response } },
    ({ query }) => engine.request('risk.status', query),
  );
}
