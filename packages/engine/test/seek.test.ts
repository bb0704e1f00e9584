// A seek stands where plain play stands: the same digests there, the same frames from there on; on a
// plain file, a .gz and the generator, forwards, backwards, by time and by sequence.
import { mkdtempSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import {
  decodeTickFrame,
  FrameKind,
  FrameSplitter,
  payloadKind,
  type TickFrame,
} from '@wavetank/abi';
import { FrameClass, openSession, type SourceSpec, StopReason } from '@wavetank/native';
import { describe, expect, it } from 'vitest';
import { engine, fixture, probe } from './harness.ts';

const SECOND_NS = 1_000_000_000;
const MS_NS = 1_000_000;
const SAMPLE = fileURLToPath(new URL('../../../data/samples/synthetic-4.itch50', import.meta.url));
const folder = () => mkdtempSync(join(tmpdir(), 'wavetank-index-'));

function gzipped(path: string): string {
  const copy = join(folder(), 'day.itch50.gz');
  writeFileSync(copy, gzipSync(readFileSync(path), { level: 1 }));
  return copy;
}

/** Where plain play is, and the record ticks of the two seconds from there on. */
async function plain(source: SourceSpec, symbols: string[], atNs: number) {
  const session = await openSession({ source, symbols, seed: '7' });
  const ticks: TickFrame[] = [];
  const through = (ns: number) => {
    for (;;) {
      const reason = session.advance(ns, 100_000, false);
      const bytes = session.drain(FrameClass.Record);
      if (bytes !== undefined) {
        new FrameSplitter().push(bytes, (payload) => {
          if (payloadKind(payload) === FrameKind.Tick) ticks.push(decodeTickFrame(payload));
        });
      }
      if (reason === StopReason.Until || reason === StopReason.Ended) return;
    }
  };
  through(atNs);
  const { seq, run_digest, market_digest, twin_digest, live_orders, ts_run_ns } =
    session.control<Record<string, unknown>>('status');
  ticks.length = 0;
  through(atNs + 2 * SECOND_NS);
  session.close();
  return { at: { seq, run_digest, market_digest, twin_digest, live_orders, ts_run_ns }, ticks };
}

interface Market {
  source: SourceSpec;
  symbols: string[];
  indexEvents: number;
}

/** Seeks to each place, and compares with plain play there and for two seconds on. */
async function sought({ source, symbols, indexEvents }: Market, places: number[]) {
  const indexDir = folder();
  const client = await probe(await engine({ source, symbols, indexDir, indexEvents }));
  for (const to_ms of places) {
    const found = await client.must('replay.seek', { to_ms });
    expect(found).toMatchObject({ transport: 'paused', ts_run_ms: to_ms });
    const expected = await plain(source, symbols, to_ms * MS_NS);
    expect(await client.must('status')).toMatchObject(expected.at);
    client.ticks.length = 0;
    await client.must('replay.step', { unit: 'tick', count: 100 });
    const to_ns = Math.floor(to_ms / 20) * 20 * MS_NS + 2 * SECOND_NS;
    const within = expected.ticks.filter(({ ts_run_ns }) => ts_run_ns <= to_ns);
    expect(client.record).toEqual(within);
  }
  return { client, indexDir };
}

/** Places between two times, in an order that goes forwards and backwards. */
function places(from_ms: number, to_ms: number, count: number): number[] {
  let state = 0x9e3779b9;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return from_ms + (state % (to_ms - from_ms));
  });
}

const OPEN_MS = 34_200_000;
const market: Market = {
  source: { kind: 'synthetic', seed: '5', instruments: 2 },
  symbols: ['SYN002'],
  indexEvents: 5000,
};

