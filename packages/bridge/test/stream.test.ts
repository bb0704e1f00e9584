// Real sockets: what a newcomer gets, filters, formats, slow viewers, liveness, guards on upgrade.
import { connect } from 'node:net';
import * as abi from '@wavetank/abi';
import { describe, expect, it } from 'vitest';
import { Refusal } from './fake-engine.ts';
import { type LiveRig, listen, listening, ready, until } from './rig.ts';

const ns = (second: number): number => second * 1e9;

async function warm(rig: LiveRig): Promise<void> {
  rig.engine.tick({ seq: 1, ts_run_ns: ns(1) });
  rig.engine.tick({ seq: 1, ts_run_ns: ns(1), symbol: 'MSFT', instrument_id: 2 });
  rig.engine.book({ seq: 1, ts_run_ns: ns(1) });
  rig.engine.storm({ seq: 1, ts_run_ns: ns(1), storm_id: 9 });
  await until(() => [...rig.parts.latest.known()].length === 5);
}

describe('/stream', () => {
  it('greets a newcomer with header, link, history and what is known', async () => {
    const rig = await listening();
    await warm(rig);
    const viewer = await listen(rig.url, '/stream');
    await until(() => viewer.frames.length === 8);
    expect(viewer.frames.map((frame) => frame.type)).toEqual([
      'header',
      'link',
      'history',
      'heartbeat',
      'storm',
      'tick',
      'tick',
      'book',
    ]);
    expect(viewer.of('link')[0]).toMatchObject({ state: 'ready', pid: 4242 });
    expect(viewer.of('history')[0]).toMatchObject({
      symbols: [
        { symbol: 'AAPL', from_ms: 1000, to_ms: 1000 },
        { symbol: 'MSFT', from_ms: 1000, to_ms: 1000 },
      ],
    });
    expect(viewer.of('book')[0]).toMatchObject({
      bids: [[999_900, 500, 3, 0]],
      asks: [[1_000_100, 500, 3, 0]],
    });
  });

  it('filters by symbol, except what must reach everybody', async () => {
    const rig = await listening();
    rig.engine.answers.watch = () => ({});
    await warm(rig);
    const viewer = await listen(rig.url, '/stream?symbol=MSFT');
    rig.engine.storm({ storm_id: 10, symbol: 'AAPL' });
    await until(() => viewer.of('storm').length === 2);
    expect(viewer.of('tick').map((tick) => tick.symbol)).toEqual(['MSFT']);
    expect(viewer.of('book')).toEqual([]);
    expect(rig.engine.requests).toEqual([{ method: 'watch', params: { symbols: ['MSFT'] } }]);
  });

  it('holds a target’s frames for a stall, and nobody else’s', async () => {
    const rig = await listening();
    rig.engine.tick({ seq: 1, ts_run_ns: ns(1) });
    const viewer = await listen(rig.url, '/stream');
    const target = await listen(rig.url, '/stream?role=target');
    await until(() => target.of('tick').length === 1 && viewer.of('tick').length === 1);
    // A stall of an hour: what a target gets of it within this test, it gets too early.
    const stalls_ns = [[ns(2), ns(3600)]];
    rig.engine.notice({ notice: 'storm_started', id: 3, symbol: 'AAPL', stalls_ns });
    rig.engine.tick({ seq: 2, ts_run_ns: ns(2) });
    await until(() => viewer.of('tick').length === 2);
    expect(viewer.of('storm_started')).toEqual([{ type: 'storm_started', id: 3, symbol: 'AAPL' }]);
    expect(target.of('tick').length).toBe(1);
  });

  it('gives the wire itself to binary viewers, notices as answers without a question', async () => {
    const rig = await listening();
    await warm(rig);
    const viewer = await listen(rig.url, '/stream?format=binary');
    await until(() => viewer.raw.length === 8);
    const kinds: number[] = [];
    const notices: unknown[] = [];
    const splitter = new abi.FrameSplitter();
    splitter.push(Buffer.concat(viewer.raw), (payload) => {
      kinds.push(abi.payloadKind(payload));
      if (abi.payloadKind(payload) !== abi.FrameKind.Answer) return;
      notices.push(abi.decodeMessage(payload));
    });
    const { Header, Answer, Heartbeat, Storm, Tick, Book } = abi.FrameKind;
    expect(kinds).toEqual([Header, Answer, Answer, Heartbeat, Storm, Tick, Tick, Book]);
    expect(notices).toMatchObject([
      { id: 0, body: { notice: 'link', state: 'ready' } },
      { id: 0, body: { notice: 'history' } },
    ]);
    expect(viewer.raw[0]).toEqual(Buffer.from(rig.engine.headerBytes()));
  });

  it('keeps each viewer’s symbols from the others and tells the engine their union', async () => {
    const rig = await listening();
    rig.engine.answers.watch = ({ symbols }) => {
      if ((symbols as string[]).includes('NOPE')) throw new Refusal(400, 'SYMBOL_UNKNOWN');
      return {};
    };
    const union = () => rig.engine.requests.map(({ params }) => params.symbols);
    const first = await listen(rig.url, '/stream?symbol=MSFT,AAPL');
    const second = await listen(rig.url, '/stream?symbol=AAPL');
    await expect(listen(rig.url, '/stream?symbol=NOPE')).rejects.toThrow('400 SYMBOL_UNKNOWN');
    first.socket.close();
    await until(() => union().length === 3);
    second.socket.close();
    await until(() => union().length === 4);
    expect(union()).toEqual([['AAPL', 'MSFT'], ['AAPL', 'MSFT', 'NOPE'], ['AAPL'], []]);
    expect(rig.parts.viewers.count).toBe(0);
  });

  it('asks a new engine for the viewers’ symbols again', async () => {
    const rig = await listening();
    rig.engine.answers.watch = () => ({});
    const viewer = await listen(rig.url, '/stream?symbol=MSFT');
    rig.engine.drop();
    await until(() => viewer.of('link').some((link) => link.state === 'down'));
    await ready(rig);
    await until(() => rig.engine.requests.length === 2);
    expect(rig.engine.requests[1]).toEqual({ method: 'watch', params: { symbols: ['MSFT'] } });
    await until(() => viewer.of('link').at(-1)?.state === 'ready');
  });

  it('knows no gate of an engine that is gone, and those of one that lives in any market', async () => {
    const rig = await listening();
    const bytes = new DataView(new ArrayBuffer(abi.RISK_FRAME_SIZE));
    const frame_kind = abi.FrameKind.Risk;
    abi.encodeRiskFrame(bytes, 0, { ...abi.decodeRiskFrame(bytes), frame_kind, target: 'bot' });
    rig.engine.send(abi.wireFrame(new Uint8Array(bytes.buffer)));
    const gates = () => [...rig.parts.latest.known()].filter(({ kind }) => kind === frame_kind);
    await until(() => gates().length === 1);
    const greet = async (header: Partial<abi.HeaderFrame>) => {
      rig.engine.header = header;
      rig.engine.send(rig.engine.headerBytes());
      await until(() => rig.parts.latest.header?.epoch === header.epoch);
    };
    await greet({ epoch: 2 });
    expect(gates().length).toBe(1);
    await greet({ epoch: 3, engine_pid: 7 });
    expect(gates()).toEqual([]);
  });

  it('counts those who went by our reason or by their code, not by their words', async () => {
    const rig = await listening();
    for (const words of ['one', 'two']) {
      (await listen(rig.url, '/stream')).socket.close(4000, words);
    }
    (await listen(rig.url, '/stream')).socket.send('hello');
    await until(() => rig.parts.viewers.count === 0);
    expect([...rig.parts.viewers.closed].sort()).toEqual([
      ['code 4000', 2],
      ['this stream takes no messages', 1],
    ]);
  });

  it('asks for the viewers’ symbols again in another market', async () => {
    const rig = await listening();
    rig.engine.answers.watch = () => ({});
    await listen(rig.url, '/stream?symbol=MSFT');
    rig.engine.header = { epoch: 2 };
    rig.engine.send(rig.engine.headerBytes());
    await until(() => rig.engine.requests.length === 2);
    expect(rig.engine.requests[1]).toEqual({ method: 'watch', params: { symbols: ['MSFT'] } });
  });

  it('lets nobody in or out by what another one asked for', async () => {
    const rig = await listening();
    rig.engine.answers.watch = ({ symbols }) => {
      if ((symbols as string[]).includes('NOPE')) throw new Refusal(400, 'SYMBOL_UNKNOWN');
      return {};
    };
    const asked = ['NOPE', 'NOPE', 'AAPL', 'NOPE,MSFT'].map((symbols) =>
      listen(rig.url, `/stream?symbol=${symbols}`).then(
        () => 'in',
        (refused: Error) => refused.message,
      ),
    );
    const no = '400 SYMBOL_UNKNOWN';
    expect(await Promise.all(asked)).toEqual([no, no, 'in', no]);
    expect(rig.parts.watch.symbols).toEqual(['AAPL']);
  });

  it('forgets the past of another timeline', async () => {
    const rig = await listening();
    await warm(rig);
    expect((await rig.app.inject('/history?symbol=AAPL')).statusCode).toBe(200);
    rig.engine.header = { epoch: 2 };
    rig.engine.send(rig.engine.headerBytes());
    await until(() => [...rig.parts.latest.known()].length === 0);
    expect((await rig.app.inject('/history?symbol=AAPL')).json().code).toBe('HISTORY_NONE');
  });

  it('passes the engine’s notices on', async () => {
    const rig = await listening();
    const viewer = await listen(rig.url, '/stream');
    rig.engine.notice({ notice: 'source_ended', seq: 5 });
    await until(() => viewer.of('source_ended').length === 1);
    expect(viewer.of('source_ended')[0]).toEqual({ type: 'source_ended', seq: 5 });
  });
});

