// In: a folder. Out: the desk on the fake bridge at three sizes and in its states, for eyes to judge.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { TransportState } from '@wavetank/abi';
import { launch, openPage } from './browser.ts';
import { FakeBridge } from './fake-bridge.ts';

const out = process.argv[2] ?? 'shots';
mkdirSync(out, { recursive: true });
const browser = await launch();
const bridge = new FakeBridge(new URL('../dist/', import.meta.url).pathname);
await bridge.listen();
const page = await openPage(browser, 1280, 720);
page.on('pageerror', (error) => console.error('page:', error.message));
page.on('console', (line) => line.type() === 'error' && console.error('console:', line.text()));
const shot = (name: string) => page.screenshot({ path: join(out, `${name}.png`) });
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

await page.goto(bridge.url);
await wait(400);
await shot('0-first');
await wait(600);
bridge.warm(1900);
bridge.market.fire({ kind: 'FlashCrash', severity: 0.8, duration_ms: 10_000, seed: 7n });
bridge.warm(700);
bridge.market.fire({ kind: 'FlashCrash', severity: 0.4, duration_ms: 20_000, seed: 9n });
bridge.warm(300);
await wait(900);
for (const [width, height] of [
  [1280, 720],
  [1920, 1080],
  [2560, 1440],
] as const) {
  await page.setViewportSize({ width, height });
  await wait(900);
  await shot(`1-live-${width}`);
}
await page.setViewportSize({ width: 1280, height: 720 });
await wait(500);
await page.mouse.move(500, 180);
await wait(400);
await shot('2-crosshair');
await page.mouse.wheel(0, -300);
await wait(400);
await shot('2-looking-back');
await page.keyboard.press('Home');
await page.getByRole('button', { name: 'Live', exact: true }).click();
bridge.market.transport = TransportState.Paused;
await wait(600);
await shot('3-paused');
await page.keyboard.press('p');
await page.getByText('Exact: fired now').waitFor();
await shot('3-preview');
await page.getByRole('button', { name: 'Close the preview' }).click();
bridge.engineDown = true;
await wait(2600);
await shot('4-engine-down');
bridge.engineDown = false;
bridge.market.transport = TransportState.Playing;
bridge.dropViewers();
await wait(1500);
await shot('5-reconnected');
await page.keyboard.press('?');
await wait(300);
await shot('6-keys');
await page.keyboard.press('Escape');
await page.keyboard.press('o');
await wait(300);
await shot('6-source');
await page.keyboard.press('Escape');
for (const theme of ['light', 'high-contrast']) {
  await page.getByLabel('Theme').selectOption(theme);
  await wait(900);
  await shot(`7-${theme}`);
}
await page.getByLabel('Theme').selectOption('dark');
await page.setViewportSize({ width: 390, height: 844 });
await wait(900);
await shot('8-phone');
await browser.close();
await bridge.close();
