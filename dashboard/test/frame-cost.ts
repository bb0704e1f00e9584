// In: seconds to watch each window of the charts; 60 or 300 for one of them only. Out: script time of each animation frame with full charts
// at 50 Hz, beside the plain drawing of as many points in the same run, and the heap minute by minute.
// A gauge to run by hand; no test depends on it.
import { fileURLToPath } from 'node:url';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { launch, openPage } from './browser.ts';
import { FakeBridge } from './fake-bridge.ts';
import { at, count, type Frame, framesOf, row } from './frame-trace.ts';

const seconds = Number(process.argv[2] ?? 20);
const only = Number(process.argv[3] ?? 0);
const POINTS = 3600;
/** Enough virtual time for every point of the five minutes. */
const WARM_TICKS = 320 * 50;
const TRACE_S = 10;
const HEAP_EVERY_S = 60;

const browser = await launch();
const bridge = new FakeBridge(fileURLToPath(new URL('../dist/', import.meta.url)));
await bridge.listen();
const page = await openPage(browser, 1920, 1080);
await page.addInitScript(watchFrames, POINTS);
await page.goto(bridge.url);
await page.locator('header').getByText('Live', { exact: true }).waitFor();
bridge.warm(WARM_TICKS);
bridge.market.fire({ kind: 'FlashCrash', severity: 0.5, duration_ms: 120_000, seed: 1n });
await page.waitForTimeout(3000);
const cdp = await page.context().newCDPSession(page);

console.log(`ms a frame             p50     p99     max  frames/s  (goal: p99 ≤5)`);
for (const [window_s, points] of [
  [60, 3000],
  [300, POINTS],
] as const) {
  if (only !== 0 && only !== window_s) continue;
  await page.keyboard.press(window_s === 60 ? '1' : '2');
  await page.waitForTimeout(1000);
  console.log(`six charts × ${count(points)} points × 2 to 4 lines, ${window_s} s in sight`);
  await measure(page, cdp);
  await trace(browser, page);
}
await browser.close();
await bridge.close();

/** Wall time of what the page runs in a frame, and of the gauge that ran between frames. */
async function measure(page: Page, cdp: CDPSession): Promise<void> {
  await page.evaluate('gauge.clear()');
  const held = [await memory(cdp)];
  for (let left = seconds; left > 0; left -= HEAP_EVERY_S) {
    await page.waitForTimeout(Math.min(left, HEAP_EVERY_S) * 1000);
    held.push(await memory(cdp));
  }
  const { frames, plain } = (await page.evaluate('gauge.read()')) as Record<string, number[]>;
  const [ours, theirs] = [frames ?? [], plain ?? []];
  console.log(row('  frame callbacks', ours, ours.length / seconds));
  console.log(row('  plain lines, all at once', theirs));
  const ratio = [0.5, 0.99].map((share) => (at(ours, share) / at(theirs, share)).toFixed(2));
  console.log(`  frame ÷ plain lines    ${ratio.join('    ')}`);
  console.log(`  heap after GC, MB: ${held.map(({ heap_mb }) => heap_mb.toFixed(2)).join(' ')}`);
  console.log(`  nodes: ${held.map(({ nodes }) => nodes).join(' ')}`);
  console.log(`  listeners: ${held.map(({ listeners }) => listeners).join(' ')}`);
}

/** All script of the page's thread by frame, timers and messages too: wall time and processor time. */
async function trace(browser: Browser, page: Page): Promise<void> {
  await browser.startTracing(page, { categories: ['devtools.timeline', 'toplevel'] });
  await page.waitForTimeout(TRACE_S * 1000);
  const frames = framesOf((await browser.stopTracing()).toString());
  const of = (what: keyof Frame): number[] => frames.map((frame) => frame[what]);
  console.log(row('  all script, wall', of('wall_ms'), frames.length / TRACE_S));
  console.log(row('  all script, processor', of('processor_ms')));
}

interface Memory {
  heap_mb: number;
  nodes: number;
  listeners: number;
}

async function memory(cdp: CDPSession): Promise<Memory> {
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  const { nodes, jsEventListeners: listeners } = await cdp.send('Memory.getDOMCounters');
  return { heap_mb: usedSize / 1e6, nodes, listeners };
}

/** Runs in the page before it: times each frame's callbacks and, once a second, the gauge. */
function watchFrames(points: number): void {
  const MOST = 65_536;
  const costs = new Float64Array(MOST);
  let held = 0;
  let plain: number[] = [];
  const ask = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (callback) =>
    ask((now) => {
      const started = performance.now();
      callback(now);
      costs[held++ % MOST] = performance.now() - started;
    });
  const canvas = new OffscreenCanvas(640, 240);
  const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
  const drawPlain = (): number => {
    context.clearRect(0, 0, canvas.width, canvas.height);
    const started = performance.now();
    for (let line = 0; line < 12; line++) {
      context.beginPath();
      for (let i = 0; i < points; i++) {
        context.lineTo((i * canvas.width) / points, 120 + 90 * Math.sin(i * (line + 1) * 0.01));
      }
      context.stroke();
    }
    return performance.now() - started;
  };
  setInterval(() => plain.push(drawPlain()), 1000);
  const clear = (): void => {
    held = 0;
    plain = [];
  };
  const read = () => ({ frames: [...costs.subarray(0, Math.min(held, MOST))], plain });
  Object.assign(window, { gauge: { clear, read } });
}
