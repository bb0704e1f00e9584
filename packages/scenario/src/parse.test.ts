import { readdirSync, readFileSync } from 'node:fs';
import { STORM_KINDS } from '@wavetank/abi';
import { describe, expect, it } from 'vitest';
import { KINDS, read } from '../test/kinds.ts';
import { MEASURES } from './measures.ts';
import { parseScenario, ScenarioError } from './parse.ts';
import { lengthMs } from './scenario.ts';
import { scenarioSchema } from './schema.ts';

const FULL = `
name: crash-then-phantom
seed: "7"
source: { itch: feed.itch50, symbol: AAPL, from: "09:31:00" }
clock: { speed: max, until: "09:33:00" }
recovery_half_life_ms: 900
steady_state: [ "spread_bps_p50 < 5" ]
phases:
  - { at_ms: 50000, storm: { kind: PhantomLiquidity, severity: 0.7, duration_ms: 20000 }, ramp_ms: 5000 }
  - { at_ms: 20000, storm: { kind: FlashCrash, severity: 0.8, duration_ms: 10000, seed: "7", symbol: MSFT } }
expect: [ "recovery_ms < 30000", "depth_min@GOOG > 3" ]
`;

it('fills in what was left out', () => {
  const scenario = read(FULL);
  expect(scenario).toMatchObject({
    source: { kind: 'itch', path: 'feed.itch50', framing: 'auto' },
    symbols: ['AAPL', 'MSFT', 'GOOG'],
    from_ms: 34_260_000,
    speed: 'max',
    storms: [],
  });
  expect(lengthMs(scenario)).toBe(120_000);
  expect(scenario.phases).toEqual([
    {
      at_ms: 20_000,
      kind: 'FlashCrash',
      severity: 0.8,
      duration_ms: 10_000,
      seed: '7',
      symbol: 'MSFT',
      params: { recovery_half_life_ms: 900 },
    },
    {
      at_ms: 50_000,
      kind: 'PhantomLiquidity',
      severity: 0.7,
      duration_ms: 20_000,
      seed: undefined,
      symbol: 'AAPL',
      params: { ramp_ms: 5000 },
    },
  ]);
});

it('lets a storm name its own half-life', () => {
  const own = FULL.replace('seed: "7", symbol', 'params: { recovery_half_life_ms: 50 }, symbol');
  expect(read(own).phases[0]?.params).toEqual({ recovery_half_life_ms: 50 });
});

const HEAD = 'name: a\nsource: { synthetic: {} }\n';
const crash = (more: string) => `{ at_ms: 5000, storm: { kind: FlashCrash, ${more} } }`;
const GOOD = 'severity: 1, duration_ms: 5000';