describe('a slow viewer', () => {
  // A viewer that takes nothing: its kernel and the bridge's buffer for it fill up.
  async function stalled(rig: LiveRig) {
    const viewer = await listen(rig.url, '/stream');
    await until(() => viewer.frames.length > 0);
    (viewer.socket as unknown as { _socket: { pause(): void } })._socket.pause();
    return viewer;
  }
  const flood = async (rig: LiveRig, enough: () => boolean, send: () => void) => {
    for (let i = 0; i < 200 && !enough(); i++) {
      const before = rig.parts.delivered.get(abi.FrameKind.Heartbeat) ?? 0;
      for (let n = 0; n < 200; n++) send();
      rig.engine.beat();
      await until(() => (rig.parts.delivered.get(abi.FrameKind.Heartbeat) ?? 0) > before);
    }
  };

  it('loses old views, sees how many, and slows nobody', async () => {
    const rig = await listening();
    const slow = await stalled(rig);
    const healthy = await listen(rig.url, '/stream');
    let sent = 0;
    await flood(
      rig,
      () => rig.parts.viewers.dropped > 100,
      () => rig.engine.tick({ seq: ++sent }),
    );
    expect(rig.parts.viewers.dropped).toBeGreaterThan(100);
    await until(() => healthy.of('tick').at(-1)?.seq === sent);
    (slow.socket as unknown as { _socket: { resume(): void } })._socket.resume();
    await until(() => slow.of('tick').at(-1)?.seq === sent);
    await until(() => slow.of('dropped').length > 0);
    expect(slow.of('dropped').at(-1)).toMatchObject({ dropped: expect.any(Number) });
    const seqs = slow.of('tick').map((tick) => tick.seq as number);
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
    expect(healthy.of('dropped')).toEqual([]);
  });

  it('is closed with 1013 when a frame that must not be lost does not fit', async () => {
    const rig = await listening();
    const slow = await stalled(rig);
    const healthy = await listen(rig.url, '/stream');
    let sent = 0;
    await flood(
      rig,
      () => rig.parts.viewers.count === 1 || (healthy.closed ?? false) !== false,
      () => rig.engine.storm({ storm_id: ++sent }),
    );
    (slow.socket as unknown as { _socket: { resume(): void } })._socket.resume();
    await until(() => slow.closed !== undefined);
    expect(slow.closed?.code).toBe(1013);
    const ids = slow.of('storm').map((storm) => storm.storm_id as number);
    expect(ids).toEqual(ids.map((_, i) => i + 1));
    await until(() => healthy.of('storm').length >= ids.length);
    expect(healthy.closed).toBeUndefined();
  });

  it('is cut off when it gives no sign of life', async () => {
    const rig = await listening({ ping_ms: 20 });
    const viewer = await listen(rig.url, '/stream');
    const alive = await listen(rig.url, '/stream');
    (viewer.socket as unknown as { _socket: { pause(): void } })._socket.pause();
    await until(() => rig.parts.viewers.count === 1);
    expect(alive.closed).toBeUndefined();
    expect([...rig.parts.viewers.closed.keys()]).toEqual(['no answer to a ping']);
  });
});

