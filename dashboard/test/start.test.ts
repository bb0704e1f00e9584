// The built desk where a browser gives it little: no usable language, an error before it stands.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launch } from './browser.ts';
import { FakeBridge } from './fake-bridge.ts';

let folder: string;
let browser: Browser;
let bridge: FakeBridge;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wavetank-start-'));
  const root = new URL('..', import.meta.url).pathname;
  await build({ root, logLevel: 'error', build: { outDir: folder, emptyOutDir: true } });
  bridge = new FakeBridge(folder);
  await bridge.listen();
  // What a service without a locale gives its children.
  browser = await launch({ LANG: 'C', LC_ALL: 'C', LANGUAGE: '' });
});

afterAll(async () => {
  await browser?.close();
  await bridge?.close();
  await rm(folder, { recursive: true, force: true });
});

it('starts in a browser that has no locale', async () => {
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  // Should this Chromium give a name of its own, the one that broke the desk stands in.
  await page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'language', { get: () => 'en-US@posix' });
  });
  await page.goto(bridge.url);
  await page.locator('header').getByText('Live', { exact: true }).waitFor();
  expect(await page.evaluate(() => navigator.language)).toBe('en-US');
  expect(errors).toEqual([]);
  await page.close();
});

it('says what failed when it could not start, instead of staying blank', async () => {
  const page = await browser.newPage();
  await page.addInitScript(() => {
    Object.defineProperty(globalThis, 'Worker', {
      get: () => {
        throw new Error('workers are switched off');
      },
    });
  });
  await page.goto(bridge.url);
  const alert = page.getByRole('alert');
  await alert.getByText('The desk could not start').waitFor();
  await alert.getByText(/workers are switched off/).waitFor();
  await page.getByRole('button', { name: 'Reload' }).waitFor();
  await page.close();
});

it('keeps the desk and says what failed when a part of it does', async () => {
  const page = await browser.newPage({ locale: 'en-US' });
  await page.goto(bridge.url);
  await page.locator('header').getByText('Live', { exact: true }).waitFor();
  await page.evaluate(() => void setTimeout(() => Reflect.apply(null as never, null, [])));
  await page.getByText('A part of the desk failed').waitFor();
  expect(await page.getByRole('heading', { name: 'Wavetank' }).isVisible()).toBe(true);
  await page.close();
});
