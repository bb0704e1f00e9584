// A preview is a promise: the storm that is fired at its instant does what it said, tick for tick; and
// taking one changes nothing.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  decodeTickFrame,
  FrameFlags,
  FrameKind,
  FrameSplitter,
  payloadKind,
  type TickFrame,
} from '@wavetank/abi';
import { describe, expect, it } from 'vitest';
import { savedStorms } from '../src/checkpoints.ts';
import { ENGINE_ENTRY, type EngineOptions, type RunningEngine, stormNumber } from '../src/index.ts';
import { foreseen } from '../src/preview/foreseen.ts';
import { type Ahead, lookAhead } from '../src/preview/look-ahead.ts';
import type { Preview } from '../src/preview/preview.ts';
import type { StormRequest } from '../src/tank/index.ts';
import { engine, fixture, probe } from './harness.ts';
import type { WireProbe } from './wire-probe.ts';

const MS_NS = 1_000_000;
const SAMPLE = fileURLToPath(new URL('../../../data/samples/synthetic-4.itch50', import.meta.url));
const BOUNDS = { recovery_ms: 60_000, events: 8_000_000, wall_ms: 60_000 };

interface Live {
  running: RunningEngine;
  client: WireProbe;
  /** Every tick of view, before any is replaced. */
  ticks: TickFrame[];
}

async function live(options: Partial<EngineOptions>): Promise<Live> {
  const running = await engine(options);
  const ticks: TickFrame[] = [];
  running.engine.loop.onlook((bytes) =>
    new FrameSplitter().push(bytes, (payload) => {
      if (payloadKind(payload) !== FrameKind.Tick) return;
      const tick = decodeTickFrame(payload);
      if ((tick.frame_flags & FrameFlags.RECORD) === 0) ticks.push(tick);
    }),
  );
  return { running, client: await probe(running), ticks };
}

/** What a market says of itself at an instant; what only viewers are told is left out. */
const market = (ticks: readonly TickFrame[]) =>
  ticks.map(({ conflated, transport, ...said }) => said);

type Storm = StormRequest & { symbol: string };

/** Every tick that the preview's process sees, looked at in this one. */
function lookedAhead({ engine }: RunningEngine, storm: Storm, bounds = BOUNDS): Promise<Ahead> {
  const timeline = engine.need();
  const { config, session, storms } = timeline;
  const checkpoint = session.checkpoint(savedStorms(session, storms, engine.library));
  const { digest } = timeline.status().source;
  const { code = '' } = engine.library.get(storm.kind) ?? {};
  const order = { config, source: config.source, digest, storms: [], storm, code, bounds };
  return lookAhead(order, checkpoint);
}

interface Stage {
  options: Partial<EngineOptions>;
  before: { unit: 'second' | 'tick' | 'event'; count: number }[];
  storm: Storm;
  /** In flight when the preview is taken. */
  other?: Storm;
  other_s?: number;
}

async function staged({ options, before, other, other_s = 1 }: Stage): Promise<Live> {
  const stage = await live(options);
  for (const step of before) await stage.client.must('replay.step', step);
  if (other !== undefined) {
    await stage.client.must('storm.start', other);
    await stage.client.must('replay.step', { unit: 'second', count: other_s });
  }
  return stage;
}

