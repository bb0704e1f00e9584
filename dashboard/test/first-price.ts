// In: nothing. Out: how long after navigation the running desk shows its first price, with nothing cached,
// beside the same page that only opens the stream and waits for a tick, in turns; and what the desk weighs.
// Run by hand; no test depends on it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launch, openPage } from './browser.ts';
import { at, count } from './frame-trace.ts';
import { Program } from './processes.ts';

const LOADS = 7;
const SETTLED_MS = 3000;

const runs = await mkdtemp(join(tmpdir(), 'wavetank-first-'));
const desk = new Program([
  'desk',
  '--port',
  '0',
  '--wire-port',
  '0',
  '--seed',
  '5',
  '--runs',
  runs,
]);
const url = await desk.url();
const browser = await launch();
// The first page of a browser starts it; the desk then runs as it would all day.
await load(browser, url);
const loads: Load[] = [];
const bare: number[] = [];
for (let i = 0; i < LOADS; i++) {
  loads.push(await load(browser, url));
  bare.push(await firstTick(browser, url));
}

console.log(`ms since navigation, median min–max of ${LOADS} loads with nothing cached`);
for (const name of ['document', 'scripts', 'drawn', 'price'] as const) {
  say(
    name,
    loads.map(({ times }) => times[name] ?? Number.NaN),
  );
}
say('gauge', bare);
const ratios = loads.map(({ times }, i) => (times.price ?? Number.NaN) / (bare[i] ?? Number.NaN));
console.log(`price ÷ gauge ${at(ratios, 0.5).toFixed(1)}; goal: price ≤500`);
for (const { name, sent, whole } of loads[0]?.files ?? []) {
  console.log(`${name.padEnd(28)}${count(sent).padStart(9)} bytes sent, ${count(whole)} whole`);
}
await browser.close();
await desk.stop();
await rm(runs, { recursive: true, force: true });

function say(what: string, times: number[]): void {
  const [median, least, most] = [0.5, 0, 1].map((share) => at(times, share).toFixed(0));
  console.log(`${what.padEnd(10)}${median?.padStart(5)}  ${least}–${most}`);
}

/** ms from navigation to the first tick, in the desk's own document without its scripts. */
async function firstTick(browser: Browser, url: string): Promise<number> {
  const page = await openPage(browser, 1920, 1080);
  await page.addInitScript(() => {
    const socket = new WebSocket(`ws://${location.host}/stream`);
    socket.onmessage = ({ data }) => {
      if (JSON.parse(String(data)).type !== 'tick') return;
      socket.close();
      document.title = String(performance.now());
    };
  });
  await page.route('**/assets/**', (route) => route.abort());
  await page.goto(url);
  await page.waitForFunction(() => /^\d/.test(document.title));
  const took = Number(await page.title());
  await page.context().close();
  return took;
}

interface Load {
  /** ms since navigation began. */
  times: Record<string, number>;
  files: { name: string; sent: number; whole: number }[];
}

/** A context of its own: no cache, no connection is shared with the load before. */
async function load(browser: Browser, url: string): Promise<Load> {
  const page = await openPage(browser, 1920, 1080);
  await page.addInitScript(watchPrice);
  await page.goto(url);
  await page
    .getByLabel('Key figures')
    .getByText(/^\d+\.\d{3}$/)
    .waitFor();
  await page.waitForTimeout(SETTLED_MS);
  const told = (await page.evaluate(readLoad)) as Load;
  await page.context().close();
  return told;
}

/** Runs in the page before it: notes when the desk drew itself and when its price was a number. */
function watchPrice(): void {
  const firsts: Record<string, number> = {};
  Object.assign(window, { firsts });
  const look = (): void => {
    const figures = document.querySelector('[aria-label="Key figures"]');
    if (figures !== null) firsts.drawn ??= performance.now();
    const price = figures?.querySelector('dd')?.textContent ?? '';
    if (/^\d/.test(price)) firsts.price ??= performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** Runs in the page: what it noted, and what the browser knows of the files. */
function readLoad(): unknown {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  const files = (performance.getEntriesByType('resource') as PerformanceResourceTiming[]).filter(
    ({ name }) => /\.(js|css)$/.test(name),
  );
  const { firsts } = window as unknown as { firsts: Record<string, number> };
  const document = navigation?.responseEnd ?? Number.NaN;
  return {
    times: { document, scripts: Math.max(...files.map((file) => file.responseEnd)), ...firsts },
    files: [navigation as PerformanceResourceTiming, ...files].map((file) => ({
      name: file.name.split('/').at(-1) || 'index.html',
      sent: file.transferSize,
      whole: file.decodedBodySize,
    })),
  };
}
