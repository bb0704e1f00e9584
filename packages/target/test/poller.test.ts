// The poller against targets that behave, and against many that do not.
import { afterEach, describe, expect, it } from 'vitest';
import { type Poll, type TargetNews, TargetPoller, targetAtUrl } from '../src/index.ts';
import { BEHAVIOURS, chunked, endless } from './behaviours.ts';
import { flood, type Hostile, hostile, json, raw } from './hostile.ts';

const servers: Hostile[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function serve(behave: Parameters<typeof hostile>[0]): Promise<Hostile> {
  const server = await hostile(behave);
  servers.push(server);
  return server;
}

// Long, so that a busy machine changes no outcome; short only where the deadline is the outcome.
const limits = { deadline_ms: 30_000, body_bytes: 4096 };
const hasty = { ...limits, deadline_ms: 100 };

async function pollOf(
  behave: Parameters<typeof hostile>[0],
  bounds: typeof limits = limits,
): Promise<Poll> {
  const { url } = await serve(behave);
  return new TargetPoller({ spec: targetAtUrl(url), now: () => 7, limits: bounds }).poll();
}

describe('a target that behaves', () => {
  it('gives its fields', async () => {
    const state = {
      name: 'bot',
      equity: 1000.5,
      account_currency: 'EUR',
      total_trades: 3,
      wins: 2,
      losses: 1,
      signals: ['a', { side: 'b' }],
    };
    expect(await pollOf(raw(json(JSON.stringify(state))))).toMatchObject({
      online: true,
      at_wall_ms: 7,
      state: {
        bot: 'bot',
        equity: 1000.5,
        currency: 'EUR',
        total_trades: 3,
        realized_pnl: null,
        last_signal: '{"side":"b"}',
        refused: [],
      },
    });
  });

  it.each([
    ['equity as text', '{"equity":"1000"}', ['equity']],
    ['infinite equity', '{"equity":1e999}', ['equity']],
    ['fractional trades', '{"total_trades":1.5}', ['total_trades']],
    ['negative wins', '{"wins":-1}', ['wins']],
    ['equity as a list', '{"equity":[1]}', ['equity']],
    ['signals as an object', '{"signals":{}}', ['signals']],
    ['a poisoned prototype', '{"__proto__":{"equity":5}}', []],
  ])('names what it cannot use: %s', async (_what, body, refused) => {
    const poll = await pollOf(raw(json(body)));
    expect(poll).toMatchObject({ online: true, state: { equity: null, refused } });
  });
});

describe('a target that does not', () => {
  it.each(BEHAVIOURS)('%s', async (_what, behave, code) => {
    const bounds = code === 'TARGET_TIMEOUT' ? hasty : limits;
    const poll = await pollOf(behave, bounds);
    expect(code.split(' ')).toContain(poll.online ? 'ONLINE' : poll.code);
  });

  it('is not there', async () => {
    const gone = await hostile(() => {});
    await gone.close();
    const poll = await new TargetPoller({
      spec: targetAtUrl(gone.url),
      now: () => 1,
      limits,
    }).poll();
    expect(poll).toMatchObject({
      online: false,
      code: 'TARGET_UNREACHABLE',
      reason: 'ECONNREFUSED',
    });
  });

  it('holds no connection after its poll', async () => {
    const server = await serve(flood(chunked, endless));
    const poller = new TargetPoller({ spec: targetAtUrl(server.url), now: () => 1, limits });
    for (let i = 0; i < 20; i++) await poller.poll();
    await expect.poll(() => server.open()).toBe(0);
  });
});

describe('TargetPoller', () => {
  it('tells when it goes, comes back and changes its signal, once each', async () => {
    let answer = json('{"signals":["a"]}');
    const { url } = await serve((socket) => raw(answer)(socket));
    const news: TargetNews[] = [];
    let now = 0;
    const poller = new TargetPoller({
      spec: targetAtUrl(url),
      now: () => now,
      limits,
      onNews: (n) => news.push(n),
    });
    const polls = async (text: string, at: number): Promise<void> => {
      answer = text;
      now = at;
      await poller.poll();
    };
    await polls(json('{"signals":["a"]}'), 10);
    await polls(json('{"signals":["a"]}'), 20);
    await polls(json('nope'), 30);
    await polls(json('nope'), 40);
    await polls(json('{"signals":["a","b"]}'), 50);
    expect(news).toEqual([
      { type: 'bot_unreachable', code: 'TARGET_JSON', reason: 'body is not JSON' },
      { type: 'bot_back', offline_wall_ms: 20 },
      { type: 'target_signal', signal: '"b"' },
    ]);
    expect(poller.last?.at_wall_ms).toBe(50);
  });

  it('shares one poll among all who ask, and begins another for a forced one', async () => {
    let asked = 0;
    const { url } = await serve((socket) => {
      asked++;
      raw(json('{}'))(socket);
    });
    const poller = new TargetPoller({ spec: targetAtUrl(url), now: () => 1, limits });
    await Promise.all([poller.poll(), poller.poll(), poller.poll()]);
    expect(asked).toBe(1);
    await Promise.all([poller.poll(), poller.pollFresh()]);
    expect(asked).toBe(3);
  });

  it('takes any 200 for health', async () => {
    const { url } = await serve(raw('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'));
    const poller = new TargetPoller({ spec: targetAtUrl(url), now: () => 1, limits });
    expect(await poller.health()).toEqual({
      online: true,
      at_wall_ms: 1,
      took_ms: 0,
      json: undefined,
    });
  });

  it.each(['', 'nope', 'ftp://x', 'file:///etc/passwd'])('refuses the address %j', (url) => {
    expect(() => new TargetPoller({ spec: targetAtUrl(url), now: () => 1 })).toThrow(
      /expected an http/,
    );
  });
});