describe('refuses, with the place', () => {
  it.each([
    ['name: [', '1:8'],
    ['', '1:1'],
    ['- 1', '1:1'],
    ['name: a\nname: b', '2:1'],
    [`${HEAD}clock: { duration_ms: 1 }\nspeed: 3`, '4:1: speed: no such key'],
    [`${HEAD}clock: { duration_ms: 1.5 }`, '3:10: clock.duration_ms: '],
    [`${HEAD}clock: { duration_ms: 9, speed: 0.01 }`, '3:26: clock.speed: expected 0.1 to 1000'],
    [`${HEAD}clock: { duration_ms: 9, until: "09:31:00" }`, '3:26: clock.until: '],
    [HEAD, '1:1: clock: the synthetic market never ends'],
    ['name: a\nsource: { itch: f }', '2:1: source: an ITCH file needs a symbol'],
    ['name: a\nsource: { symbol: A }', '2:1: source: expected either itch or synthetic'],
    ['name: a\nseed: 7\nsource: { itch: f, symbol: A }', '2:1: seed: must be string'],
    ['name: a\nseed: "99999999999999999999"\nsource: { itch: f, symbol: A }', '2:1: seed: '],
    ['name: a\nsource: { itch: f, symbol: A, framing: odd }', '2:31: source.framing: expected'],
    ['name: a\nsource: { itch: f, symbol: A, from: "9:3" }', '2:31: source.from: '],
    ['name: a\nsource: { itch: f, symbol: A, from: "25:00:00" }', '2:31: source.from: '],
    [
      'name: a\nsource: { itch: f, symbol: A, from: "09:31:00" }\nclock: { until: "09:30:00" }',
      '3:10: clock.until: ',
    ],
    [`${HEAD}clock: { duration_ms: 5000 }\nphases: [${crash(GOOD)}]`, '4:12: phases.0.at_ms: '],
    [
      `${HEAD}clock: { duration_ms: 9000 }\nphases: [${crash('severity: 1')}]`,
      '4:25: phases.0.storm',
    ],
    [
      `${HEAD}clock: { duration_ms: 9000 }\nphases: [${crash(`${GOOD}, params: { x: 1 }`)}]`,
      'phases.0.storm.params.x: FlashCrash has no parameter x',
    ],
    [
      `${HEAD}clock: { duration_ms: 9000 }\nphases: [${crash(GOOD).replace('Crash', 'Crush')}]`,
      'phases.0.storm.kind: no kind FlashCrush; the nearest is FlashCrash',
    ],
    [
      `${HEAD}clock: { duration_ms: 9000 }\nphases:\n  - ${crash(GOOD)}\n  - ${crash(GOOD)}`,
      '6:7: phases.1.at_ms: FlashCrash on SYN001 runs then, by phases.0',
    ],
    [
      `${HEAD}clock: { duration_ms: 9 }\nexpect: [ "crossed_m < 1" ]`,
      '4:11: expect.0: no measure crossed_m; the nearest is crossed_ms',
    ],
    [`${HEAD}clock: { duration_ms: 9 }\nexpect: [ "target.equity < 1" ]`, 'needs a target'],
    [
      `${HEAD}clock: { duration_ms: 9 }\ntarget: t\nabort_if: [ "target.verdict > TARGET_INTACT" ]`,
      'abort_if.0: target.verdict is not known before the end',
    ],
    [
      `${HEAD}clock: { duration_ms: 9000 }\nsteady_state: [ "crossed_ms == 0" ]\nphases: [${crash(GOOD).replace('5000', '10')}]`,
      '4:1: steady_state: ',
    ],
    [
      `${HEAD}clock: { duration_ms: 9 }\nexpect: [${Array.from({ length: 17 }, (_, i) => `"flags@S${i} > 1"`)}]`,
      'at most 16 can be analysed',
    ],
    ['a: &a [1]\nb: [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]', 'x.yaml:1:1'],
    ['x'.repeat(300_000), 'more than 262144 bytes'],
  ])('%j', (text, said) => {
    let error: unknown;
    try {
      read(text);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(ScenarioError);
    expect((error as ScenarioError).message).toContain(said);
  });
});

it('tells every fault of a file, in order of lines', () => {
  const text = `${HEAD}clock: { duration_ms: 0 }\nphases: 3\nspeed: 1`;
  expect(() => read(text)).toThrow(/3:10.*\n.*4:1.*\n.*5:1/);
  const unknown = Array.from({ length: 20 }, (_, i) => `key_${i}: 1`);
  expect(() => read(`${HEAD}${unknown.join('\n')}`)).toThrow(/(no such key(.|\n)*){20}/);
});

it('asks for the kinds of the storm files that it names', () => {
  const text = `${HEAD}clock: { duration_ms: 9 }\nstorms: [ mine.ts ]`;
  const asked: string[] = [];
  parseScenario(text, 'x.yaml', (own) => {
    asked.push(...own);
    return KINDS;
  });
  expect(asked).toEqual(['mine.ts']);
});

it('publishes the schema it judges by', () => {
  const published = new URL('../../../docs/scenario.schema.json', import.meta.url);
  expect(JSON.parse(readFileSync(published, 'utf8'))).toEqual(
    JSON.parse(JSON.stringify(scenarioSchema)),
  );
});

it('documents every measure', () => {
  const docs = readFileSync(new URL('../../../docs/scenarios.md', import.meta.url), 'utf8');
  const named = MEASURES.map(({ name }) =>
    name.replace(/^(flags|detect_ms)[.].*/, '$1.<Detector>'),
  );
  expect(named.filter((name) => !docs.includes(`| \`${name}\``))).toEqual([]);
});

it('reads the examples', () => {
  const folder = new URL('../../../data/scenarios/', import.meta.url);
  const files = readdirSync(folder);
  expect(files.length).toBeGreaterThan(0);
  const kinds = STORM_KINDS.map(({ name, params }) => ({
    name,
    params: [...params, ...(KINDS[0]?.params ?? [])],
  }));
  for (const file of files) {
    const text = readFileSync(new URL(file, folder), 'utf8');
    expect(parseScenario(text, file, () => kinds).name).toBe(file.replace('.yaml', ''));
  }
});
