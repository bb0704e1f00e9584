// Own storms: files that load, files at fault, and storms whose code misbehaves while they run.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { StormLibrary, stormNumber } from '../src/index.ts';
import { Tank } from '../src/tank/index.ts';
import { engine, probe } from './harness.ts';

const dir = mkdtempSync(join(tmpdir(), 'wavetank-own-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

let written = 0;
function file(text: string): string {
  const path = join(dir, `storm-${++written}.ts`);
  writeFileSync(path, text);
  return path;
}

/** A storm that withdraws a share of the best bid each second. */
function storm(name: string, more: { head?: string; init?: string; step?: string } = {}): string {
  const {
    head = '',
    init = '({ severity_ppm }) => ({ severity_ppm })',
    step = '(state) => ({ state, intents: [] })',
  } = more;
  return `${head}
import { withdraw } from '@wavetank/storms/kit';
export default {
  name: '${name}', number: ${stormNumber(name)}, imitates: 'nothing',
  params: [{ name: 'depth', unit: 'levels', min: 1, max: 9, default: 3, doc: 'levels' }],
  init: ${init},
  step: ${step},
};
void withdraw;`;
}

describe('a storm file', () => {
  it('is listed with its parameters and its code', () => {
    const path = file(storm('Breaker'));
    const kind = new StormLibrary([path]).get('Breaker');
    expect(kind?.info.number).toBe(stormNumber('Breaker'));
    expect(kind?.info.number).toBeGreaterThanOrEqual(0x8000);
    expect(kind?.info.params.map((range) => range.name)).toEqual(['depth', 'ramp_ms']);
    expect(kind?.code).toMatch(/^[0-9a-f]{16}$/);
    expect(kind?.file).toBe(path);
  });

  it('has the code of the files beside it in its digest', () => {
    const beside = file('export const SIZE = 1;');
    const head = `import { SIZE } from './${beside.split('/').at(-1)}'; void SIZE;`;
    const path = file(storm('Shoal', { head }));
    const code = new StormLibrary([path]).get('Shoal')?.code;
    writeFileSync(beside, 'export const SIZE = 2;');
    expect(new StormLibrary([path]).get('Shoal')?.code).not.toBe(code);
  });

  it.each([
    ['STORM_FILE_MISSING', () => join(dir, 'away.ts')],
    ['STORM_FILE_THROWS', () => file('throw new Error("boom");')],
    ['STORM_FILE_THROWS', () => file('export default {{')],
    ['STORM_FILE_IMPORT', () => file(storm('Reader', { head: `import 'node:fs';` }))],
    ['STORM_FILE_EXPORT', () => file('export const x = 1;')],
    ['STORM_FILE_EXPORT', () => file(storm('Breaker').replace(/number: \d+/, 'number: 7'))],
    ['STORM_FILE_EXPORT', () => file(storm('breaker'))],
    ['STORM_FILE_EXPORT', () => file(storm('Breaker').replace('min: 1', 'min: 4'))],
    ['STORM_FILE_EXPORT', () => file(storm('Breaker').replace("name: 'depth'", "name: 'ramp_ms'"))],
    ['STORM_FILE_EXPORT', () => file(storm('Breaker').replace('init:', 'start:'))],
    ['STORM_NAME_TAKEN', () => file(storm('FlashCrash'))],
  ])('at fault is refused: %s', (code, path) => {
    const library = new StormLibrary();
    const names = library.names;
    expect(() => library.add(path())).toThrow(expect.objectContaining({ code }));
    expect(library.names).toEqual(names);
  });

  it('is refused when another one has its name', () => {
    const files = [file(storm('Breaker')), file(storm('Breaker'))];
    expect(() => new StormLibrary(files)).toThrow(
      expect.objectContaining({ code: 'STORM_NAME_TAKEN' }),
    );
  });
});

const BIG = '({ severity_ppm }) => ({ severity_ppm, rows: Array(40000).fill(0) })';

describe('a storm whose code misbehaves', () => {
  it.each([
    ['STORM_STATE', { init: '() => ({ half: 0.5 })' }],
    ['STORM_STATE', { init: '() => ({ when: new Map() })' }],
    ['STORM_STATE', { init: BIG }],
    ['STORM_THROWS', { init: '() => { throw new Error("no") }' }],
  ])('does not start: %s %j', async (code, more) => {
    const client = await probe(await engine({ storms: [file(storm('Breaker', more))] }));
    await client.must('replay.step', { unit: 'second', count: 2 });
    const before = await client.must('status');
    const asked = client.must('storm.start', { kind: 'Breaker', severity: 1, duration_ms: 5000 });
    await expect(asked).rejects.toThrow(code);
    expect((await client.must('status')).run_digest).toBe(before.run_digest);
    expect(await client.must('storm.status')).toEqual({ mode: 'idle', storms: [] });
  });

  it.each([
    ['STORM_THROWS', '() => { throw new Error("no") }'],
    ['STORM_STATE', '(s, view) => ({ state: { at: view.tsNs / 7 }, intents: [] })'],
    ['STORM_STATE', '(state) => { state.half = 0.5; return { state, intents: [] } }'],
    ['STORM_INTENT', '(state) => ({ state, intents: [withdraw(0, 1.5, 1)] })'],
    ['STORM_INTENT', '(state) => ({ state, intents: [{ ...withdraw(0, 1, 1), op: 7 }] })'],
    ['STORM_INTENT', '(state) => ({ state, intents: Array(5000).fill(withdraw(0, 1, 1)) })'],
    ['STORM_INTENT', '(state) => ({ state })'],
  ])('is stopped before any of the step takes effect: %s %s', async (code, step) => {
    const tank = await Tank.open({ storms: [file(storm('Breaker', { step }))] });
    tank.forward(3000);
    const { id } = tank.start({ kind: 'Breaker', severity: 1, duration_ms: 5000 });
    tank.forward(100);
    expect(tank.failures.get(id)).toContain(code);
    expect(tank.storm(id)).toMatchObject({ phase: 'closed', cause: 'aborted', events: 0 });
    tank.close();
  });
});