describe('a seek stands where plain play stands', () => {
  it('on the generator', async () => {
    const { indexDir } = await sought(market, places(OPEN_MS + 1000, OPEN_MS + 60_000, 5));
    const files = readdirSync(indexDir, { recursive: true }).map(String);
    expect(files.filter((file) => file.endsWith('.ckpt')).length).toBeGreaterThan(2);
  });

  it('on a file, and on the same file inflated first', async () => {
    const symbols = ['SYN003'];
    const at = places(OPEN_MS + 500, OPEN_MS + 6000, 3);
    const path = SAMPLE;
    await sought({ source: { kind: 'itch', path }, symbols, indexEvents: 1000 }, at);
    const packed = { kind: 'itch', path: gzipped(path) } as const;
    const { client, indexDir } = await sought({ source: packed, symbols, indexEvents: 1000 }, at);
    expect(readdirSync(indexDir, { recursive: true }).map(String).join()).toContain('inflated');
    expect((await client.must('replay.status')).source.path).toBe(packed.path);
  });

  it('on a recorded hour', async () => {
    const path = fixture('aapl-2012-06-21/feed.itch50');
    if (path === undefined) return;
    const hour = { source: { kind: 'itch', path } as const, symbols: ['AAPL'], indexEvents: 9000 };
    await sought(hour, places(OPEN_MS + 1000, OPEN_MS + 3_500_000, 4));
  });
});

describe('an index', () => {
  it('that is damaged is built again', async () => {
    const { client, indexDir } = await sought(market, [OPEN_MS + 60_000]);
    const folders = readdirSync(indexDir, { recursive: true, withFileTypes: true });
    const checkpoints = folders.filter((each) => each.name.endsWith('.ckpt'));
    for (const { parentPath, name } of checkpoints) {
      const bytes = readFileSync(join(parentPath, name));
      bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
      writeFileSync(join(parentPath, name), bytes);
    }
    const expected = await plain(market.source, market.symbols, (OPEN_MS + 50_000) * MS_NS);
    for (let i = 0; i < 2; i++) {
      await client.must('replay.seek', { to_ms: OPEN_MS + 50_000 });
      expect(await client.must('status')).toMatchObject(expected.at);
    }
    for (const { name, parentPath } of readdirSync(indexDir, {
      recursive: true,
      withFileTypes: true,
    }))
      if (name.endsWith('.ckpt')) truncateSync(join(parentPath, name), 10);
    await client.must('replay.seek', { to_ms: OPEN_MS + 50_000 });
    expect(await client.must('status')).toMatchObject(expected.at);
  });

  it('tells how far it is', async () => {
    const { client } = await sought(market, [OPEN_MS + 20_000]);
    const told = client.notices.filter(({ notice }) => notice === 'seek');
    expect(told[0]).toMatchObject({ stage: 'land' });
    expect(told.at(-1)).toMatchObject({ stage: null });
  });
});

describe('places', () => {
  it('are found by sequence, at the end of its quantum', async () => {
    const { client } = await sought(market, []);
    for (const seq of [1, 7000, 30_000, 12_345, 12_346]) {
      const found = await client.must('replay.seek', { seq });
      const expected = await plain(market.source, market.symbols, found.ts_run_ns);
      expect(await client.must('status')).toMatchObject(expected.at);
      expect(found.seq).toBeGreaterThanOrEqual(seq);
      const before = await plain(market.source, market.symbols, found.ts_run_ns - MS_NS);
      expect(before.at.seq).toBeLessThan(seq);
    }
  });

  it('are left again by steps back', async () => {
    const { client } = await sought(market, []);
    const at = async () => (await client.must('replay.status')).ts_run_ns as number;
    await client.must('replay.seek', { to_ms: OPEN_MS + 10_030 });
    await client.must('replay.step', { unit: 'tick', count: -1 });
    expect(await at()).toBe((OPEN_MS + 10_020) * MS_NS);
    await client.must('replay.step', { unit: 'tick', count: -2 });
    expect(await at()).toBe((OPEN_MS + 9980) * MS_NS);
    await client.must('replay.step', { unit: 'second', count: -3 });
    expect(await at()).toBe((OPEN_MS + 7000) * MS_NS);
    const trail = [];
    for (let i = 0; i < 6; i++) {
      const { seq, ts_run_ns } = await client.must('replay.step', { unit: 'event', count: 1 });
      trail.push({ seq, ts_run_ns });
    }
    for (const place of trail.slice(0, -1).reverse()) {
      const { seq } = await client.must('replay.status');
      const count = place.seq - seq;
      expect(await client.must('replay.step', { unit: 'event', count })).toMatchObject(place);
    }
    await client.must('replay.step', { unit: 'second', count: -100_000 });
    expect(await client.must('replay.status')).toMatchObject({ seq: 0, transport: 'paused' });
  });

  it('before the start and behind the end are the ends', async () => {
    const source = { kind: 'itch', path: SAMPLE } as const;
    const { client } = await sought({ source, symbols: ['SYN003'], indexEvents: 1000 }, []);
    expect(await client.must('replay.seek', { to_ms: 0 })).toMatchObject({ seq: 0 });
    client.ticks.length = 0;
    const end = await client.must('replay.seek', { to_ms: 86_400_000 });
    expect(end).toMatchObject({ transport: 'ended', seq: 8556 });
    // The market that stands there is shown as anywhere else.
    expect(client.ticks.at(-1)).toMatchObject({ symbol: 'SYN003', ts_run_ns: end.ts_run_ns });
    expect(await client.must('replay.seek', { seq: 10_000_000 })).toMatchObject({ seq: 8556 });
    await client.must('replay.step', { unit: 'second', count: -2 });
    expect(await client.must('replay.status')).toMatchObject({ transport: 'paused' });
  });
});

