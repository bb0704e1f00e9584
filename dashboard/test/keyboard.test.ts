// The built desk by keyboard, in its themes, on a phone, and as assistive technology reads it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { THEMES } from '../src/model/theme.ts';
import { launch, openPage } from './browser.ts';
import { FakeBridge } from './fake-bridge.ts';

let folder: string;
let browser: Browser;
let bridge: FakeBridge;
let page: Page;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wavetank-keys-'));
  const root = new URL('..', import.meta.url).pathname;
  await build({ root, logLevel: 'error', build: { outDir: folder, emptyOutDir: true } });
  bridge = new FakeBridge(folder);
  await bridge.listen();
  bridge.warm(800);
  browser = await launch();
  page = await openPage(browser, 1280, 720);
  await page.goto(bridge.url);
});

afterAll(async () => {
  await browser?.close();
  await bridge?.close();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  await page.locator('header').getByText('Live', { exact: true }).waitFor();
  bridge.posted.length = 0;
});

const dialog = (name: string) => page.getByRole('dialog', { name });

describe('by keyboard', () => {
  it('lists every key at ?, and Escape closes the list', async () => {
    await page.keyboard.press('?');
    await dialog('Keys').getByText('Step one tick').waitFor();
    await dialog('Keys').getByText('Return to live', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await dialog('Keys').waitFor({ state: 'hidden' });
  });

  it('finds a command by the beginnings of its words', async () => {
    await page.keyboard.press('Control+k');
    await page.keyboard.type('zo in');
    await page.keyboard.press('Enter');
    await page.locator('header').getByText('Looking back', { exact: true }).waitFor();
    await page.keyboard.press('l');
  });

  it('moves the crosshair through all charts, and takes it away', async () => {
    await page.keyboard.press(' ');
    await page.locator('header').getByText('Paused', { exact: true }).waitFor();
    const time = page.getByText(/^\d\d:\d\d:\d\d\.\d\d ET$/);
    await page.keyboard.press('j');
    await time.waitFor();
    const first = (await time.textContent()) ?? '';
    for (let i = 0; i < 4; i++) await page.keyboard.press('j');
    await expect.poll(async () => ((await time.textContent()) ?? first) < first).toBe(true);
    const lines = page.locator('.u-cursor-x');
    await expect
      .poll(() => lines.evaluateAll((all) => all.map((e) => e.getBoundingClientRect().left > 0)))
      .toEqual(Array.from({ length: 6 }, () => true));
    await page.keyboard.press('x');
    await time.waitFor({ state: 'hidden' });
    await page.keyboard.press(' ');
  });

  it('pauses and plays by Space', async () => {
    await page.keyboard.press(' ');
    await page.locator('header').getByText('Paused', { exact: true }).waitFor();
    await page.keyboard.press(' ');
  });

  it('fires a strong storm only when its key is held', async () => {
    await page.getByLabel('Severity, 0 to 1', { exact: true }).fill('0.9');
    const fire = page.getByRole('button', { name: /ire .* at 0\.90/ });
    await fire.focus();
    await page.keyboard.press('Enter');
    await fire.click();
    expect(bridge.posted).toEqual([]);
    await fire.focus();
    await page.keyboard.down(' ');
    await page.getByRole('button', { name: /^Stop storm/ }).waitFor();
    await page.keyboard.up(' ');
    expect(bridge.posted.map(({ path }) => path)).toEqual(['/storm/start']);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.getByText('No storm is under way.').waitFor();
  });
});

/** What axe-core finds wrong on the page, in words. */
async function violations(): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { axe: runner } = globalThis as unknown as { axe: typeof axe };
    return (await runner.run()).violations;
  });
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`),
  );
}

describe('for everyone', () => {
  it.each(THEMES)('axe-core finds nothing in the theme %s', async (theme) => {
    await page.getByLabel('Theme').selectOption(theme);
    await expect
      .poll(() => page.evaluate(() => document.documentElement.dataset.theme))
      .toBe(theme);
    expect(await violations()).toEqual([]);
  });

  it.each([
    ['Keys', '?'],
    ['Open a source', 'o'],
    ['Commands', 'Control+k'],
  ])('axe-core finds nothing in the dialog %s', async (name, key) => {
    await page.locator('h1').click();
    await page.keyboard.press(key);
    await dialog(name).waitFor();
    expect(await violations()).toEqual([]);
    await page.keyboard.press('Escape');
  });

  it('keeps status, STOP ALL and the verdict in sight on a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    const stop = page.getByRole('button', { name: /^STOP ALL/ });
    const names = [
      page.locator('header').getByText('Live', { exact: true }),
      stop,
      page.getByText('damaged', { exact: true }),
    ];
    for (const name of names) {
      const box = await name.boundingBox();
      expect(box).not.toBeNull();
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(844);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
    }
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(390);
    await stop.click();
    await expect.poll(() => bridge.posted.map(({ path }) => path)).toEqual(['/storm/stop']);
    expect(await violations()).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 720 });
  });
});
