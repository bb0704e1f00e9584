// `node dashboard/test/soak.ts [minutes]`: the running product under a page, a bot, a viewer that audits and
// one that stalls, with a storm each minute and a run recorded; `--day`: a trading day of virtual time
// at three hundred times its pace. In: how long. Out: a line each minute or half hour, and status 1 when memory
// grows faster than the limits, something is lost uncounted, or the page complains.
import { execFileSync } from 'node:child_process';
import { Inspected } from './collected.ts';
import { freePort } from './processes.ts';
import { Auditor, Chain, Stalled } from './soak-viewers.ts';
import { Stage } from './stage.ts';

const SYMBOL = 'SYN001';
const KINDS = ['FlashCrash', 'PhantomLiquidity', 'CancellationStorm', 'MomentumIgnition'];
const DAY_MS = 6.5 * 3_600_000;
const DAY_SPEED = 300;
const DAY_LINES = 13;
const MINUTE_MS = 60_000;
/** Samples before memory is judged: rings fill, code is compiled. */
const WARM = 3;
/** MB by which the high-water mark may rise from one line to the next: of the page's and the bridge's after a
 * collection, of all that the engine has. */
const LIMITS = { heap: 0.1, engine: 2, bridge: 0.5 } as const;
type Measure = keyof typeof LIMITS;
/** MB; `rss` is all that the bridge has, garbage too. */
type Sample = Record<Measure | 'rss', number>;

const isDay = process.argv.includes('--day');
const minutes = Number(process.argv.slice(2).find((word) => /^\d+$/.test(word)) ?? 10);
const inspectPort = await freePort();
const stage = await Stage.open({
  words: ['--seed', '5', '--speed', '1'],
  flags: [`--inspect-port=127.0.0.1:${inspectPort}`],
  isAlone: isDay,
});
const { page, url } = stage;
const viewers = {
  auditor: new Auditor(url, SYMBOL),
  // A whole feed at that pace is more than one bridge can write as JSON.
  chain: isDay ? null : new Chain(url, SYMBOL),
  stalled: new Stalled(url, SYMBOL),
};
/** With the page; the bridge closes the one that stalls. */
const VIEWERS = 3;
let closed = 0;
const cdp = await page.context().newCDPSession(page);

/** A connection that is kept may be closed by the bridge while it is idle. */
const ONCE = { connection: 'close' };

interface Status {
  bridge: { pid: number; viewers: number; frames_dropped: number };
  header: { engine_pid: number };
  heartbeat: { ts_run_ns: number };
}

const status = async (): Promise<Status> => (await (await fetch(`${url}/status`)).json()) as Status;

const inspected = await Inspected.open((await status()).bridge.pid, inspectPort);

async function post(path: string, body: object = {}): Promise<void> {
  const headers = { ...ONCE, 'content-type': 'application/json' };
  const answer = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!answer.ok) stage.errors.push(`${path}: ${await answer.text()}`);
}

const rss = (pid: number): number =>
  Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;

async function heap(): Promise<number> {
  await cdp.send('HeapProfiler.collectGarbage');
  return ((await cdp.send('Runtime.getHeapUsage')) as { usedSize: number }).usedSize / 1e6;
}

async function sample(): Promise<Sample> {
  const { bridge, header } = await status();
  const rssOfBridge = rss(bridge.pid);
  const held = await inspected.memory();
  return { heap: await heap(), engine: rss(header.engine_pid), bridge: held, rss: rssOfBridge };
}

/** Of the later half over the earlier one, for each line between their middles. */
function growth(values: readonly number[]): number {
  const half = values.length >> 1;
  if (half === 0) return 0;
  const [before, after] = [values.slice(0, half), values.slice(half)];
  return (Math.max(...after) - Math.max(...before)) / (values.length / 2);
}

const fire = (nth: number): Promise<void> =>
  post('/storm/start', {
    kind: KINDS[nth % KINDS.length],
    severity: 0.5,
    duration_ms: 10_000,
    symbol: SYMBOL,
  });

const virtual = async (): Promise<number> => (await status()).heartbeat.ts_run_ns / 1e6;
const wait = (ms: number): Promise<void> => new Promise((resume) => setTimeout(resume, ms));

/** Until the next line is due: a minute of wall time, or a thirteenth of the virtual day. */
async function next(nth: number, from_ms: number): Promise<void> {
  if (!isDay) return wait(MINUTE_MS);
  while ((await virtual()) < from_ms + (nth * DAY_MS) / DAY_LINES) await wait(100);
}

function told(nth: number, { heap: page_mb, engine, bridge, rss }: Sample, now: Status): string {
  const { auditor, chain } = viewers;
  const memory = `heap ${page_mb.toFixed(2)}, engine ${engine.toFixed(0)}, bridge ${bridge.toFixed(1)} of ${rss.toFixed(0)} MB`;
  const lost = `${auditor.prints} prints, ${auditor.missed} missed, ${auditor.told} told`;
  const feed =
    chain === null
      ? 'no feed'
      : `${chain.updates} updates, ${chain.holes} holes, ${chain.lost} lost and told`;
  const slow = `${now.bridge.frames_dropped} frames dropped, ${closed} stalled viewers closed`;
  return `${String(nth).padStart(3)} ${memory} | ${lost} | ${feed} | ${slow} | ${stage.errors.length} errors`;
}

const faults: string[] = [];
try {
  await page.getByRole('banner').getByText('Live', { exact: true }).waitFor();
  const from_ms = await virtual();
  await post('/run/start', { symbols: [SYMBOL], note: 'soak' });
  const samples: Sample[] = [];
  const began = performance.now();
  const lines = isDay ? DAY_LINES : minutes;
  if (isDay) await post('/replay/speed', { speed: DAY_SPEED });
  for (let nth = 1; nth <= lines; nth++) {
    await wait(isDay ? 0 : 1000);
    await fire(nth);
    await next(nth, from_ms);
    const one = await sample();
    samples.push(one);
    const now = await status();
    if (now.bridge.viewers < VIEWERS) {
      closed++;
      viewers.stalled.again();
    }
    console.log(told(nth, one, now));
  }
  const wall_s = (performance.now() - began) / 1000;
  console.log(
    `${(((await virtual()) - from_ms) / 1000).toFixed(0)} virtual s in ${wall_s.toFixed(0)} s`,
  );
  await post('/run/stop');
  faults.push(...stage.errors);
  for (const measure of Object.keys(LIMITS) as Measure[]) {
    const rise = growth(samples.slice(WARM).map((one) => one[measure]));
    console.log(`${measure}: ${rise.toFixed(3)} MB a line, at most ${LIMITS[measure]}`);
    if (rise > LIMITS[measure]) faults.push(`${measure} grows`);
  }
  if (viewers.auditor.missed > viewers.auditor.told) faults.push('prints were lost uncounted');
  if ((viewers.chain?.holes ?? 0) > 0) faults.push('the feed has a hole');
} finally {
  for (const one of [...Object.values(viewers), inspected]) one?.close();
  await stage.close();
}
console.log(faults.length === 0 ? 'nothing grew, nothing was lost uncounted' : faults.join('\n'));
process.exitCode = faults.length === 0 ? 0 : 1;
