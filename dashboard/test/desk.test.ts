// The built desk in a real Chromium, against the fake bridge: what a person sees and does.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TransportState } from '@wavetank/abi';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launch, openPage } from './browser.ts';
import { FakeBridge } from './fake-bridge.ts';

let folder: string;
let browser: Browser;
let bridge: FakeBridge;
let page: Page;
const errors: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wavetank-desk-'));
  const root = new URL('..', import.meta.url).pathname;
  await build({ root, logLevel: 'error', build: { outDir: folder, emptyOutDir: true } });
  bridge = new FakeBridge(folder);
  await bridge.listen();
  bridge.warm(500);
  browser = await launch();
  page = await openPage(browser, 1280, 720);
  page.on('pageerror', (error) => errors.push(error.message));
});

afterAll(async () => {
  await browser?.close();
  await bridge?.close();
  await rm(folder, { recursive: true, force: true });
  expect(errors).toEqual([]);
});

beforeEach(async () => {
  bridge.posted.length = 0;
  if (page.url() === 'about:blank') await page.goto(bridge.url);
  await sees('Live');
});

/** The state that the top bar shows, in time. */
async function sees(state: string): Promise<void> {
  await page.locator('header').getByText(state, { exact: true }).waitFor({ timeout: 10_000 });
}

/** True once the plot holds pixels of a series colour: a chart that is drawn, not only framed. */
async function isDrawn(title: string): Promise<void> {
  await page.waitForFunction((name) => {
    const chart = document.querySelector(`section[aria-label^="${name}"] .u-wrap canvas`);
    if (!(chart instanceof HTMLCanvasElement)) return false;
    const { data } = chart.getContext('2d')?.getImageData(0, 0, chart.width, chart.height) ?? {};
    let bright = 0;
    for (let i = 0; i < (data?.length ?? 0); i += 4) {
      if ((data?.[i + 3] ?? 0) > 200 && (data?.[i + 2] ?? 0) > 180) bright += 1;
    }
    return bright > 100;
  }, title);
}