/** Takes the preview, fires the storm, and compares everything up to where the preview ends. */
async function keepsItsPromise(stage: Stage): Promise<Preview> {
  const { storm } = stage;
  const { running, client, ticks } = await staged(stage);
  const before = await client.must('status');
  const preview: Preview = await client.must('storm.preview', storm);
  expect(await client.must('status')).toEqual(before);
  const ahead = await lookedAhead(running, storm);
  const { epoch: _, cost: __, ...said } = preview;
  expect(said).toEqual(foreseen(ahead));
  ticks.length = 0;
  const fired = await client.must('storm.start', storm);
  const { at_ms, seed } = preview;
  const told = client.notices.findLast(({ notice }) => notice === 'storm_started');
  expect(told?.stalls_ns).toHaveLength(preview.facts.delivery_stalls.count);
  expect(fired).toMatchObject({ started_at_ms: at_ms, start_seq: preview.at_seq, seed });
  await running.engine.loop.runTo(preview.until_ms * MS_NS);
  const { run_digest, market_digest } = await client.must('status');
  expect({ run_digest, market_digest }).toEqual({
    run_digest: preview.run_digest,
    market_digest: preview.market_digest,
  });
  const ours = ticks.filter(({ symbol }) => symbol === storm.symbol);
  expect(ours.length).toBeGreaterThan(100);
  expect(market(ahead.stormed.ticks)).toEqual(market(ours));
  const without = await staged(stage);
  without.ticks.length = 0;
  await without.running.engine.loop.runTo(preview.until_ms * MS_NS);
  const calm = without.ticks.filter(({ symbol }) => symbol === storm.symbol);
  expect(market(ahead.calm.ticks)).toEqual(market(calm));
  for (const [i, after_ms] of preview.points.after_ms.entries()) {
    const tick = ours.find(({ ts_run_ns }) => ts_run_ns === (at_ms + after_ms) * MS_NS);
    expect(preview.points.mid[i]).toBe((tick?.mid_x2 ?? 0) / 2 || null);
  }
  return preview;
}

const crash: Storm = { kind: 'FlashCrash', severity: 0.8, duration_ms: 5000, symbol: 'SYN002' };
const synthetic: Partial<EngineOptions> = {
  source: { kind: 'synthetic', seed: '5', instruments: 2 },
  symbols: ['SYN001', 'SYN002'],
};

describe('what is previewed is what happens', () => {
  it('on the synthetic market', async () => {
    const before = [
      { unit: 'second', count: 12 },
      { unit: 'event', count: 3 },
    ] as const;
    const preview = await keepsItsPromise({
      options: synthetic,
      before: [...before],
      storm: crash,
    });
    expect(preview.cut).toBe(null);
    const { facts, points } = preview;
    expect(facts.price_move?.bps).toBeLessThan(-50);
    expect(facts.calm_after_ms).toBeGreaterThan(5000);
    expect(facts.events).toBeGreaterThan(0);
    expect(facts.trades).toBeGreaterThan(0);
    expect(facts.depth_change?.share).toBeLessThan(0);
    expect(facts.flags.map(({ detector }) => detector)).toContain('FlashCrash');
    expect(points.after_ms.length).toBeLessThanOrEqual(200);
    const move = points.mid.map((mid, i) => (mid ?? 0) - (points.mid_without[i] ?? 0));
    expect(Math.min(...move)).toBe(facts.price_move?.price);
  });

  it('with another storm in flight, and one that returns', async () => {
    const other = { ...crash, kind: 'MomentumIgnition', severity: 0.9, seed: '11' };
    const before = [{ unit: 'second', count: 4 } as const];
    const storm = { ...crash, seed: '3', severity: 0.4, params: { recovery_half_life_ms: 300 } };
    await keepsItsPromise({ options: synthetic, before, storm, other, other_s: 2 });
    await keepsItsPromise({ options: synthetic, before, storm, other, other_s: 5 });
  });

  it('on an ITCH file, to its end', async () => {
    const options = { source: { kind: 'itch', path: SAMPLE } as const, symbols: ['SYN003'] };
    const storm = { ...crash, symbol: 'SYN003' };
    const other = { ...storm, kind: 'PhantomLiquidity', severity: 1 };
    const before = [{ unit: 'second', count: 2 } as const];
    const preview = await keepsItsPromise({ options, before, storm, other });
    expect(preview.cut).toBe('source_end');
  });

  it('on a recorded hour', async () => {
    const path = fixture('aapl-2012-06-21/feed.itch50');
    if (path === undefined) return;
    const options = { source: { kind: 'itch', path } as const, symbols: ['AAPL'] };
    const other = { ...crash, symbol: 'AAPL' };
    const storm = { ...other, kind: 'LatencyArbProxy', severity: 1 };
    const before = [{ unit: 'second', count: 60 } as const];
    const preview = await keepsItsPromise({ options, before, storm, other });
    expect(preview.cut).toBe(null);
    expect(preview.facts.delivery_stalls.count).toBeGreaterThan(2);
  });

  it('says where it was cut, and why', async () => {
    const before = [{ unit: 'second', count: 3 } as const];
    const { running } = await staged({ options: synthetic, before, storm: crash });
    const cut = async (bounds: object) => {
      const ahead = await lookedAhead(running, crash, { ...BOUNDS, ...bounds });
      return { cut: ahead.cut, calm_after_ms: foreseen(ahead).facts.calm_after_ms };
    };
    for (const [name, bound] of [
      ['recovery', { recovery_ms: 100 }],
      ['events', { events: 1000 }],
      ['wall', { wall_ms: 0 }],
    ] as const) {
      expect(await cut(bound)).toEqual({ cut: name, calm_after_ms: null });
    }
  });
});