describe('what a viewer may not', () => {
  it('speak', async () => {
    const rig = await listening();
    const viewer = await listen(rig.url, '/stream');
    viewer.socket.send('hello');
    await until(() => viewer.closed !== undefined);
    expect(viewer.closed).toEqual({ code: 1008, reason: 'this stream takes no messages' });
  });

  it('send more than 4 KiB', async () => {
    const rig = await listening();
    const viewer = await listen(rig.url, '/stream');
    viewer.socket.send(Buffer.alloc(5000));
    await until(() => viewer.closed !== undefined);
    expect(viewer.closed?.code).toBe(1009);
  });

  it('come when the house is full', async () => {
    const rig = await listening({ viewers_max: 1 });
    const viewer = await listen(rig.url, '/stream');
    await expect(listen(rig.url, '/stream')).rejects.toThrow('503 VIEWERS_FULL');
    viewer.socket.close();
    await until(() => rig.parts.viewers.count === 0);
    await listen(rig.url, '/stream');
  });

  it.each([
    ['another path', '/other', {}, '404 ROUTE_UNKNOWN'],
    ['another format', '/stream?format=xml', {}, '400 QUERY_INVALID'],
    ['an unknown key', '/stream?rule=target', {}, '400 QUERY_INVALID'],
    ['an unknown role', '/stream?role=viewer', {}, '400 QUERY_INVALID'],
    ['a long symbol', '/stream?symbol=ABCDEFGHI', {}, '400 QUERY_INVALID'],
    ['too many symbols', `/stream?symbol=${Array(17).fill('A').join()}`, {}, '400 QUERY_INVALID'],
    ['another site', '/stream', { origin: 'http://evil.example' }, '403 ORIGIN_REFUSED'],
    ['no site', '/stream', { origin: 'null' }, '403 ORIGIN_REFUSED'],
    ['a rebound name', '/stream', { host: 'evil.example:8080' }, '403 HOST_REFUSED'],
  ])('ask for %s', async (_what, path, headers, refusal) => {
    const rig = await listening();
    await expect(listen(rig.url, path, { headers })).rejects.toThrow(refusal);
    expect(rig.parts.viewers.count).toBe(0);
    expect(rig.engine.requests).toEqual([]);
  });

  it('leave before it was let in and keep its symbol watched', async () => {
    const rig = await listening();
    let answer = (_: object) => {};
    rig.engine.answers.watch = () => new Promise((resolve) => (answer = resolve));
    const { port } = new URL(rig.url);
    const raw = connect(Number(port), '127.0.0.1');
    raw.write(
      'GET /stream?symbol=AAPL HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: upgrade\r\n' +
        'upgrade: websocket\r\nsec-websocket-version: 13\r\n' +
        'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
    await until(() => rig.engine.requests.length === 1);
    raw.destroy();
    rig.engine.answers.watch = () => ({});
    answer({});
    await until(() => rig.engine.requests.length === 2);
    expect(rig.engine.requests[1]?.params).toEqual({ symbols: [] });
  });
});
