// The built desk in a real Chromium, against the fake bridge: what it says of itself to somebody who only
// watches: where numbers come from, which instant is pointed at, that another engine took over.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { THEMES } from '../src/model/theme.ts';
import { launch, openPage } from './browser.ts';
import { FakeBridge } from './fake-bridge.ts';

let folder: string;
let browser: Browser;
let bridge: FakeBridge;
let page: Page;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wavetank-watching-'));
  const root = new URL('..', import.meta.url).pathname;
  await build({ root, logLevel: 'error', build: { outDir: folder, emptyOutDir: true } });
  bridge = new FakeBridge(folder);
  await bridge.listen();
  browser = await launch();
  page = await openPage(browser, 1280, 720);
  await page.goto(bridge.url);
  await page.locator('header').getByText('Live', { exact: true }).waitFor();
  bridge.warm(3000);
});

afterAll(async () => {
  await browser?.close();
  await bridge?.close();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.mouse.move(2, 2);
  await page.keyboard.press('l');
  await page.locator('header').getByText('Live', { exact: true }).waitFor();
});

const PANELS = [/^Price/, /^Spread/, /^Market regime/, /^Detectors/, /^Book/, /^Tape/, /^Pipeline/];

it('tells source, samples and losses of a panel under the pointer', async () => {
  const price = page.getByRole('region', { name: /^Price/ });
  await price.locator('h2').hover();
  await price
    .getByText(/^Synthetic market, seed 42 · [\d,]+ ticks .*samples in sight.*holes$/)
    .waitFor();
  await page.mouse.move(0, 0);
  await price.getByRole('note').waitFor({ state: 'hidden' });
});

const SOON = { timeout: 10_000 };

/** Of the first time of day in a text. */
function secondsOf(text: string | null): number {
  const [, h, m, s] = /(\d\d):(\d\d):([\d.]+)/.exec(text ?? '') ?? [];
  return Number(h) * 3600 + Number(m) * 60 + Number(s);
}

it('points at one instant on every panel, while time moves and after a zoom', async () => {
  const price = page.getByRole('region', { name: /^Price/ });
  const book = page.getByRole('region', { name: 'Book', exact: true });
  const ladder_s = async (): Promise<number> =>
    secondsOf(await book.getByText(/^at \d\d:\d\d:\d\d\.\d ET$/).textContent());
  const chart_s = async (): Promise<number> =>
    secondsOf(await price.getByText(/^\d\d:\d\d:\d\d\.\d\d ET$/).textContent());
  const apart_s = async (): Promise<number> => {
    const [chart, ladder] = await Promise.all([chart_s(), ladder_s()]);
    return Math.abs(chart - ladder);
  };
  const over = price.locator('.u-over');
  const { width } = (await over.boundingBox()) ?? { width: 0 };
  await over.hover({ position: { x: width * 0.97, y: 20 } });
  // The pointer rests, the market does not.
  const began_s = await ladder_s();
  await expect.poll(ladder_s, SOON).toBeGreaterThan(began_s + 1);
  await expect.poll(apart_s, SOON).toBeLessThan(0.3);
  await page.mouse.wheel(0, -240);
  await page.locator('header').getByText('Looking back', { exact: true }).waitFor();
  await expect.poll(apart_s, SOON).toBeLessThan(0.3);
});

it('keeps its figures when the page changes its size while it looks back', async () => {
  const price = page.getByRole('region', { name: /^Price/ });
  await price.locator('.u-over').hover();
  await page.mouse.wheel(0, -300);
  await page.locator('header').getByText('Looking back', { exact: true }).waitFor();
  await page.setViewportSize({ width: 390, height: 844 });
  await price.getByText(/^mid 58\d\.\d{3}$/).waitFor();
  expect(await price.getByText('No two-sided quote').count()).toBe(0);
});

it('tells them for every panel at a key, and axe-core finds nothing', async () => {
  await page.locator('h1').click();
  await page.keyboard.press('i');
  for (const name of PANELS) {
    await page
      .getByRole('region', { name })
      .getByText(/^Synthetic market, seed 42 · /)
      .waitFor();
  }
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { axe: runner } = globalThis as unknown as { axe: typeof axe };
    return (await runner.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  });
  expect(found).toEqual([]);
  await page.keyboard.press('i');
  await page.getByRole('note').first().waitFor({ state: 'hidden' });
});

/** Pixels of a colour in the canvas of a region, left of the axis and its tag. */
function pixels(name: string, hex: string): Promise<number> {
  return page.evaluate(
    ([region, colour]) => {
      const canvas = [...document.querySelectorAll(`section[aria-label^="${region}"] canvas`)].at(
        -1,
      );
      if (!(canvas instanceof HTMLCanvasElement)) return 0;
      const width = Math.floor(canvas.width * 0.75);
      const { data } = canvas.getContext('2d')?.getImageData(0, 0, width, canvas.height) ?? {};
      const wanted = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
      let count = 0;
      for (let i = 0; i < (data?.length ?? 0); i += 4) {
        if (wanted.every((value, at) => Math.abs((data?.[i + at] ?? 0) - value) < 12)) count += 1;
      }
      return count;
    },
    [name, hex] as const,
  );
}

/** A loaded machine draws later, not otherwise. */
const PATIENT = { timeout: 15_000 };
const MID = { dark: '#eef2f6', light: '#131a22', 'high-contrast': '#ffffff' };

it.each(THEMES)('draws its lines in the colour of the theme %s', async (theme) => {
  await page.getByLabel('Theme').selectOption(theme);
  await expect.poll(() => pixels('Imbalance', MID[theme]), PATIENT).toBeGreaterThan(100);
});

it('shows the instant under the pointer on the strips too', async () => {
  await page.getByLabel('Theme').selectOption('high-contrast');
  const lane = 'Detectors against';
  expect(await pixels(lane, '#ffffff')).toBe(0);
  const plot = page.getByRole('region', { name: /^Price/ }).locator('.u-over');
  await plot.hover({ position: { x: 200, y: 60 } });
  await expect.poll(() => pixels(lane, '#ffffff'), PATIENT).toBeGreaterThan(5);
  await page.mouse.move(0, 0);
  await page.getByLabel('Theme').selectOption('dark');
});

it('says that another engine took over until a person has seen it', async () => {
  bridge.market.engine_pid += 1;
  bridge.dropViewers();
  const notice = page.getByText(/^Another engine took over/);
  await notice.waitFor();
  await notice.getByRole('button', { name: 'Dismiss' }).click();
  await notice.waitFor({ state: 'hidden' });
});

it('tells ears what storms do, once', async () => {
  const news = page.getByRole('status', { name: 'Storms and flags' });
  bridge.market.fire({ kind: 'FlashCrash', severity: 0.5, duration_ms: 60_000, seed: 3n });
  await news.getByText(/^Storm \d+, FlashCrash on AAPL, runs\.$/).waitFor();
  bridge.market.stop(undefined);
  await news.getByText('The last storm is over.').waitFor();
});
