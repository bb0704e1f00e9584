// In: the path of a recorded run's route. Out: what the bridge would say of it: ticks with a crash that
// is as deep as the run's id says, its storm, a verification that takes a moment, a comparison.

const SECONDS = 40;
const VERIFY_STEPS = 3;

export class FakeRuns {
  private asked = new Map<string, number>();

  /** What was begun runs for a few questions. */
  begin(id: string): object {
    this.asked.set(id, 0);
    return this.verification(id);
  }

  /** Undefined: no route of a run. Text is a file, an object is JSON. */
  answer(path: string): string | object | undefined {
    const [, id, what] = /^\/run\/(\d{4}-[^/]+)\/(\w+)$/.exec(path) ?? [];
    if (id === undefined) return undefined;
    if (what === 'ticks') return lines(ticksOf(id));
    if (what === 'events') return lines(eventsOf());
    if (what === 'yaml') return `run_id: ${id}\n`;
    if (what === 'verify') return this.verification(id);
    if (what === 'diff') return DIFFERENCE;
    return undefined;
  }

  private verification(id: string): object {
    const steps = this.asked.get(id);
    const none = { run_id: id, part: null, done: 0, of: 0, detail: null, report: null };
    if (steps === undefined) return { ...none, state: 'none' };
    this.asked.set(id, steps + 1);
    if (steps < VERIFY_STEPS)
      return { ...none, state: 'running', part: 'replay', done: steps, of: VERIFY_STEPS };
    const part = (note: string) => ({ state: 'ok', faults: [], note });
    const report = {
      verified: true,
      integrity: part('3 files against the seal'),
      replay: part('40 ticks'),
      regenerate: part('1 storm'),
    };
    return { ...none, state: 'done', report };
  }
}

const lines = (values: object[]): string =>
  values.map((value) => `${JSON.stringify(value)}\n`).join('');

function ticksOf(id: string): object[] {
  const depth = 2000 * (1 + (id.charCodeAt(15) % 5));
  return Array.from({ length: SECONDS }, (_, at) => {
    const crash = at < 10 || at > 20 ? 0 : depth * (1 - Math.abs(at - 15) / 5);
    return {
      ts_run_ns: (34_200 + at) * 1e9,
      symbol: 'AAPL',
      mid: 5_853_000 - crash,
      twin_mid: 5_853_000,
      spread_bps: 0.2 + crash / 4000,
      bid_depth: 3000 - crash / 4,
      ask_depth: 3000,
    };
  });
}

function eventsOf(): object[] {
  const storm = { symbol: 'AAPL', storm_id: 1, kind: 'FlashCrash' };
  return [
    { type: 'storm_start', ...storm, severity: 0.8, started_at_ms: 34_210_000 },
    { type: 'storm_stop', ...storm, ts_run_ns: 34_220e9 },
  ];
}

const DIFFERENCE = {
  same: false,
  same_source: true,
  config: [{ key: 'storm.1.severity', a: 0.8, b: 0.4 }],
  outcome: [{ key: 'verdict', a: 'TARGET_DAMAGED', b: 'TARGET_INTACT' }],
  ticks: { compared: 40, first: { ts_run_ns: 34_211e9, keys: ['seq', 'mid'] } },
  divergence: { seq: 51_734 },
  note: 'one storm was stronger',
};
