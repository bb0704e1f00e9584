// Target files: what is accepted becomes, and where what is refused stands.
import { describe, expect, it } from 'vitest';
import { parseTarget, TargetFileError } from './parse.ts';

const HFT = `name: fast
url: http://127.0.0.1:3001
latency_class: hft
needs_numa_pinning: true
expected_p99_tick_to_trade_us: 80
runtime: native
`;

function refusals(text: string): string[] {
  try {
    parseTarget(text, 't.yaml');
  } catch (error) {
    if (error instanceof TargetFileError) return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('parseTarget', () => {
  it('fills in what a file leaves out', () => {
    const [spec] = parseTarget('name: bot\nurl: http://127.0.0.1:3001\n');
    expect(spec).toMatchObject({
      state_url: 'http://127.0.0.1:3001/api/state',
      health_url: 'http://127.0.0.1:3001/api/health',
      poll_ms: 1000,
      thresholds: { damaged: 10, killed: 100, unit: 'absolute' },
      slo: { offline_ms: 0, reaction_ms: null },
      clock: 'wall',
    });
  });

  it('derives service levels from the class, and lets the file have its own', () => {
    const [spec] = parseTarget(`${HFT}slo: {reaction_ms: 20, answer_ms_p99: null}\n`);
    expect(spec?.slo).toEqual({
      offline_ms: 0,
      answer_ms_p99: null,
      reaction_ms: 20,
      recovery_ms: 2000,
      staleness_ms: 100,
      tick_to_trade_us_p99: 80,
    });
  });

  it('reads a list of targets', () => {
    const text = 'targets:\n  - {name: a, url: "http://h:1"}\n  - {name: b, url: "http://h:2"}\n';
    expect(parseTarget(text).map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it.each([
    ['HFT_NEEDS_NUMA_PINNING', '1:1', HFT.replace(/needs.*\n/, '')],
    ['HFT_NEEDS_NUMA_PINNING', '4:1', HFT.replace('pinning: true', 'pinning: false')],
    ['HFT_NEEDS_EXPECTED_P99', '1:1', HFT.replace(/expected.*\n/, '')],
    ['EXPECTED_P99_RANGE', '5:1', HFT.replace('80', '1001')],
    ['INTERPRETED_TOO_SLOW', '6:1', HFT.replace('native', 'python')],
    ['TARGET_NEEDS_URL', '1:1', 'name: a\nstate_url: http://h:1/s\n'],
    ['TARGET_URL', '2:1', 'name: a\nurl: "http://["\n'],
    ['TARGET_SHAPE', '3:1', 'name: a\nurl: http://h:1\nspeed: 2\n'],
    ['TARGET_SHAPE', '3:1', 'name: a\nurl: http://h:1\npoll_ms: "5"\n'],
    ['TARGET_SHAPE', '4:3', 'name: a\nurl: http://h:1\nslo:\n  reaction_ms: -1\n'],
    ['TARGET_SHAPE', '3:1', 'name: a\nurl: http://h:1\n__proto__: {polluted: 1}\n'],
    ['TARGET_SHAPE', '1:1', 'targets: []\n'],
    ['TARGET_SHAPE', '1:1', '- 1\n'],
    ['TARGET_SHAPE', '1:1', ''],
    ['TARGET_YAML', '2:1', 'name: a\nname: b\n'],
    ['TARGET_YAML', '1:1', 'name: &a x\nurl: *a\n'],
    ['THRESHOLDS_ORDER', '3:1', 'name: a\nurl: http://h:1\nthresholds: {damaged: 9, killed: 1}\n'],
    [
      'TARGET_NAME_TAKEN',
      '3:6',
      'targets:\n  - {name: a, url: "http://h:1"}\n  - {name: a, url: "http://h:2"}\n',
    ],
  ])('refuses by %s at %s', (rule, place, text) => {
    expect(refusals(text)[0]).toContain(`t.yaml:${place}: ${rule}`);
  });

  it('tells every fault, and the words of a choice', () => {
    const unknown = Array.from({ length: 12 }, (_, i) => `slo_${i}: 1`).join('\n');
    const told = refusals(`name: 5\nurl: http://h:1\n${unknown}\nclock: later\nruntime: cobol\n`);
    expect(told).toHaveLength(15);
    expect(told.at(-1)).toBe('t.yaml:15:1: TARGET_SHAPE: clock: expected wall, feed');
    expect(told.join()).toContain('runtime: expected native, jvm, dotnet, go, node, python');
  });
});
