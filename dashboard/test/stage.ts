// In: where the market comes from. Out: the running product for a walk: desk, the stand-in that trades on
// it, a browser and a page. The target takes its time from the feed, so any speed will do.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launch, openPage } from './browser.ts';
import { freePort, Program } from './processes.ts';

/** A step of the walk over a busy machine. */
const STEP_MOST_MS = 50_000;

export interface StageOptions {
  /** Words for `wavetank desk`. */
  words: string[];
  /** Node's own, for the desk. */
  flags?: string[];
  width?: number;
  height?: number;
  /** Without the stand-in nothing subscribes to /feed. */
  isAlone?: boolean;
}

export class Stage {
  readonly desk: Program;
  readonly bot: Program | null;
  readonly browser: Browser;
  readonly page: Page;
  readonly url: string;
  /** What the page threw or complained of. */
  readonly errors: string[] = [];
  readonly #dir: string;

  private constructor(
    parts: Pick<Stage, 'desk' | 'bot' | 'browser' | 'page' | 'url'>,
    dir: string,
  ) {
    this.desk = parts.desk;
    this.bot = parts.bot;
    this.browser = parts.browser;
    this.page = parts.page;
    this.url = parts.url;
    this.#dir = dir;
    this.page.on('pageerror', (error) => this.errors.push(error.message));
    this.page.on('console', (line) => {
      if (line.type() === 'error') this.errors.push(line.text());
    });
  }

  static async open(options: StageOptions): Promise<Stage> {
    const { words, flags, width = 1280, height = 720, isAlone = false } = options;
    const dir = await mkdtemp(join(tmpdir(), 'wavetank-stage-'));
    const port = String(await freePort());
    const target = join(dir, 'target.yaml');
    const spec = `name: market maker\nurl: http://127.0.0.1:${port}\npoll_ms: 250\nclock: feed\n`;
    await writeFile(target, spec);
    const common = ['--port', '0', '--wire-port', '0', '--runs', join(dir, 'runs')];
    const desk = new Program(['desk', ...common, '--target', target, ...words], flags);
    const url = await desk.url();
    const trades = ['demo-target', '--bridge', url, '--port', port];
    const bot = isAlone ? null : new Program(trades);
    const browser = await launch();
    const page = await openPage(browser, width, height);
    page.setDefaultTimeout(STEP_MOST_MS);
    const stage = new Stage({ desk, bot, browser, page, url }, dir);
    await page.goto(url);
    if (bot !== null) await page.getByText('online', { exact: true }).waitFor();
    return stage;
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.bot?.stop();
    await this.desk.stop();
    await rm(this.#dir, { recursive: true, force: true });
  }
}
