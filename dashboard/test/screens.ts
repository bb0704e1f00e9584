// In: a folder. Out: the screens of docs/desk.md, taken from the running product in Chromium: a storm
// on the synthetic market, the same moment looked back at, and a phone.
import { mkdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch, openPage } from './browser.ts';
import { freePort, Program } from './processes.ts';

const out = process.argv[2] ?? 'screens';
mkdirSync(out, { recursive: true });
const runs = await mkdtemp(join(tmpdir(), 'wavetank-screens-'));
const target = String(await freePort());
const ports = ['--port', '0', '--wire-port', '0', '--target', `http://127.0.0.1:${target}`];
const desk = new Program(['desk', ...ports, '--seed', '5', '--runs', runs]);
const url = await desk.url();
const bot = new Program(['demo-target', '--bridge', url, '--port', target]);
const browser = await launch();
const page = await openPage(browser, 1280, 720);
const shot = (name: string) => page.screenshot({ path: join(out, `${name}.png`) });

await page.goto(url);
await page.locator('header').getByText('Live', { exact: true }).waitFor();
await page.getByRole('button', { name: /Start run/ }).click();
await page.waitForTimeout(12_000);
await page.getByLabel('Kind').selectOption('FlashCrash');
await page.getByLabel('Severity, 0 to 1', { exact: true }).fill('0.7');
await page.getByLabel('Duration, s').fill('8');
await page.getByRole('button', { name: /^Fire/ }).click();
await page.waitForTimeout(5000);
await page.getByLabel('Kind').selectOption('PhantomLiquidity');
await page.getByRole('button', { name: /^Fire/ }).click();
await page.waitForTimeout(2500);
await shot('storm');
await page.getByText('No storm is under way.').waitFor({ timeout: 60_000 });
await page.getByRole('button', { name: /Stop run/ }).click();
await page.locator('section[aria-label^="Price"] .u-over').hover();
await page.mouse.wheel(0, -240);
await page.waitForTimeout(600);
await shot('looking-back');
await page.getByRole('button', { name: 'Live', exact: true }).click();
await page.setViewportSize({ width: 390, height: 844 });
await page.waitForTimeout(1000);
await shot('phone');
await browser.close();
await bot.stop();
await desk.stop();
await rm(runs, { recursive: true, force: true });
