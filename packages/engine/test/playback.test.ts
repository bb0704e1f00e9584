// A recorded run played on the engine: the same market to the bit at any speed, from its start or from any
// place that is sought, with the storms of its log; refused whole where it cannot be that.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RunClass, SourceKind, TransportState } from '@wavetank/abi';
import { readLog } from '@wavetank/native';
import { beforeAll, describe, expect, it } from 'vitest';
import { stormNumber } from '../src/index.ts';
import { loggedRun } from '../src/verify/run-log.ts';
import { engine, probe } from './harness.ts';
import type { WireProbe } from './wire-probe.ts';

const SECOND_NS = 1_000_000_000;
const MS_NS = 1_000_000;
const crash = { kind: 'FlashCrash', severity: 0.8, duration_ms: 6000, symbol: 'SYN002' };
const phantom = { kind: 'PhantomLiquidity', severity: 0.6, duration_ms: 9000, symbol: 'SYN001' };

const second = (client: WireProbe, count: number) =>
  client.must('replay.step', { unit: 'second', count });

/** A run of 25 s: storms that ran before it, started while time stood and while it ran, stopped by hand. */
async function record(ending: 'standing' | 'playing'): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), 'wavetank-played-'));
  const source = { kind: 'synthetic', seed: '5', instruments: 2 } as const;
  const client = await probe(await engine({ source, symbols: ['SYN002'] }));
  await second(client, 4);
  await client.must('storm.start', phantom);
  await second(client, 2);
  const named = { run_id: 'r1', dir, symbols: ['SYN001', 'SYN002'] };
  /** Time goes on while requests come, or stands for each. */
  const play = async (): Promise<void> => {
    if (ending === 'playing') await client.must('replay.play');
  };
  const onward = async (): Promise<void> => {
    const { ts_run_ns } = await client.must('replay.status');
    if (ending === 'standing') return second(client, 1);
    await client.reaches(ts_run_ns + SECOND_NS);
  };
  await client.must('replay.speed', { speed: 50 });
  await play();
  await client.must('run.start', named);
  await client.must('storm.start', crash);
  await onward();
  await client.must('replay.pause');
  await second(client, 5);
  const { id } = await client.must('storm.start', { ...crash, symbol: 'SYN001', seed: '9' });
  await second(client, 2);
  await client.must('storm.stop', { id });
  await second(client, 9);
  await client.must('storm.start', { ...crash, severity: 0.4 });
  await client.must('storm.start', phantom);
  await second(client, 7);
  await play();
  await onward();
  await client.must('run.stop');
  await client.must('run.seal', { digests: {} });
  return dir;
}

const runs = { standing: '', playing: '' };
const SAMPLE = fileURLToPath(new URL('../../../data/samples/synthetic-4.itch50', import.meta.url));

/** An own storm that takes a share at each slot, unless it began before: what no storm may remember. */
function forgetful(): string {
  return own(
    `let begun = 0;`,
    `init: ({ severity_ppm }) => ({ severity_ppm, nth: ++begun }),
  step: (state, view) => {
    const acts = state.nth === 1 && view.bids.count > 1;
    return { state, intents: acts ? [withdraw(0, view.bids.price(0), 1)] : [] };
  },`,
  );
}

/** An own storm that does nothing, with a remark that only its digest sees. */
function idle(remark: string): string {
  return own(
    `// ${remark}`,
    `init: ({ severity_ppm }) => ({ severity_ppm }),
  step: (state) => ({ state, intents: [] }),`,
  );
}

function own(head: string, code: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'wavetank-idle-')), 'idle.ts');
  writeFileSync(
    path,
    `${head}
import { withdraw } from '@wavetank/storms/kit';
export default {
  name: 'Idle', number: ${stormNumber('Idle')}, imitates: 'nothing', params: [],
  ${code}
};
void withdraw;`,
  );
  return path;
}

const stopOf = (dir: string) => loggedRun(readLog(join(dir, 'log')))?.stop;

beforeAll(async () => {
  runs.standing = await record('standing');
  runs.playing = await record('playing');
});

