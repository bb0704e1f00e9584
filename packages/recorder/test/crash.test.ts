// Deaths at every moment: torn lines, open storms, full disks, bytes changed afterwards.
import { spawnSync } from 'node:child_process';
import { appendFile, cp, mkdtemp, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkRun, closeAborted, LineWriter, readLines, readRunFile } from '../src/index.ts';
import { botAt, ending, lines, startRun, WALL_MS } from './folder.ts';
import { stormFrame, tickFrame } from './frames.ts';

async function dyingRun(): Promise<string> {
  const run = await startRun({ targets: [botAt(5)] });
  run.storm(stormFrame({ seq: 1001, ts_run_ns: 34_201_000_000_000 }), null);
  run.tick(tickFrame({ seq: 1500, ts_run_ns: 34_202_000_000_000, run_digest: 5n }));
  run.tick(tickFrame({ seq: 1600, ts_run_ns: 34_203_000_000_000, run_digest: 6n }));
  await run.abandon();
  return run.dir;
}

const death = { cause: 'bridge_death', wall_ms: WALL_MS + 5000 };

describe('closeAborted', () => {
  it('closes what a dead bridge left, and only once', async () => {
    const dir = await dyingRun();
    const digests = await closeAborted(dir, death);
    expect(await readRunFile(dir)).toMatchObject({
      status: 'aborted',
      stop_cause: 'bridge_death',
      verdict: 'TARGET_UNKNOWN',
      verdict_reasons: ['end_equity_unknown'],
      end_seq: 1600,
      duration_s: 3,
      run_digest: '0000000000000006',
      tick_samples: 2,
      storms_fired: [{ kind: 'FlashCrash', cause: 'run_stop', end_seq: 1600 }],
      artefacts: { 'ticks.jsonl': digests?.['ticks.jsonl'] },
    });
    const types = (await lines(dir, 'events.jsonl')).map((event) => event.type);
    expect(types).toEqual(['run_start', 'storm_start', 'storm_stop', 'run_stop']);
    expect(await checkRun(dir)).toEqual([]);
    expect(await closeAborted(dir, death)).toBeUndefined();
  });

  it('counts a last second in which nothing was sequenced', async () => {
    const run = await startRun();
    run.tick(tickFrame({ seq: 1500, ts_run_ns: 34_202_000_000_000 }));
    run.tick(tickFrame({ seq: 1500, ts_run_ns: 34_207_000_000_000 }));
    await run.abandon();
    await appendFile(join(run.dir, 'ticks.jsonl'), '{"seq":"none"}\n');
    await closeAborted(run.dir, death);
    expect(await readRunFile(run.dir)).toMatchObject({ end_seq: 1500, duration_s: 7 });
  });

  it('survives a cut every seven bytes of both files', async () => {
    const whole = await dyingRun();
    for (const file of ['events.jsonl', 'ticks.jsonl']) {
      const bytes = await readFile(join(whole, file));
      for (let cut = 0; cut < bytes.length; cut += 7) {
        const dir = await mkdtemp(join(tmpdir(), 'wavetank-cut-'));
        await cp(whole, dir, { recursive: true });
        await truncate(join(dir, file), cut);
        await closeAborted(dir, death);
        const faults = await checkRun(dir);
        // Whole lines lost before the death leave a hole that check names; nothing else is wrong.
        expect(faults.filter((fault) => fault.fault !== 'order')).toEqual([]);
        expect((await lines(dir, 'events.jsonl')).at(-1)?.type).toBe('run_stop');
      }
    }
  }, 120_000);

  it('believes the engine where it knows the end better', async () => {
    const dir = await dyingRun();
    await closeAborted(dir, { ...death, end_seq: 1700, ended_ts_ns: 34_204_000_000_000 });
    expect(await readRunFile(dir)).toMatchObject({ end_seq: 1700, duration_s: 4 });
  });

  it('is done by one of two that find the run over', async () => {
    const run = await startRun();
    const [digests] = await Promise.all([
      closeAborted(run.dir, { ...death, cause: 'engine_stopped' }),
      closeAborted(run.dir, death),
    ]);
    expect(digests).toBeDefined();
    run.outside('bot_back', {});
    run.stop(ending());
    expect(await run.close()).toBeUndefined();
    expect(run.run).toMatchObject({ status: 'aborted', stop_cause: 'engine_stopped' });
    expect((await readRunFile(run.dir))?.stop_cause).toBe('engine_stopped');
  });

  it('yields to the bridge that is closing it', async () => {
    const run = await startRun();
    run.stop(ending());
    expect(await closeAborted(run.dir, death)).toBeUndefined();
    await run.close();
    expect(await readRunFile(run.dir)).toMatchObject({ status: 'complete' });
    expect(await checkRun(run.dir)).toEqual([]);
  });

  it('is done for one who died closing it', async () => {
    const dir = await dyingRun();
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    await writeFile(join(dir, '.closing'), String(pid));
    expect(await closeAborted(dir, death)).toBeDefined();
    expect((await readdir(dir)).sort()).toEqual(['events.jsonl', 'run.yaml', 'ticks.jsonl']);
  });

  it('leaves a closed run and a folder that is none alone', async () => {
    const run = await startRun();
    run.stop(ending());
    await run.close();
    const before = await readFile(join(run.dir, 'run.yaml'), 'utf8');
    expect(await closeAborted(run.dir, death)).toBeUndefined();
    expect(await readFile(join(run.dir, 'run.yaml'), 'utf8')).toBe(before);
    expect(await closeAborted(join(run.dir, 'none'), death)).toBeUndefined();
  });
});

