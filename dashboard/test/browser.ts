// In: nothing. Out: a headless Chromium that needs neither root nor a download.
// Its sandbox wants user namespaces, which root in a container has not: only then it is left off.
import chromium from '@sparticuz/chromium';
import { type Browser, type Page, chromium as playwright } from 'playwright-core';

export async function launch(
  env: Record<string, string> = {},
  more: readonly string[] = [],
): Promise<Browser> {
  const executablePath = await chromium.executablePath();
  const args = [
    '--no-zygote',
    '--disable-gpu',
    '--no-sandbox',
    '--font-render-hinting=none',
    ...more,
  ];
  return playwright.launch({
    executablePath,
    args,
    headless: true,
    env: { ...process.env, ...env },
  });
}

/** A page of a size. The locale is named: where LANG is POSIX, Chromium gives pages an invalid one. */
export function openPage(browser: Browser, width: number, height: number): Promise<Page> {
  return browser.newPage({ viewport: { width, height }, locale: 'en-US' });
}
