// The preview of a storm in a real Chromium, against the fake bridge: what a person sees before firing.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TransportState } from '@wavetank/abi';
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
const errors: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wavetank-preview-'));
  const root = new URL('..', import.meta.url).pathname;
  await build({ root, logLevel: 'error', build: { outDir: folder, emptyOutDir: true } });
  bridge = new FakeBridge(folder);
  await bridge.listen();
  bridge.warm(800);
  bridge.market.transport = TransportState.Paused;
  browser = await launch();
  page = await openPage(browser, 1280, 720);
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(bridge.url);
});

afterAll(async () => {
  await browser?.close();
  await bridge?.close();
  await rm(folder, { recursive: true, force: true });
  expect(errors).toEqual([]);
});

const state = (word: string) =>
  page.locator('header').getByText(word, { exact: true }).waitFor({ timeout: 10_000 });
const card = () => page.getByRole('region', { name: 'Preview', exact: true });
const button = (name: string | RegExp) => page.getByRole('button', { name });
const severity = () => page.getByLabel('Severity, 0 to 1', { exact: true });

/** A card on a market that stands, for the storm that the form holds. */
async function previewed(): Promise<void> {
  await page.locator('h1').click();
  await page.keyboard.press('p');
  await card().getByText('Exact: fired now, it does this.').waitFor();
}

beforeEach(async () => {
  bridge.market.transport = TransportState.Paused;
  bridge.previewing = Promise.resolve();
  await state('Paused');
  if (await card().isVisible()) await button('Close the preview').click();
  await page.getByLabel('Kind').selectOption('FlashCrash');
  await severity().fill('0.5');
  await page.getByLabel('Seed').fill('');
  bridge.posted.length = 0;
});

describe('the preview of a storm', () => {
  it('is asked for by its key, drawn, and told in figures', async () => {
    await previewed();
    expect(bridge.posted).toEqual([
      {
        path: '/storm/preview',
        body: { kind: 'FlashCrash', severity: 0.5, duration_ms: 10_000, symbol: 'AAPL' },
      },
    ]);
    await card().getByText('FlashCrash 0.50 · 10 s · AAPL').waitFor();
    const figures = (await card().locator('dl > div').allTextContents()).join('\n');
    expect(figures).toMatch(/^Price move−\d+\.\d bpsat 5\.0 s$/m);
    expect(figures).toMatch(/^Calm again13\.0 s/m);
    const status = page.getByRole('status').filter({ hasText: 'Preview of FlashCrash' });
    expect(await status.textContent()).toMatch(/Price move −.* Widest spread 9 ticks/);
    const drawn = await card()
      .locator('canvas')
      .evaluate((canvas: HTMLCanvasElement) => {
        const { width, height } = canvas;
        const data = canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
        return data.filter((value, i) => i % 4 === 2 && value > 220).length;
      });
    expect(drawn).toBeGreaterThan(200);
  });

  it('reads the moment under the pointer, or under the arrow keys', async () => {
    await previewed();
    const plot = card().getByRole('slider');
    await plot.hover({ position: { x: 180, y: 40 } });
    await card()
      .getByText(/^\d\.\d s · mid \d+\.\d{3} · without .* bps · spread \d+ ticks$/)
      .waitFor();
    await page.mouse.move(5, 5);
    await card().getByText('without the storm').waitFor();
    await plot.focus();
    await page.keyboard.press('ArrowRight');
    expect(await plot.getAttribute('aria-valuetext')).toMatch(/^0\.2 s · mid /);
  });

  it('leaves fire, stop and the ladder in sight at 1280×720', async () => {
    await previewed();
    const box = await card().boundingBox();
    if (box === null) throw new Error('no card');
    expect(box.y + box.height).toBeLessThanOrEqual(720);
    for (const name of [/^(Fire|Hold to fire)/, /^STOP ALL/]) {
      const control = await button(name).boundingBox();
      expect((control?.y ?? 720) + (control?.height ?? 0)).toBeLessThanOrEqual(720);
      expect(control?.x).toBeGreaterThan(box.x + box.width);
    }
    const ladder = await page.getByLabel('Book', { exact: true }).locator('table').boundingBox();
    expect((ladder?.y ?? 720) + (ladder?.height ?? 0)).toBeLessThanOrEqual(box.y);
  });

  it('lends its seed to the storm that is then fired, once', async () => {
    await previewed();
    await button(/^Fire FlashCrash/).click();
    await card()
      .getByText(/^Fired at this instant as #\d+\.$/)
      .waitFor();
    await button(/^Fire FlashCrash/).click();
    await expect.poll(() => bridge.posted.length).toBe(3);
    const seeds = bridge.posted.slice(1).map(({ path, body }) => [path, body.seed]);
    expect(seeds).toEqual([
      ['/storm/start', '17419069924784877859'],
      ['/storm/start', undefined],
    ]);
  });

  it('is dated by another parameter, and is exact again without it', async () => {
    await previewed();
    await severity().fill('0.6');
    await card().getByText('Dated: a parameter has changed.').waitFor();
    await severity().fill('0.5');
    await card().getByText('Exact: fired now, it does this.').waitFor();
    await page.getByLabel('Seed').fill('9');
    await button('Preview again').click();
    await card()
      .getByText(/seed 9, kept for Fire/)
      .waitFor();
  });

  it('is dated when the market moves on', async () => {
    await previewed();
    bridge.market.transport = TransportState.Playing;
    await card()
      .getByText(/^Dated: the market moved on\./)
      .waitFor();
    await button('Preview again').waitFor();
  });

  it('can be cancelled while it is computed, and asked for again', async () => {
    let answer = (): void => undefined;
    bridge.previewing = new Promise((resolve) => {
      answer = resolve;
    });
    await button(/^Preview what/).click();
    await card().getByText('Looking ahead…').waitFor();
    await button('Cancel').click();
    await card().getByText('Cancelled: nothing was computed.').waitFor();
    answer();
    await button('Preview again').click();
    await card().getByText('Exact: fired now, it does this.').waitFor();
    await page.getByRole('slider', { name: /^Moment/ }).focus();
    await page.keyboard.press('Escape');
    await card().waitFor({ state: 'hidden' });
    expect(await page.evaluate(() => document.activeElement?.hasAttribute('data-preview'))).toBe(
      true,
    );
  });

  it('says why it is refused', async () => {
    bridge.refuse = 'STORM_CONFLICT';
    await button(/^Preview what/).click();
    const alert = card().getByRole('alert');
    await alert.getByText('Storms conflict: FlashCrash runs on AAPL already').waitFor();
    await button('Dismiss this message').click();
    await card().waitFor({ state: 'hidden' });
  });

  it.each(THEMES)('axe-core finds nothing in the theme %s, exact and dated', async (theme) => {
    await page.getByLabel('Theme').selectOption(theme);
    await previewed();
    for (const strength of ['0.5', '0.7']) {
      await severity().fill(strength);
      await card()
        .getByText(strength === '0.5' ? /^Exact/ : /^Dated/)
        .waitFor();
      await page.evaluate(axe.source);
      const found = await page.evaluate(async () => {
        const { axe: runner } = globalThis as unknown as { axe: typeof axe };
        return (await runner.run()).violations.map(({ id, nodes }) => [id, nodes[0]?.html]);
      });
      expect(found).toEqual([]);
    }
  });
});
