// A storm and its twin as a chart. In: a kind, seed, severity. Out: what the market did before, while and
// after, over what it would have done. Runs in virtual time: the same words give the same chart.
import type { TickFrame } from '@wavetank/abi';
import { StormLibrary } from '@wavetank/engine';
import { type StormRequest, Tank } from '@wavetank/engine/tank';
import type { Chart, Panel, Point } from './svg-chart.ts';

const WARM_MS = 10_000;
const BEFORE_MS = 3_000;
const STORM_MS = 10_000;
const AFTER_MS = 7_000;
const SECOND_NS = 1_000_000_000;
/** Prices are in 1/10000 dollar. */
const DOLLAR = 10_000;
/** Rates are counted over this many ticks: a fifth of a second. */
const RATE_TICKS = 10;
const TICKS_A_SECOND = 50;

/** What was seen, with and without the storm, tick by tick. */
interface Scene {
  request: StormRequest;
  start_ns: number;
  clean_s: number | undefined;
  storm: readonly TickFrame[];
  calm: readonly TickFrame[];
  stalls: readonly [from_ns: number, to_ns: number][];
}

async function ticks(request?: StormRequest, storms: readonly string[] = []) {
  const tank = await Tank.open({ storms });
  tank.forward(WARM_MS);
  tank.forget();
  tank.forward(BEFORE_MS);
  const report = request === undefined ? undefined : tank.start(request);
  tank.forward(STORM_MS + 1);
  const recovery_ms = tank.settle(AFTER_MS);
  tank.forward(AFTER_MS - 1 - recovery_ms);
  const all = tank.ticks;
  tank.close();
  return { all, report, recovery_ms };
}

async function seen(request: StormRequest, storms: readonly string[]): Promise<Scene> {
  const calm = await ticks();
  const { all, report, recovery_ms } = await ticks(request, storms);
  if (report === undefined) throw new Error('no storm');
  const start_ns = report.started_at_ms * 1_000_000;
  const end_ns = start_ns + STORM_MS * 1_000_000;
  const module = new StormLibrary(storms).get(request.kind)?.module;
  const ppm = Math.round(request.severity * 1_000_000);
  const stalls = module?.stalls?.(ppm, BigInt(report.seed), start_ns, end_ns) ?? [];
  const clean_s = recovery_ms === 0 ? undefined : (STORM_MS + recovery_ms) / 1000;
  return { request, start_ns, clean_s, storm: all, calm: calm.all, stalls };
}

const seconds = (scene: Scene, ns: number): number => (ns - scene.start_ns) / SECOND_NS;

function points(
  scene: Scene,
  rows: readonly TickFrame[],
  value: (tick: TickFrame) => number,
): Point[] {
  return rows
    .filter((tick) => tick.mid_x2 > 0)
    .map((tick) => [seconds(scene, tick.ts_run_ns), value(tick)]);
}

/** Growth of a counter, per second. */
function rate(
  scene: Scene,
  rows: readonly TickFrame[],
  counter: (tick: TickFrame) => number,
): Point[] {
  const out: Point[] = [];
  for (let i = RATE_TICKS; i < rows.length; i += RATE_TICKS) {
    const [now, before] = [rows[i], rows[i - RATE_TICKS]];
    if (now === undefined || before === undefined) continue;
    const a_second = ((counter(now) - counter(before)) * TICKS_A_SECOND) / RATE_TICKS;
    out.push([seconds(scene, now.ts_run_ns), a_second]);
  }
  return out;
}

const dollars = (value: number): string => `$${value.toFixed(2)}`;
const thousands = (value: number): string =>
  Math.abs(value) >= 1000 ? `${Math.round(value / 100) / 10}k` : String(value);

const price = (scene: Scene): Panel => ({
  title: 'Mid, and the spread around it',
  label: dollars,
  band: [
    points(scene, scene.storm, (t) => t.best_bid / DOLLAR),
    points(scene, scene.storm, (t) => t.best_ask / DOLLAR),
  ],
  lines: [
    { look: 'twin', points: points(scene, scene.storm, (t) => t.twin_mid_x2 / 2 / DOLLAR) },
    { look: 'market', points: points(scene, scene.storm, (t) => t.mid_x2 / 2 / DOLLAR) },
  ],
});