describe('a preview', () => {
  it('changes nothing of a market that plays, records and is stormed', async () => {
    const run = async (previews: boolean) => {
      const client = await probe(await engine(synthetic));
      await client.must('replay.step', { unit: 'second', count: 3 });
      const dir = mkdtempSync(join(tmpdir(), 'wavetank-run-'));
      await client.must('run.start', { run_id: 'r1', dir });
      await client.must('storm.start', { ...crash, kind: 'MomentumIgnition', seed: '9' });
      const until_ms = (await client.must('status')).ts_run_ms + 8000;
      await client.must('replay.speed', { speed: 8 });
      await client.must('replay.play', { until_ms });
      if (previews) {
        for (let i = 0; i < 2; i++) await client.must('storm.preview', { ...crash, seed: '1' });
      }
      await client.reaches(until_ms * MS_NS);
      const { run_digest } = await client.must('run.stop', { cause: 'request' });
      return { run_digest, ticks: market(client.record) };
    };
    expect(await run(true)).toEqual(await run(false));
  });

  it('leaves the engine free: it beats and answers meanwhile', async () => {
    const client = await probe(await engine({ ...synthetic, speed: 1 }));
    await client.must('replay.step', { unit: 'second', count: 3 });
    await client.must('replay.play');
    let answered = false;
    const preview = client.must('storm.preview', { ...crash, duration_ms: 120_000 }).finally(() => {
      answered = true;
    });
    const beats = client.heartbeats.length;
    await client.until(({ heartbeats }) => heartbeats.length >= beats + 2);
    await client.must('status');
    expect(answered).toBe(false);
    expect((await preview).facts.calm_after_ms).toBeGreaterThanOrEqual(120_000);
  });

  it('is judged as the storm is', async () => {
    const client = await probe(await engine(synthetic));
    const code = async (storm: object) => (await client.ask('storm.preview', storm)).error?.code;
    expect(await code({ ...crash, kind: 'Nothing' })).toBe('STORM_UNKNOWN_KIND');
    expect(await code({ ...crash, severity: 2 })).toBe('STORM_BAD_SEVERITY');
    expect(await code({ ...crash, duration_ms: 1 })).toBe('STORM_BAD_DURATION');
    expect(await code({ ...crash, seed: 'x' })).toBe('STORM_BAD_SEED');
    expect(await code({ ...crash, params: { depth: 1 } })).toBe('STORM_BAD_PARAM');
    expect(await code({ ...crash, symbol: 'NONE' })).toBe('SYMBOL_UNKNOWN');
    expect(await code({ ...crash, symbol: undefined })).toBe('SYMBOL_REQUIRED');
    expect(await code(crash)).toBe('STORM_NO_BASELINE');
    await client.must('replay.step', { unit: 'second', count: 3 });
    await client.must('storm.start', crash);
    expect(await code(crash)).toBe('STORM_CONFLICT');
  });

  it("runs a user's own storm, and no other code than the engine's", async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'wavetank-own-')), 'thin.ts');
    const write = (qty: number) =>
      writeFileSync(
        file,
        `import { withdraw } from '@wavetank/storms/kit';
        export default {
          name: 'Thin', number: ${stormNumber('Thin')}, imitates: 'nothing', params: [],
          init: () => ({}),
          step: (state, view) => ({
            state,
            intents: view.bids.count > 1 ? [withdraw(0, view.bids.price(0), ${qty})] : [],
          }),
        };`,
      );
    write(100);
    const client = await probe(await engine({ ...synthetic, storms: [file] }));
    await client.must('replay.step', { unit: 'second', count: 3 });
    const thin = { ...crash, kind: 'Thin' };
    const { facts } = await client.must('storm.preview', thin);
    expect(facts.failure).toBe(null);
    expect(facts.withdrawn_qty).toBeGreaterThan(0);
    write(200);
    const { error } = await client.ask('storm.preview', thin);
    expect(error).toMatchObject({ code: 'STORM_OTHER_CODE', status: 409 });
  });

  it('gives way to a newer one, and is cancelled by whoever asked', async () => {
    const client = await probe(await engine(synthetic));
    await client.must('replay.step', { unit: 'second', count: 3 });
    const long = { ...crash, duration_ms: 120_000 };
    const first = client.ask('storm.preview', { ...long, ticket: 'a' });
    const second = client.ask('storm.preview', { ...long, ticket: 'b' });
    expect((await first).error).toMatchObject({ code: 'PREVIEW_SUPERSEDED', status: 409 });
    expect(await client.must('storm.preview.cancel', { ticket: 'a' })).toEqual({
      cancelled: false,
    });
    expect(await client.must('storm.preview.cancel', { ticket: 'b' })).toEqual({ cancelled: true });
    expect((await second).error?.code).toBe('PREVIEW_CANCELLED');
    const moved = client.ask('storm.preview', long);
    await client.must('replay.open', { synthetic: { seed: '1' }, symbol: 'SYN001', paused: true });
    expect((await moved).error?.code).toBe('PREVIEW_SUPERSEDED');
  });

  it('of a market too large to stand still for it is refused while it moves', async () => {
    const source = { kind: 'synthetic', seed: '5', instruments: 450, live_orders: 700 } as const;
    const client = await probe(await engine({ source, symbols: ['SYN002'], speed: 0.1 }));
    await client.must('replay.step', { unit: 'second', count: 2 });
    await client.must('replay.play');
    const { error } = await client.ask('storm.preview', crash);
    expect(error).toMatchObject({ code: 'PREVIEW_TOO_LARGE', status: 409 });
    expect(error?.detail).toMatch(
      /^3\d\d,\d{3} orders are live; .* 300,000 at most while time moves/,
    );
    await client.must('replay.pause');
    expect(await client.must('storm.preview', crash)).toMatchObject({ cut: null });
  });

  it.skipIf(process.platform !== 'linux')('dies with its engine', async () => {
    const child = spawn(process.execPath, [ENGINE_ENTRY, '--wire-port', '0', '--paused'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const client = await probe(JSON.parse(line.toString()));
    await client.must('replay.step', { unit: 'second', count: 3 });
    void client.ask('storm.preview', { ...crash, symbol: 'SYN001', duration_ms: 120_000 });
    const children = () => readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8');
    await expect.poll(children, { timeout: 20_000 }).not.toBe('');
    const stat = `/proc/${children().trim()}/stat`;
    child.kill('SIGKILL');
    // Where nobody reaps orphans it stays as a zombie.
    const lives = () => existsSync(stat) && !/\) Z /.test(readFileSync(stat, 'utf8'));
    await expect.poll(lives, { timeout: 20_000 }).toBe(false);
  });
});
