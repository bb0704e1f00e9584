// A recorded run in a real Chromium on the real desk: chosen from the list, played, sought in, stood at its
// end as it was recorded, refused as a market of its own, and left for another source.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, openPage } from './browser.ts';
import { Program } from './processes.ts';

interface Status {
  ts_run_ms: number;
  transport: string;
  epoch: number;
  run: { run_id: string; from_ms: number; to_ms: number } | null;
}

let runs: string;
let desk: Program;
let browser: Browser;
let page: Page;
let url: string;
let run_id: string;
const errors: string[] = [];

async function ask<T>(path: string, body?: object): Promise<T> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' } };
  const sent = body === undefined ? {} : { ...init, body: JSON.stringify(body) };
  const answer = await fetch(url + path, sent);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path}: ${text}`);
  return JSON.parse(text) as T;
}

const status = (): Promise<Status> => ask<Status>('/replay/status');

/** Plays a stretch of virtual time. */
async function through(seconds: number): Promise<void> {
  await ask('/replay/step', { unit: 'second', count: seconds });
}

beforeAll(async () => {
  runs = await mkdtemp(join(tmpdir(), 'wavetank-played-'));
  const words = ['--port', '0', '--wire-port', '0', '--target', 'http://127.0.0.1:1'];
  desk = new Program(['desk', ...words, '--seed', '5', '--runs', runs]);
  url = await desk.url();
  await ask('/replay/pause', {});
  await through(8);
  ({ run_id } = await ask<{ run_id: string }>('/run/start', { note: 'two crashes' }));
  await through(4);
  const crash = { kind: 'FlashCrash', severity: 0.8, duration_ms: 8000, seed: '7' };
  await ask('/storm/start', crash);
  await through(20);
  await ask('/storm/start', { ...crash, severity: 0.4 });
  await through(8);
  await ask('/run/stop', {});
  await ask('/replay/seek', { to_ms: 34_203_000 });
  browser = await launch();
  page = await openPage(browser, 1920, 1080);
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(url);
  await page.locator('header').getByText('Paused', { exact: true }).first().waitFor();
});

afterAll(async () => {
  await browser?.close();
  await desk?.stop();
  await rm(runs, { recursive: true, force: true });
  expect(errors).toEqual([]);
});

const bar = () => page.getByRole('region', { name: 'Recorded run' });
const pill = (word: string) => page.getByRole('banner').getByText(word, { exact: true }).first();

describe('a recorded run on the desk', () => {
  it('is found by letters and opened from the dialog of sources', async () => {
    await page.getByRole('button', { name: 'Open…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Open a source' });
    await dialog.getByLabel('Recorded run', { exact: true }).check();
    await dialog.getByRole('radio', { name: /FlashCrash/ }).waitFor();
    await dialog.getByLabel('Find a run').fill('no such words');
    await dialog.getByText('No run has that.').waitFor();
    await dialog.getByLabel('Find a run').fill('two CRASHES');
    expect(await dialog.getByRole('radio', { name: /FlashCrash/ }).isChecked()).toBe(true);
    await dialog.getByRole('button', { name: 'Open', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    await bar().getByText(run_id.slice(0, 10)).waitFor();
    await pill('Playing').waitFor();
    await page.getByRole('banner').getByText('D2').waitFor();
    expect((await status()).run?.run_id).toBe(run_id);
  });

  it('says why no storm can be fired and no run started, and gives no way to', async () => {
    const storms = page.getByLabel('Storms', { exact: true });
    await storms.getByText(/A recorded run is played/).waitFor();
    const buttons = [/^(Fire|Hold to fire)/, /^STOP ALL/, /^Preview/].map((name) =>
      storms.getByRole('button', { name }),
    );
    buttons.push(page.getByRole('button', { name: /Start run/ }));
    for (const button of buttons) expect(await button.isDisabled()).toBe(true);
    await page
      .getByLabel('Runs', { exact: true })
      .getByText(/A recorded run is played/)
      .waitFor();
  });

  it('keeps everything in sight at 1280×720, and gives axe-core nothing to find', async () => {
    await page.setViewportSize({ width: 1280, height: 720 });
    const { scrollWidth, scrollHeight } = await page.evaluate(() => {
      const { scrollWidth, scrollHeight } = document.documentElement;
      return { scrollWidth, scrollHeight };
    });
    for (const name of [/^STOP ALL/, /Start run/]) {
      const box = await page.getByRole('button', { name }).boundingBox();
      expect((box?.y ?? 1000) + (box?.height ?? 0), String(name)).toBeLessThanOrEqual(720);
    }
    expect([scrollWidth, scrollHeight]).toEqual([1280, 720]);
    const deck = await page.getByLabel('Storms', { exact: true }).boundingBox();
    const list = await page.getByLabel('Storms under way').boundingBox();
    const bottom = (box: typeof deck): number => (box?.y ?? 0) + (box?.height ?? 0);
    expect(bottom(list)).toBeLessThanOrEqual(bottom(deck));
    await page.evaluate(axe.source);
    const found = await page.evaluate(async () => {
      const { axe: runner } = globalThis as unknown as { axe: typeof axe };
      const { violations } = await runner.run(document);
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`);
    });
    expect(found).toEqual([]);
    await page.setViewportSize({ width: 1920, height: 1080 });
  });

  it('goes to a place by its bar and by time, and no further than its ends', async () => {
    await page.getByRole('button', { name: /Pause/ }).click();
    await pill('Paused').waitFor();
    const { from_ms, to_ms } = (await status()).run ?? { from_ms: 0, to_ms: 0 };
    const place = page.getByLabel('Place in the recorded run');
    expect(await place.getAttribute('min')).toBe(String(from_ms));
    expect(await place.getAttribute('max')).toBe(String(to_ms));
    const box = await place.boundingBox();
    await page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + 6);
    const middle = (from_ms + to_ms) / 2;
    await expect.poll(async () => Math.abs((await status()).ts_run_ms - middle)).toBeLessThan(1000);
    // What came before the place is drawn from the run's own ticks.
    await page
      .getByLabel('History')
      .getByText(/^(all|newest 1 min of) 1\d\.?\d* s$/)
      .waitFor();
    expect(await page.getByRole('button', { name: /storm before/ }).isEnabled()).toBe(true);
    const { ts_run_ms } = await status();
    await place.press('ArrowRight');
    await expect.poll(async () => (await status()).ts_run_ms).toBe(ts_run_ms + 1000);
    await page.getByRole('button', { name: 'Go to…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Go to' });
    await dialog.getByText(/The recorded run goes from 09:/).waitFor();
    await dialog.getByLabel(/^Venue time/).fill('09:29:00');
    await dialog.getByRole('button', { name: 'Go', exact: true }).click();
    await dialog.getByText('SEEK_OUTSIDE').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
  });

  it('shows the storms of its log, and stands at its end as it was recorded', async () => {
    const { run: played } = await status();
    await ask('/replay/seek', { to_ms: (played?.from_ms ?? 0) + 6000 });
    await page
      .getByLabel('Storms under way')
      .getByText(/FlashCrash/)
      .waitFor();
    expect(await page.getByRole('button', { name: /^Stop storm/ }).isDisabled()).toBe(true);
    await page.getByLabel('Speed of virtual time').selectOption('max');
    await page.getByRole('button', { name: /Play/ }).first().click();
    await bar()
      .getByText(/ended as recorded/)
      .waitFor();
    await pill('Ended').waitFor();
    await page.getByText(/The recorded run was stopped here/).waitFor();
  });

  it('is left for a source, and played again from its own dialog', async () => {
    await ask('/replay/speed', { speed: 1 });
    await page.getByRole('button', { name: 'Open…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Open a source' });
    await dialog.getByRole('button', { name: 'Open', exact: true }).click();
    await bar().waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /Start run/, disabled: false }).waitFor();
    await page.getByLabel('Past runs, newest first').getByRole('button').first().click();
    const past = page.getByRole('dialog', { name: `Run ${run_id}` });
    await past.getByRole('button', { name: '▶ Play' }).click();
    await past.waitFor({ state: 'hidden' });
    await bar().waitFor();
  });
});