const bids = (scene: Scene): Panel => ({
  title: 'Bids of ten levels, shares',
  label: thousands,
  span: [0, 0],
  lines: [
    { look: 'twin', points: points(scene, scene.storm, (t) => t.twin_bid_depth) },
    { look: 'bids', points: points(scene, scene.storm, (t) => t.bid_depth) },
  ],
});

const asks = (scene: Scene): Panel => ({
  title: 'Asks of ten levels, shares',
  label: thousands,
  span: [0, 0],
  lines: [
    { look: 'twin', points: points(scene, scene.storm, (t) => t.twin_ask_depth) },
    { look: 'asks', points: points(scene, scene.storm, (t) => t.ask_depth) },
  ],
});

const displaced = (scene: Scene): Panel => ({
  title: 'Shares of the source that are missing',
  label: thousands,
  span: [0, 0],
  lines: [{ look: 'asks', points: points(scene, scene.storm, (t) => t.displaced_qty) }],
});

const events = (scene: Scene): Panel => ({
  title: 'Events a second',
  label: thousands,
  span: [0, 0],
  lines: [
    { look: 'twin', points: rate(scene, scene.calm, (t) => t.events) },
    { look: 'market', points: rate(scene, scene.storm, (t) => t.events) },
  ],
});

/** Prints in a hundred events, over fifths of a second. */
function tradeShare(scene: Scene): Panel {
  const share = (rows: readonly TickFrame[]): Point[] => {
    const trades = rate(scene, rows, (t) => t.trades);
    const all = rate(scene, rows, (t) => t.events);
    return trades.map(([at, n], i) => [at, (100 * n) / Math.max(1, all[i]?.[1] ?? 1)]);
  };
  return {
    title: 'Trades in a hundred events',
    label: (value) => `${value} %`,
    span: [0, 0],
    lines: [
      { look: 'twin', points: share(scene.calm) },
      { look: 'market', points: share(scene.storm) },
    ],
  };
}

const prints = (scene: Scene): Panel => ({
  title: 'Trades a second',
  label: thousands,
  span: [0, 0],
  lines: [
    { look: 'twin', points: rate(scene, scene.calm, (t) => t.trades) },
    { look: 'market', points: rate(scene, scene.storm, (t) => t.trades) },
  ],
});

/** How late a message reaches the target, by the time it happened. */
function delivery(scene: Scene): Panel {
  const line: Point[] = [[-BEFORE_MS / 1000, 0]];
  for (const [from, to] of scene.stalls) {
    const at = seconds(scene, from);
    const until = seconds(scene, to);
    line.push([at, 0], [at, (until - at) * 1000], [until, 0]);
  }
  line.push([(STORM_MS + AFTER_MS) / 1000, 0]);
  return {
    title: 'Delay of the delivery to the target, ms',
    label: (value) => String(value),
    span: [0, 0],
    lines: [{ look: 'market', points: line }],
  };
}

const PANELS: Readonly<Record<string, readonly ((scene: Scene) => Panel)[]>> = {
  PhantomLiquidity: [bids, asks, price],
  CancellationStorm: [events, tradeShare, price],
  MomentumIgnition: [price, prints, asks, bids],
  FlashCrash: [price, bids, asks],
  LatencyArbProxy: [price, displaced, delivery],
};
const PANELS_OF_ANY = [price, bids, asks, events];

export interface SceneWords {
  severity: number;
  seed: string;
  /** Files of own kinds. */
  storms?: readonly string[];
}

/** The chart of a storm. */
export async function stormChart(
  kind: string,
  { severity, seed, storms = [] }: SceneWords,
): Promise<Chart> {
  const scene = await seen({ kind, severity, seed, duration_ms: STORM_MS }, storms);
  const panels = PANELS[kind] ?? PANELS_OF_ANY;
  const { clean_s } = scene;
  return {
    title: kind,
    subtitle: `severity ${severity}, seed ${seed}, ten seconds on the synthetic market`,
    legend: [
      ['market', 'market'],
      ['twin', 'its twin, the source without the storm'],
    ],
    time: [-BEFORE_MS / 1000, (STORM_MS + AFTER_MS) / 1000],
    shaded: [0, STORM_MS / 1000],
    ...(clean_s === undefined ? {} : { mark: [clean_s, 'all returned'] }),
    panels: panels.map((panel) => panel(scene)),
  };
}