const stood = (client: WireProbe) =>
  client.until((each) => each.heartbeats.at(-1)?.transport === TransportState.Ended);

describe('a recorded run', () => {
  it.each([
    ['standing', 'max'],
    ['playing', 'max'],
    ['playing', 40],
  ] as const)('stopped while %s, played at %s, ends as it ended', async (ending, speed) => {
    const dir = runs[ending];
    const client = await probe(await engine({ speed }));
    const opened = await client.must('replay.open', { run: dir });
    expect(opened.run).toMatchObject({ run_id: 'r1', symbols: ['SYN001', 'SYN002'] });
    const told = await client.notice('run_played');
    expect(told).toMatchObject({ run_id: 'r1', same: true, difference: null });
    await stood(client);
    const { end_seq: seq, run_digest, market_digest } = stopOf(dir) ?? {};
    const now = await client.must('status');
    expect(now).toMatchObject({ seq, run_digest, market_digest, class: 'D2', transport: 'ended' });
    expect(client.headers.at(-1)).toMatchObject({
      run_class: RunClass.D2,
      source_kind: SourceKind.Run,
    });
    const { run } = await client.must('replay.status');
    expect(run).toMatchObject({ outcome: { same: true }, to_seq: seq });
    expect((await client.ask('replay.play')).error?.code).toBe('SOURCE_ENDED');
    const begun = client.notices.filter(({ notice }) => notice === 'storm_started');
    expect(begun.length).toBe(4);
  });

  it('stands the same wherever it is held up on the way', async () => {
    const client = await probe(await engine());
    await client.must('replay.open', { run: runs.playing, paused: true });
    const { run } = await client.must('replay.status');
    while ((await client.must('replay.status')).transport !== 'ended') {
      await client.must('replay.step', { unit: 'tick', count: 77 });
      await client.ask('replay.step', { unit: 'event', count: 3 });
    }
    expect(await client.notice('run_played')).toMatchObject({ same: true });
    expect(await client.must('replay.status')).toMatchObject({ seq: run.to_seq });
  });

  it('whose storm is not the same again stands where they part, and names it', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'wavetank-parted-'));
    const storms = [forgetful()];
    const client = await probe(await engine({ storms, symbols: ['SYN001'] }));
    await second(client, 3);
    await client.must('run.start', { run_id: 'r1', dir });
    await client.must('storm.start', { kind: 'Idle', severity: 0.5, duration_ms: 5000 });
    await second(client, 3);
    await client.must('storm.start', { ...crash, symbol: 'SYN001' });
    await second(client, 3);
    await client.must('run.stop');
    await client.must('run.seal', { digests: {} });
    const { from_ms, to_ms } = (await client.must('replay.open', { run: dir })).run;
    const told = await client.notice('run_played');
    expect(told).toMatchObject({
      same: false,
      difference: { what: 'storm.start at another place' },
      ts_run_ns: (from_ms + 3000) * MS_NS,
    });
    await stood(client);
    const { error } = await client.ask('replay.seek', { to_ms });
    expect(error).toMatchObject({ code: 'RUN_UNPLAYABLE' });
    expect(error?.detail).toContain('storm.start at another place');
  });

  it('is the same to the end of its source', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'wavetank-whole-'));
    const source = { kind: 'itch', path: SAMPLE } as const;
    const client = await probe(await engine({ source, symbols: ['SYN003'] }));
    await second(client, 2);
    await client.must('run.start', { run_id: 'r1', dir });
    await client.must('storm.start', { ...crash, symbol: 'SYN003', duration_ms: 60_000 });
    await second(client, 100);
    await client.notice('run_closed');
    await client.must('run.seal', { digests: {} });
    await client.must('replay.open', { run: dir });
    expect(await client.notice('run_played')).toMatchObject({ same: true });
    await stood(client);
  });

  it('takes no storm, no stop and no run, and gives way to another source', async () => {
    const client = await probe(await engine());
    await client.must('replay.open', { run: runs.standing, paused: true });
    const asked: [string, object][] = [
      ['storm.start', crash],
      ['storm.stop', {}],
      ['run.start', { run_id: 'r2', dir: runs.standing, symbols: ['SYN001'] }],
    ];
    for (const [method, params] of asked) {
      expect((await client.ask(method, params)).error).toMatchObject({
        status: 409,
        code: 'RUN_PLAYBACK',
      });
    }
    await second(client, 2);
    await client.must('replay.open', { synthetic: { seed: '3' }, paused: true });
    expect(await client.must('status')).toMatchObject({ class: 'D0', storms: [] });
    expect((await client.must('replay.status')).run).toBeNull();
    await second(client, 3);
    const { id } = await client.must('storm.start', { ...crash, symbol: 'SYN001' });
    expect(id).toBe(1);
  });
});