describe('checkRun', () => {
  it.each(['events.jsonl', 'ticks.jsonl'])('names a byte changed in %s', async (file) => {
    const run = await startRun();
    run.tick(tickFrame({ seq: 950, ts_run_ns: 34_200_000_000_000 }));
    run.stop(ending());
    await run.close();
    const path = join(run.dir, file);
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace('"seq":9', '"seq":8'));
    expect(await checkRun(run.dir)).toMatchObject([{ file, fault: 'digest' }]);
  });

  it('names an open run, a torn line and a missing run.yaml', async () => {
    const dir = await dyingRun();
    expect(await checkRun(dir)).toMatchObject([{ fault: 'open' }]);
    await closeAborted(dir, death);
    await appendFile(join(dir, 'ticks.jsonl'), '{"seq":');
    const faults = (await checkRun(dir)).map((fault) => fault.fault);
    expect(faults).toEqual(['torn', 'digest']);
    expect(await checkRun(join(dir, 'none'))).toMatchObject([{ fault: 'unreadable' }]);
  });
});

describe('a disk that fails', () => {
  it('aborts the run, and says so where it still can', async () => {
    const run = await startRun({}, (lines) => {
      const [events] = lines;
      const broken = new LineWriter({
        appendFile: async () => {
          throw new Error('ENOSPC');
        },
        datasync: async () => {},
        close: () => events.close(),
      });
      return [broken, lines[1]];
    });
    run.tick(tickFrame({ seq: 950, ts_run_ns: 34_200_000_000_000 }));
    await expect(run.flush()).rejects.toThrow('ENOSPC');
    run.stop(ending());
    await run.close();
    expect(await readRunFile(run.dir)).toMatchObject({
      status: 'aborted',
      stop_cause: 'disk_failed',
      tick_samples: 1,
    });
  });
});

describe('LineWriter', () => {
  const gate = () => {
    let open = (_error?: Error) => {};
    const passed = new Promise<void>((resolve, reject) => {
      open = (error) => (error === undefined ? resolve() : reject(error));
    });
    return { passed, open };
  };

  it('joins what arrives during a write into the next one, in order', async () => {
    const first = gate();
    const written: string[] = [];
    const writer = new LineWriter({
      appendFile: async (text) => {
        written.push(text);
        if (written.length === 1) await first.passed;
      },
      datasync: async () => {},
      close: async () => {},
    });
    writer.append({ n: 1 });
    const one = writer.flush();
    writer.append({ n: 2 });
    const two = writer.flush();
    writer.append({ n: 3 });
    const three = writer.flush();
    expect(writer.idle).toBe(false);
    first.open();
    await Promise.all([one, two, three]);
    expect(written).toEqual(['{"n":1}\n', '{"n":2}\n{"n":3}\n']);
    expect(writer.idle).toBe(true);
  });

  it('stops for good at the first error', async () => {
    let writes = 0;
    const writer = new LineWriter({
      appendFile: async () => {
        writes++;
        throw new Error('ENOSPC');
      },
      datasync: async () => {},
      close: async () => {},
    });
    writer.append({ n: 1 });
    await expect(writer.flush()).rejects.toThrow('ENOSPC');
    writer.append({ n: 2 });
    await expect(writer.flush()).rejects.toThrow('ENOSPC');
    await expect(writer.flush()).rejects.toThrow('ENOSPC');
    expect(writes).toBe(1);
  });
});

describe('readLines', () => {
  it('counts what it cannot read and goes on', async () => {
    const path = join(await dyingRun(), 'odd.jsonl');
    await writeFile(path, '{"a":1}\nnot json\n[1]\n{"b":2}\n{"torn":');
    const seen: unknown[] = [];
    expect(await readLines(path, (value) => seen.push(value))).toEqual({
      lines: 2,
      bad_lines: [2, 3],
      torn_bytes: 8,
      whole_bytes: 29,
    });
    expect(seen).toEqual([{ a: 1 }, { b: 2 }]);
  });
});
