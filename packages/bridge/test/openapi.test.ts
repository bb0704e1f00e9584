// Every route's real answers, right and wrong, against the schema that /openapi.json publishes. Routes
// that need a judge of runs are there only with one, and tested with it.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Compile } from 'typebox/compile';
import { describe, expect, it, onTestFinished } from 'vitest';
import { foreseen } from './foreseen.ts';
import { injected, type Rig, until } from './rig.ts';

type Schema = Parameters<typeof Compile>[0];

interface Operation {
  responses: { [status: string]: { content?: { [type: string]: { schema: Schema } } } };
}

interface Described {
  paths: { [path: string]: { [method: string]: Operation } };
}

/** What is said of an answer of this status, by number or by class. */
function described({ responses }: Operation, status: number): Schema | undefined {
  const answer = responses[status] ?? responses[`${Math.floor(status / 100)}XX`];
  const [content] = Object.values(answer?.content ?? {});
  return content?.schema;
}

async function bot(): Promise<string> {
  const server = createServer((_request, response) => response.end('{"equity":5}'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const storm = { kind: 'FlashCrash', severity: 0.5, duration_ms: 10_000 };
const order = { symbol: 'AAPL', side: 'buy', price: 1_000_000, qty: 1, order_id: '1' };
const where = { transport: 'paused', speed: 1, epoch: 1, source: null };

/** Method and path as published, what is asked, and the status expected. */
const ASKED: [string, string, string, object | undefined, number][] = [
  ['get', '/health', '/health', undefined, 200],
  ['get', '/ready', '/ready', undefined, 200],
  ['get', '/status', '/status', undefined, 200],
  ['get', '/metrics', '/metrics', undefined, 200],
  ['get', '/stream', '/stream', undefined, 426],
  ['get', '/feed', '/feed', undefined, 426],
  ['get', '/history', '/history?symbol=AAPL', undefined, 200],
  ['get', '/history', '/history?symbol=NONE', undefined, 404],
  ['get', '/history', '/history?points=0', undefined, 400],
  ['get', '/symbols', '/symbols', undefined, 200],
  ['get', '/symbols', '/symbols?limit=x', undefined, 400],
  ['post', '/storm/start', '/storm/start', storm, 200],
  ['post', '/storm/start', '/storm/start', { ...storm, severity: 2 }, 400],
  ['post', '/storm/preview', '/storm/preview', storm, 200],
  ['post', '/storm/preview', '/storm/preview', { ...storm, duration_ms: 1 }, 400],
  ['post', '/storm/stop', '/storm/stop', {}, 200],
  ['get', '/storm/status', '/storm/status', undefined, 200],
  ['get', '/storm/kinds', '/storm/kinds', undefined, 200],
  ['post', '/run/stop', '/run/stop', {}, 409],
  ['post', '/run/start', '/run/start', {}, 200],
  ['post', '/run/start', '/run/start', {}, 409],
  ['get', '/run/status', '/run/status', undefined, 200],
  ['post', '/run/stop', '/run/stop', {}, 200],
  ['get', '/run/status', '/run/status', undefined, 200],
  ['get', '/run/list', '/run/list', undefined, 200],
  ['get', '/run/{id}/yaml', '/run/:last/yaml', undefined, 200],
  ['get', '/run/{id}/events', '/run/:last/events', undefined, 200],
  ['get', '/run/{id}/ticks', '/run/:last/ticks', undefined, 200],
  ['get', '/run/{id}/ticks', '/run/none/ticks', undefined, 404],
  ['get', '/bot/state', '/bot/state', undefined, 200],
  ['get', '/bot/health', '/bot/health', undefined, 200],
  ['get', '/bot/state', '/bot/state?target=none', undefined, 404],
  ['get', '/bot/list', '/bot/list', undefined, 200],
  ['get', '/bot/schema', '/bot/schema', undefined, 200],
  ['post', '/replay/open', '/replay/open', { synthetic: { seed: '1', instruments: 1 } }, 200],
  ['post', '/replay/open', '/replay/open', { path: '/etc/passwd' }, 403],
  ['post', '/replay/open', '/replay/open', { run: '..' }, 404],
  ['post', '/replay/play', '/replay/play', {}, 200],
  ['post', '/replay/pause', '/replay/pause', {}, 200],
  ['post', '/replay/step', '/replay/step', { unit: 'tick', count: 1 }, 200],
  ['post', '/replay/seek', '/replay/seek', { to_ms: 34_200_000 }, 200],
  ['post', '/replay/speed', '/replay/speed', { speed: 2 }, 200],
  ['post', '/replay/speed', '/replay/speed', { speed: 0 }, 400],
  ['get', '/replay/status', '/replay/status', undefined, 200],
  ['post', '/risk/check', '/risk/check', order, 200],
  ['post', '/risk/check', '/risk/check', { ...order, qty: '1' }, 400],
  ['post', '/risk/fill', '/risk/fill', order, 200],
  ['post', '/risk/kill', '/risk/kill', {}, 200],
  ['post', '/risk/start-of-day', '/risk/start-of-day', {}, 200],
  ['post', '/reset', '/reset', {}, 200],
  ['get', '/risk/status', '/risk/status', undefined, 200],
  ['get', '/coinbase/time', '/coinbase/time', undefined, 200],
  ['get', '/coinbase/products', '/coinbase/products', undefined, 200],
  ['get', '/coinbase/currencies', '/coinbase/currencies', undefined, 200],
  ['get', '/coinbase/products/{id}/book', '/coinbase/products/AAPL/book', undefined, 400],
  ['get', '/coinbase/products/{id}/ticker', '/coinbase/products/AAPL/ticker', undefined, 400],
  ['get', '/coinbase/products/{id}/trades', '/coinbase/products/AAPL/trades', undefined, 400],
];

function answerAll(rig: Rig): void {
  const { answers } = rig.engine;
  const started = { mode: 'storm', id: 1, started_at_ms: 1, expires_at_ms: 2, start_seq: 3 };
  answers['storm.start'] = () => ({ ...started, ...storm, seed: '7', symbol: 'AAPL' });
  answers['storm.preview'] = () => foreseen;
  answers['storm.stop'] = () => ({ mode: 'idle', storms: [], stopped: [] });
  answers['storm.status'] = () => ({ mode: 'idle', storms: [] });
  answers['storm.kinds'] = () => ({ kinds: [] });
  answers.symbols = () => ({ symbols: ['AAPL'], total: 1 });
  for (const verb of ['open', 'play', 'pause', 'step', 'seek', 'speed', 'status']) {
    answers[`replay.${verb}`] = () => where;
  }
  for (const verb of ['check', 'fill', 'kill', 'start-of-day', 'reset', 'status']) {
    answers[`risk.${verb}`] = () => ({ allowed: true, reason: 'accepted', state: 'armed' });
  }
}

describe('/openapi.json', () => {
  it('says of every route what it really answers', async () => {
    const rig = await injected({ target: await bot() });
    answerAll(rig);
    rig.engine.tick({ seq: 5, ts_run_ns: 34_200e9 });
    await until(() => rig.parts.history.symbols().length === 1);
    const { paths } = (await rig.app.inject('/openapi.json')).json<Described>();
    const seen = new Set<string>();
    for (const [method, path, url, payload, status] of ASKED) {
      const last = rig.parts.recording.last?.run_id ?? '';
      const answer = await rig.app.inject({
        method: method === 'get' ? 'GET' : 'POST',
        url: url.replace(':last', last),
        ...(payload === undefined ? {} : { payload }),
      });
      expect([method, url, answer.statusCode]).toEqual([method, url, status]);
      const operation = paths[path]?.[method];
      const schema = operation === undefined ? undefined : described(operation, status);
      expect([method, path, status, schema !== undefined]).toEqual([method, path, status, true]);
      if (schema === undefined) continue;
      const json = /json/.test(String(answer.headers['content-type']));
      const lines = /ndjson/.test(String(answer.headers['content-type']));
      const body: unknown = json && !lines ? answer.json() : answer.body;
      const errors = Compile(schema).Errors(body);
      expect([method, url, errors]).toEqual([method, url, []]);
      if (status >= 400) {
        expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
      }
      seen.add(path);
    }
    expect([...seen].sort()).toEqual(Object.keys(paths).sort());
  });
});