describe('a seek in a recorded run', () => {
  /** Plain play to each of some ascending places, and every record tick on the way. */
  async function played(dir: string, places: number[]) {
    const client = await probe(await engine());
    await client.must('replay.open', { run: dir, paused: true });
    const { engine: tank } = await engine();
    await tank.openRun(dir, false);
    const at = new Map<number, object>();
    for (const ms of places) {
      await tank.loop.runTo(ms * MS_NS);
      const { seq, run_digest, market_digest, twin_digest, storms_running } =
        tank.timeline?.status() ?? {};
      at.set(ms, { seq, run_digest, market_digest, twin_digest, storms_running });
    }
    client.ticks.length = 0;
    await client.must('replay.play');
    await client.notice('run_played');
    return { at, ticks: client.record };
  }

  it.each(['standing', 'playing'] as const)('stands where play stands (%s)', async (ending) => {
    const dir = runs[ending];
    const client = await probe(await engine());
    const { run } = await client.must('replay.open', { run: dir, paused: true });
    let state = 0x2545f491;
    const places = [run.from_ms, run.to_ms, run.from_ms + 40, run.to_ms - 60];
    while (places.length < 8) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      places.push(run.from_ms + (state % (run.to_ms - run.from_ms)));
    }
    const { at, ticks } = await played(
      dir,
      [...places].sort((a, b) => a - b),
    );
    for (const to_ms of places) {
      const found = await client.must('replay.seek', { to_ms });
      const transport = to_ms === run.to_ms ? 'ended' : 'paused';
      expect(found).toMatchObject({ transport, ts_run_ms: to_ms });
      expect(await client.must('status'), `at ${to_ms}`).toMatchObject(at.get(to_ms) ?? {});
      if (transport === 'ended') continue;
      client.ticks.length = 0;
      await client.must('replay.step', { unit: 'tick', count: 100 });
      const to_ns = to_ms * MS_NS;
      const { ts_run_ns } = await client.must('replay.status');
      const behind = ticks.filter((tick) => tick.ts_run_ns > to_ns && tick.ts_run_ns <= ts_run_ns);
      expect(client.record.map(unlooked), `behind ${to_ms}`).toEqual(behind.map(unlooked));
    }
  });

  it('finds sequences of the run, storms included, and goes back by events', async () => {
    const client = await probe(await engine());
    const { run } = await client.must('replay.open', { run: runs.playing, paused: true });
    const span = run.to_seq - run.from_seq;
    for (const seq of [
      run.from_seq,
      run.to_seq,
      ...[0.6].map((x) => run.from_seq + Math.floor(span * x)),
    ]) {
      const found = await client.must('replay.seek', { seq });
      expect(found.seq).toBeGreaterThanOrEqual(seq);
      if (seq === run.from_seq) continue;
      const before = await client.must('replay.step', {
        unit: 'event',
        count: seq - found.seq - 1,
      });
      expect(before.seq).toBeLessThan(seq);
      expect(before.ts_run_ns).toBeLessThan(found.ts_run_ns);
      const again = await client.must('replay.seek', { to_ms: found.ts_run_ms });
      expect(again.seq).toBe(found.seq);
      const just = await client.must('replay.seek', { to_ms: found.ts_run_ms - 1 });
      expect(just.seq).toBeLessThan(seq);
    }
    await client.must('replay.step', { unit: 'second', count: -1000 });
    expect(await client.must('replay.status')).toMatchObject({ ts_run_ms: run.from_ms });
    await client.must('replay.step', { unit: 'event', count: -1000 });
    expect(await client.must('replay.status')).toMatchObject({ ts_run_ms: run.from_ms });
  });

  it('is refused outside the run, with its range, and changes nothing', async () => {
    const client = await probe(await engine());
    const { run, epoch } = await client.must('replay.open', { run: runs.standing, paused: true });
    for (const to_ms of [run.from_ms - 1, run.to_ms + 1]) {
      const { error } = await client.ask('replay.seek', { to_ms });
      expect(error).toMatchObject({ status: 400, code: 'SEEK_OUTSIDE' });
      expect(error?.detail).toContain(`(${run.from_ms} to ${run.to_ms} ms)`);
    }
    for (const seq of [run.from_seq - 1, run.to_seq + 1]) {
      const { error } = await client.ask('replay.seek', { seq });
      expect(error?.detail).toContain(`${run.from_seq} to ${run.to_seq}`);
    }
    expect((await client.must('replay.status')).epoch).toBe(epoch);
  });
});