describe('a seek', () => {
  it('begins a timeline without storms, and is refused while a run is recorded', async () => {
    const { client } = await sought(market, [OPEN_MS + 5000]);
    const storm = { kind: 'FlashCrash', severity: 0.8, duration_ms: 5000, symbol: 'SYN002' };
    await client.must('storm.start', storm);
    await client.must('replay.step', { unit: 'second', count: 2 });
    const stormed = await client.must('replay.status');
    const back = await client.must('replay.step', { unit: 'event', count: -1 });
    expect(back.ts_run_ns).toBeLessThan(stormed.ts_run_ns);
    const there = await plain(market.source, market.symbols, back.ts_run_ns);
    expect(await client.must('status')).toMatchObject({ ...there.at, storms: [] });
    const { epoch } = await client.must('replay.status');
    await client.must('replay.seek', { to_ms: OPEN_MS + 6000 });
    const expected = await plain(market.source, market.symbols, (OPEN_MS + 6000) * MS_NS);
    expect(await client.must('status')).toMatchObject({
      ...expected.at,
      epoch: epoch + 1,
      storms: [],
    });
    await client.must('run.start', { run_id: 'r1', dir: folder() });
    const answers = [
      await client.ask('replay.seek', { to_ms: OPEN_MS }),
      await client.ask('replay.step', { unit: 'tick', count: -1 }),
    ];
    expect(answers.map(({ error }) => error?.code)).toEqual(['RUN_ACTIVE', 'RUN_ACTIVE']);
    for (const params of [{}, { to_ms: 1, seq: 1 }, { to_ms: -1 }, { seq: 0 }, { to_ms: '5' }]) {
      const { error } = await client.ask('replay.seek', params);
      expect(error?.code).toBe('PARAM_INVALID');
    }
  });

  it('is where an engine may begin, and play to a place', async () => {
    const indexDir = folder();
    const from = { at_ns: (OPEN_MS + 8000) * MS_NS };
    const client = await probe(await engine({ ...market, indexDir, from }));
    const expected = await plain(market.source, market.symbols, from.at_ns);
    expect(await client.must('status')).toMatchObject({ ...expected.at, transport: 'paused' });
    await client.must('replay.play', { until_ms: OPEN_MS + 8500 });
    const stands = async (probed: typeof client, ms: number) =>
      expect
        .poll(async () => await probed.must('replay.status'), { timeout: 20_000 })
        .toMatchObject({ ts_run_ms: ms, transport: 'paused' });
    await stands(client, OPEN_MS + 8500);
    const until = { at_ns: (OPEN_MS + 9000) * MS_NS };
    const other = await engine({ ...market, indexDir, from, until, paused: false });
    await stands(await probe(other), OPEN_MS + 9000);
  });
});