describe('the desk in a browser', () => {
  it('shows a price, a book, the source as what it is, and six drawn charts', async () => {
    await page
      .getByLabel('Key figures')
      .getByText(/^58\d\.\d{3}$/)
      .waitFor();
    await page.getByText('Synthetic market', { exact: true }).waitFor();
    expect(await page.getByLabel('Symbol to follow').inputValue()).toBe('AAPL');
    for (const title of ['Price', 'Spread', 'Depth', 'Imbalance', 'VPIN', 'Activity']) {
      await isDrawn(title);
    }
    const sizes = page.getByLabel('Book', { exact: true }).locator('tbody td:nth-child(3)');
    expect((await sizes.allInnerTexts()).filter((text) => /\d/.test(text))).toHaveLength(20);
  });

  it('fires a storm by its button and shows it until it is stopped', async () => {
    await page.getByLabel('Kind').selectOption('FlashCrash');
    await page.getByLabel('Severity, 0 to 1', { exact: true }).fill('0.8');
    await page.getByLabel('Seed').fill('7');
    await page.getByRole('button', { name: /^Hold to fire FlashCrash/ }).hover();
    await page.mouse.down();
    await page.getByRole('button', { name: 'Stop storm 1' }).waitFor();
    await page.mouse.up();
    expect(bridge.posted[0]).toEqual({
      path: '/storm/start',
      body: { kind: 'FlashCrash', severity: 0.8, duration_ms: 10_000, seed: '7', symbol: 'AAPL' },
    });
    const moved = page.getByText(/took 154k, withdrew 209k, placed 134k$/);
    const [list, words] = [
      await page.getByLabel('Storms under way').boundingBox(),
      await moved.boundingBox(),
    ];
    const bottom = (box: typeof list): number => (box?.y ?? 0) + (box?.height ?? 0);
    expect(bottom(words)).toBeLessThanOrEqual(bottom(list));
    expect(await moved.evaluate((e) => e.scrollWidth <= e.clientWidth)).toBe(true);
    await page.getByRole('button', { name: 'Stop storm 1' }).click();
    await page.getByText('No storm is under way.').waitFor();
    expect(bridge.posted[1]).toEqual({ path: '/storm/stop', body: { id: 1 } });
  });

  it('says beside the control why a storm was refused', async () => {
    bridge.refuse = 'STORM_CONFLICT';
    await page.getByLabel('Severity, 0 to 1', { exact: true }).fill('0.5');
    await page.getByRole('button', { name: /ire FlashCrash/ }).click();
    const alert = page.getByLabel('Storms', { exact: true }).getByRole('alert');
    await alert.getByText('Storms conflict: FlashCrash runs on AAPL already').waitFor();
    await page.getByRole('button', { name: 'Dismiss this message' }).click();
  });

  it('stops every storm on a double Escape', async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await expect.poll(() => bridge.posted).toEqual([{ path: '/storm/stop', body: {} }]);
  });

  it('holds everything essential in 1280×720 without scrolling', async () => {
    const names = [/^(Fire|Hold to fire)/, /^STOP ALL/, /Start run/, /Pause/];
    for (const name of names) {
      const box = await page.getByRole('button', { name }).boundingBox();
      expect(box, String(name)).not.toBeNull();
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(720);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(1280);
    }
    const page_height = await page.evaluate(() => document.documentElement.scrollHeight);
    expect(page_height).toBeLessThanOrEqual(720);
  });

  it('looks back by wheel and by dragging, on every chart, and returns to now', async () => {
    const over = page.locator('section[aria-label^="Spread"] .u-over');
    await over.hover();
    await page.mouse.wheel(0, -300);
    await sees('Looking back');
    const history = page.getByLabel('History', { exact: true });
    await history.getByText(/\d\d:\d\d:\d\d–\d\d:\d\d:\d\d ET/).waitFor();
    await over.dblclick();
    await sees('Live');

    const box = (await over.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    await page.mouse.move(box.x + box.width * 0.4, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.7, box.y + 20, { steps: 4 });
    await page.mouse.up();
    await sees('Looking back');
    await history.getByRole('button', { name: 'Live' }).click();
    await sees('Live');

    await history.getByRole('slider').focus();
    await page.keyboard.press('ArrowLeft');
    await sees('Looking back');
    await page.keyboard.press('End');
    await sees('Live');
  });

  it('jumps to a storm that was, and back to now', async () => {
    await page.getByRole('button', { name: 'Jump to the storm before' }).click();
    await sees('Looking back');
    await page.keyboard.press('l');
    await sees('Live');
  });

  it('maps the depth behind the price, and takes it away when asked', async () => {
    const inked = () =>
      page.evaluate(() => {
        const layer = document.querySelector('section[aria-label^="Price"] .uplot > canvas');
        if (!(layer instanceof HTMLCanvasElement)) return -1;
        const { data } =
          layer.getContext('2d')?.getImageData(0, 0, layer.width, layer.height) ?? {};
        let count = 0;
        for (let i = 3; i < (data?.length ?? 0); i += 4) if ((data?.[i] ?? 0) > 5) count += 1;
        return count;
      });
    await expect.poll(inked).toBeGreaterThan(500);
    await page.getByRole('button', { name: 'Depth map' }).click();
    await expect.poll(inked).toBe(0);
    await page.getByRole('button', { name: 'Depth map' }).click();
    await expect.poll(inked).toBeGreaterThan(500);
  });

  it('reads the book and the depth map under the crosshair, and says that it is not now', async () => {
    const book = page.getByLabel('Book', { exact: true });
    const over = page.locator('section[aria-label^="Price"] .u-over');
    const box = (await over.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    const cell = page.getByText(/^\d+\.\d\d: (bid|ask) [\d,]+ in \d+/);
    for (let y = 5; y < box.height && (await cell.count()) === 0; y += 6) {
      await page.mouse.move(box.x + box.width * 0.97, box.y + y);
      await page.waitForTimeout(60);
    }
    await cell.waitFor();
    await book.getByText(/^at \d\d:\d\d:\d\d\.\d ET$/).waitFor();
    await page.mouse.move(2, 2);
    await expect.poll(() => book.getByText(/^at /).count()).toBe(0);
  });

  it('zooms and slides under fingers', async () => {
    const over = page.locator('section[aria-label^="Spread"] .u-over');
    const box = (await over.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    const devtools = await page.context().newCDPSession(page);
    const at = (...shares: number[]) =>
      shares.map((share, id) => ({ x: box.x + share * box.width, y: box.y + 20, id }));
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...shares: number[]) =>
      devtools.send('Input.dispatchTouchEvent', { type, touchPoints: at(...shares) });
    await touch('touchStart', 0.45, 0.55);
    await touch('touchMove', 0.3, 0.7);
    await touch('touchMove', 0.2, 0.8);
    await touch('touchEnd');
    await sees('Looking back');
    for (let slides = 0; slides < 4; slides++) {
      await touch('touchStart', 0.9);
      for (const share of [0.7, 0.5, 0.3, 0.1]) await touch('touchMove', share);
      await touch('touchEnd');
    }
    await sees('Live');
    await devtools.detach();
  });

  it('opens the synthetic market, and says beside the form why a file was refused', async () => {
    await page.getByRole('button', { name: 'Open…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Open a source' });
    await dialog.getByLabel('ITCH 5.0 file').check();
    await dialog.getByLabel(/^Path of the file/).fill('no/such.itch');
    bridge.refuse = 'PATH_UNKNOWN';
    await dialog.getByRole('button', { name: 'Open', exact: true }).click();
    await dialog.getByText('(PATH_UNKNOWN)').waitFor();
    await dialog.getByLabel('Synthetic market').check();
    await dialog.getByLabel('Seed').fill('77');
    await dialog.getByRole('button', { name: 'Open', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(bridge.posted).toEqual([
      { path: '/replay/open', body: { path: 'no/such.itch' } },
      { path: '/replay/open', body: { synthetic: { seed: '77', instruments: 8 } } },
    ]);
  });

  it('goes to a time of the venue, and says why it may not', async () => {
    await page.keyboard.press('g');
    const dialog = page.getByRole('dialog', { name: 'Go to' });
    await dialog.getByLabel(/^Venue time/).fill('9:45:30');
    bridge.refuse = 'SEEK_ACTIVE';
    await dialog.getByRole('button', { name: 'Go', exact: true }).click();
    await dialog.getByText('(SEEK_ACTIVE)').waitFor();
    await dialog.getByRole('button', { name: 'Go', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    const asked = { path: '/replay/seek', body: { to_ms: 35_130_000 } };
    expect(bridge.posted).toEqual([asked, asked]);
  });

  it('scores detectors against the storms that were', async () => {
    const lane = page.getByLabel('Detectors against true storms', { exact: true });
    await lane.getByText(/\d+ hit · \d+ missed · \d+ false/).waitFor();
  });

  it('counts the storms of the run being recorded', async () => {
    await page.getByRole('button', { name: /Start run/ }).click();
    const runs = page.getByLabel('Past runs, newest first');
    await runs.getByText(/no storms so far/).waitFor();
    await page.getByLabel('Severity, 0 to 1', { exact: true }).fill('0.3');
    await page.getByRole('button', { name: /^Fire FlashCrash/ }).click();
    await runs.getByText(/1 storm so far/).waitFor();
    await page.getByRole('button', { name: /^STOP ALL/ }).click();
    await page.getByRole('button', { name: /Stop run/ }).click();
    await expect.poll(() => runs.getByText(/so far/).count()).toBe(0);
  });

  it('reads a past run back: verifies it, sets another beside it, and exports it', async () => {
    await page.getByRole('button', { name: '2026-11-21 09:12:44' }).click();
    const dialog = page.getByRole('dialog', { name: 'Run 2026-11-21T09-12-44-108Z' });
    await dialog.getByText('AAPL · 39 s · FlashCrash 0.80').waitFor();
    await dialog.getByRole('button', { name: 'Verify this run' }).click();
    await dialog.getByRole('progressbar', { name: 'Events verified' }).waitFor();
    await dialog.getByText('✓ verified: it runs again bit for bit').waitFor();
    await dialog.getByLabel('Comparison').getByRole('combobox').selectOption({ index: 2 });
    await dialog.getByText('✗ the markets part at sequence 51734').waitFor();
    await dialog.getByText('mid, other run').waitFor();
    expect(page.url()).toContain('run=2026-11-21T09-12-44-108Z&with=2026-11-20T17-20-10-004Z');
    for (const ending of ['PNG', 'CSV', 'Parquet']) {
      const saved = page.waitForEvent('download');
      await dialog.getByRole('button', { name: ending, exact: true }).click();
      const name = `2026-11-21T09-12-44-108Z-AAPL.${ending.toLowerCase()}`;
      expect((await saved).suggestedFilename()).toBe(name);
    }
    await page.reload();
    await dialog.getByText('✗ the markets part at sequence 51734').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await expect.poll(() => page.url()).not.toContain('run=');
  });

  it('finds another symbol by its first letters', async () => {
    await page.getByLabel('Symbol to follow').fill('am');
    await page.getByRole('option', { name: 'AMZN' }).waitFor();
    await page.keyboard.press('Escape');
    expect(await page.getByLabel('Symbol to follow').inputValue()).toBe('AAPL');
  });

  it('shows pause as pause and goes on', async () => {
    await page.getByRole('button', { name: /Pause/ }).click();
    await sees('Paused');
    await page.getByRole('button', { name: /Play/ }).click();
    await sees('Live');
    expect(bridge.market.transport).toBe(TransportState.Playing);
  });

  it('never stays live when the engine dies, and comes back with it', async () => {
    bridge.engineDown = true;
    await sees('Engine down');
    expect(await page.getByRole('button', { name: /^(Fire|Hold to fire)/ }).isDisabled()).toBe(
      true,
    );
    bridge.engineDown = false;
    await sees('Live');
  });

  it('reconnects by itself and keeps what it had', async () => {
    bridge.isShut = true;
    bridge.dropViewers();
    await sees('Disconnected');
    bridge.isShut = false;
    await sees('Live');
    await isDrawn('Price');
  });

  it('says that a format is wrong instead of waiting for ever', async () => {
    bridge.isForeign = true;
    bridge.dropViewers();
    await sees('Wrong format');
    await page.getByText(/The engine has ABI 0+1, this page [0-9a-f]{16}: rebuild/).waitFor();
    bridge.isForeign = false;
    await sees('Live');
  });

  it('names an unknown symbol, and follows the next one chosen', async () => {
    await page.goto(`${bridge.url}/?symbol=NOSUCH`);
    await sees('No symbol');
    await page.getByLabel('Symbol to follow').fill('aa');
    await page.getByRole('option', { name: 'AAPL' }).click();
    await sees('Live');
    expect(page.url()).toContain('symbol=AAPL');
  });

  it('tells a target that is away from one that is there', async () => {
    bridge.isTargetOnline = false;
    const target = page.getByLabel(/^Target/);
    await target.getByText('offline').waitFor();
    bridge.isTargetOnline = true;
    await target.getByText('online').waitFor();
  });

  it('sets targets side by side with their service levels and what storms did to them', async () => {
    await page.getByText('✗ answer p99 310 of 250 ms').waitFor();
    await page.getByRole('button', { name: 'Levels…' }).click();
    const column = page.getByRole('dialog', { name: 'Targets' }).getByLabel('demo-target');
    await column.getByText('✓ reaction').waitFor();
    await column.getByText('620 of 1,000 ms').waitFor();
    await column
      .getByText('#1 −41.20, reacted after 620 ms by its orders, steady after 8.00 s')
      .waitFor();
    await page.keyboard.press('Escape');
  });
});