describe('a run that cannot be played', () => {
  it('for its source, or for the code of its storm, is refused in words', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'wavetank-unplayable-'));
    const own = idle('as it was');
    const path = join(folder, 'day.itch50');
    cpSync(SAMPLE, path);
    const client = await probe(
      await engine({ source: { kind: 'itch', path }, symbols: ['SYN003'], storms: [own] }),
    );
    await second(client, 2);
    await client.must('run.start', { run_id: 'r1', dir: folder });
    await client.must('storm.start', { kind: 'Idle', severity: 0.5, duration_ms: 5000 });
    await second(client, 2);
    await client.must('run.stop');
    await client.must('run.seal', { digests: {} });
    const codeOf = async (storms: string[]) => {
      const other = await probe(await engine({ storms }));
      return (await other.ask('replay.open', { run: folder })).error;
    };
    expect(await codeOf([own])).toBeUndefined();
    for (const storms of [[], [idle('another')]]) {
      expect(await codeOf(storms)).toMatchObject({ status: 409, code: 'STORM_OTHER_CODE' });
    }
    const bytes = readFileSync(path);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    writeFileSync(path, bytes);
    expect((await codeOf([own]))?.code).toBe('CHECKPOINT_FOREIGN');
    rmSync(path);
    expect((await codeOf([own]))?.code).toBe('FEED_NOT_FOUND');
  });

  const copied = (change: (log: string) => void): string => {
    const copy = mkdtempSync(join(tmpdir(), 'wavetank-unplayable-'));
    cpSync(runs.standing, copy, { recursive: true });
    change(join(copy, 'log'));
    return copy;
  };
  const edited = (find: string, put: string) =>
    copied((log) => {
      const [segment = ''] = readdirSync(log);
      const bytes = readFileSync(join(log, segment));
      const at = bytes.indexOf(find);
      expect(at).toBeGreaterThan(0);
      bytes.write(put, at, 'latin1');
      writeFileSync(join(log, segment), bytes);
    });

  it('is refused, and the source stays open', async () => {
    const client = await probe(await engine());
    await second(client, 1);
    const before = await client.must('status');
    const empty = mkdtempSync(join(tmpdir(), 'wavetank-empty-'));
    const damaged = edited('"storm.start"', '"storm.stoop"');
    for (const run of [empty, damaged]) {
      expect((await client.ask('replay.open', { run })).error).toMatchObject({
        status: 409,
        code: 'RUN_UNPLAYABLE',
      });
    }
    for (const more of [{ path: 'x' }, { synthetic: {} }, { symbol: 'SYN001' }]) {
      const { error } = await client.ask('replay.open', { run: runs.standing, ...more });
      expect(error?.code).toBe('PARAM_INVALID');
    }
    const { seq, run_digest, epoch } = before;
    expect(await client.must('status')).toMatchObject({ seq, run_digest, epoch, class: 'D0' });
  });
});

/** A tick without what hangs on who looks on. */
const unlooked = ({ conflated: _, transport: __, ...tick }: WireProbe['ticks'][number]) => tick;
