// In: seconds to watch. Out: script time of each animation frame with full charts at 50 Hz, and the
// heap before and after. A gauge to run by hand or from the bench; no test depends on it.
import { fileURLToPath } from 'node:url';
import { launch, openPage } from './browser.ts';
import { FakeBridge } from './fake-bridge.ts';

const seconds = Number(process.argv[2] ?? 20);
const WARM_TICKS = 3600;
const FRAME_GOAL_MS = 5;
const browser = await launch();
const bridge = new FakeBridge(fileURLToPath(new URL('../dist/', import.meta.url)));
await bridge.listen();
const page = await openPage(browser, 1920, 1080);
await page.addInitScript(() => {
  const costs: number[] = [];
  const ask = window.requestAnimationFrame.bind(window);
  Object.assign(window, { frameCosts: costs });
  window.requestAnimationFrame = (callback) =>
    ask((now) => {
      const started = performance.now();
      callback(now);
      costs.push(performance.now() - started);
    });
});
await page.goto(bridge.url);
await page.locator('header').getByText('Live', { exact: true }).waitFor();
bridge.warm(WARM_TICKS);
bridge.market.fire({ kind: 'FlashCrash', severity: 0.5, duration_ms: 120_000, seed: 1n });
await page.waitForTimeout(2000);
const cdp = await page.context().newCDPSession(page);
const heap = async (): Promise<number> => {
  await cdp.send('HeapProfiler.collectGarbage');
  return ((await cdp.send('Runtime.getHeapUsage')) as { usedSize: number }).usedSize;
};
const before = await heap();
await page.evaluate('frameCosts.length = 0');
await page.waitForTimeout(seconds * 1000);
const costs = ((await page.evaluate('frameCosts')) as number[]).sort((a, b) => a - b);
const after = await heap();
const at = (share: number): string => (costs[Math.floor(costs.length * share)] ?? 0).toFixed(2);
console.log(`${costs.length} frames in ${seconds} s (${(costs.length / seconds).toFixed(1)}/s)`);
console.log(
  `script per frame: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, max ${at(0.9999)} ms, goal ${FRAME_GOAL_MS} ms`,
);
console.log(`heap: ${(before / 1e6).toFixed(2)} MB before, ${(after / 1e6).toFixed(2)} MB after`);
await browser.close();
await bridge.close();
