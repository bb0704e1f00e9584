// The whole product in a real Chromium: synthetic source, engine, bridge, desk and a stand-in target.
// A storm is fired by its button and the real book falls, ends, and comes back to the source's.
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, openPage } from './browser.ts';
import { freePort, Program } from './processes.ts';

const NEEDS = ['../dist/index.html', '../../packages/native/addon/wavetank.node'];
const SLOW_MS = 40_000;

let runs: string;
let desk: Program;
let bot: Program;
let browser: Browser;
let page: Page;
let url: string;
const errors: string[] = [];

beforeAll(async () => {
  for (const file of NEEDS) {
    const path = fileURLToPath(new URL(file, import.meta.url));
    if (!existsSync(path)) throw new Error(`${path} is missing: run ./run-desk.sh --setup`);
  }
  runs = await mkdtemp(join(tmpdir(), 'wavetank-runs-'));
  const target = String(await freePort());
  const ports = ['--port', '0', '--wire-port', '0', '--target', `http://127.0.0.1:${target}`];
  desk = new Program(['desk', ...ports, '--seed', '5', '--runs', runs]);
  url = await desk.url();
  bot = new Program(['demo-target', '--bridge', url, '--port', target]);
  browser = await launch();
  page = await openPage(browser, 1280, 720);
  page.setDefaultTimeout(SLOW_MS);
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(url);
});

afterAll(async () => {
  await browser?.close();
  await bot?.stop();
  await desk?.stop();
  await rm(runs, { recursive: true, force: true });
  expect(errors).toEqual([]);
});

const bar = (state: string) => page.locator('header').getByText(state, { exact: true });

/** A value that the price chart's head shows, in dollars. */
async function shown(line: 'mid' | 'twin'): Promise<number> {
  const head = page.locator('section[aria-label^="Price"] header > span', { hasText: line });
  return Number(await head.first().locator('b').textContent());
}

/** How far the market is below the source without storms, in basis points. */
const fallen = async (): Promise<number> => {
  const [mid, twin] = [await shown('mid'), await shown('twin')];
  return ((twin - mid) / twin) * 10_000;
};

describe('the desk on the running product', () => {
  it('lives, with a price, a full book and prints', async () => {
    await bar('Live').waitFor();
    await page
      .getByLabel('Key figures')
      .getByText(/^\d+\.\d{3}$/)
      .waitFor();
    await page.getByText('Synthetic market', { exact: true }).waitFor();
    const prices = page.getByLabel('Book', { exact: true }).locator('tbody td:nth-child(4)');
    await expect.poll(async () => (await prices.allInnerTexts()).filter(Boolean).length).toBe(20);
    await page
      .getByLabel('Tape', { exact: true })
      .getByText(/[1-9]\d* prints/)
      .waitFor();
    await page
      .getByLabel(/^Target/)
      .getByText('online')
      .waitFor();
  });

  it('records a run, from its button', async () => {
    await page.getByRole('button', { name: /Start run/ }).click();
    await page.getByText('● recording').waitFor();
  });

  it('crashes the real book by a button, and the book comes back', async () => {
    await expect.poll(fallen).toBeLessThan(5);
    await page.getByLabel('Kind').selectOption('FlashCrash');
    await page.getByLabel('Severity, 0 to 1', { exact: true }).fill('0.8');
    await page.getByLabel('Duration, s').fill('6');
    await page.getByLabel('Seed').fill('7');
    await page.getByRole('button', { name: /^Hold to fire FlashCrash/ }).hover();
    await page.mouse.down();
    await page.getByRole('button', { name: 'Stop storm 1' }).waitFor();
    await page.mouse.up();
    await expect.poll(fallen, { timeout: SLOW_MS }).toBeGreaterThan(25);
    expect(await page.getByText(/^injected [\d,]+ · displaced [1-9]/).isVisible()).toBe(true);
    await page.getByText('No storm is under way.').waitFor();
    await page.getByText('as the source has it').waitFor();
    await expect.poll(fallen, { timeout: SLOW_MS }).toBeLessThan(1);
  });

  it('ends the run with a verdict', async () => {
    await page.getByRole('button', { name: /Stop run/ }).click();
    const list = page.getByLabel('Past runs, newest first');
    await list.getByText(/^(intact|damaged|killed|inconclusive)$/).waitFor();
    await list.getByText(/1 storm/).waitFor();
  });

  it('refuses in the words of the bridge, beside the button', async () => {
    await page.getByLabel('Symbol', { exact: true }).fill('NOSUCH');
    await page.getByLabel('Severity, 0 to 1', { exact: true }).fill('0.5');
    await page.getByRole('button', { name: /ire FlashCrash/ }).click();
    const alert = page.getByLabel('Storms', { exact: true }).getByRole('alert');
    await alert.getByText('SYMBOL_UNKNOWN').waitFor();
    await page.getByRole('button', { name: 'Dismiss this message' }).click();
  });

  it('holds time, steps, and goes on', async () => {
    await page.getByRole('button', { name: /Pause/ }).click();
    await bar('Paused').waitFor();
    const clock = page.locator('header').getByText(/^\d\d:\d\d:\d\d\.\d$/);
    const before = await clock.textContent();
    // Who moved it last stands in the bar, and makes the page no wider.
    await page
      .locator('header')
      .getByText(/pause by/)
      .waitFor({ state: 'attached' });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(1280);
    await page.getByLabel('Unit of a step').selectOption('second');
    await page.getByRole('button', { name: 'Step', exact: true }).click();
    await expect.poll(() => clock.textContent()).not.toBe(before);
    await bar('Paused').waitFor();
    await page.getByRole('button', { name: /Play/ }).click();
    await bar('Live').waitFor();
  });

  it('opens another synthetic market from its dialog, and follows it', async () => {
    await page.getByRole('button', { name: 'Open…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Open a source' });
    await dialog.getByLabel('ITCH 5.0 file').check();
    await dialog.getByLabel(/^Path of the file/).fill('/no/such/file.itch');
    await dialog.getByRole('button', { name: 'Open', exact: true }).click();
    await dialog.getByText(/PATH_(REFUSED|UNKNOWN)/).waitFor();
    await dialog.getByLabel('Synthetic market').check();
    await dialog.getByLabel('Seed').fill('77');
    await dialog.getByLabel('Instruments').fill('3');
    await dialog.getByRole('button', { name: 'Open', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.locator('header').getByText('seed 77').waitFor();
    await bar('Live').waitFor();
    await expect.poll(() => shown('mid')).toBeGreaterThan(0);
  });

  it('never looks alive over a dead engine, and lives again with the next one', async () => {
    const status = (await (await fetch(`${url}/status`)).json()) as { engine: { pid: number } };
    process.kill(status.engine.pid, 'SIGKILL');
    await bar('Engine down').waitFor();
    expect(await bar('Live').count()).toBe(0);
    await bar('Live').waitFor();
  });
});
