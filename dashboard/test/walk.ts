// The walk that a person takes over the desk: open a market, go to a time, record, storm, stop, read
// the verdict, verify, look at the twin. In: a page on the running product. Every step finds its way by
// roles, labels and words alone.
import type { Page } from 'playwright-core';

export interface Storm {
  kind: string;
  severity: string;
  duration_s: string;
  seed: string;
}

export class Walk {
  readonly #page: Page;
  readonly #seen: (screen: string) => Promise<unknown>;

  /** `seen` is told when a dialog is filled in, before it acts. */
  constructor(page: Page, seen: (screen: string) => Promise<unknown> = async () => {}) {
    this.#page = page;
    this.#seen = seen;
  }

  /** Waits until the bar says so. */
  async reads(state: string): Promise<void> {
    await this.#page.getByRole('banner').getByText(state, { exact: true }).waitFor();
  }

  async openFile(path: string, symbol: string): Promise<void> {
    await this.#page.getByRole('button', { name: 'Open…' }).click();
    const dialog = this.#page.getByRole('dialog', { name: 'Open a source' });
    await dialog.getByLabel('ITCH 5.0 file').check();
    await dialog.getByLabel(/^Path of the file/).fill(path);
    await dialog.getByLabel('Symbol to follow').fill(symbol);
    await this.#seen('open');
    await dialog.getByRole('button', { name: 'Open', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
  }

  async goTo(time: string): Promise<void> {
    await this.#page.getByRole('button', { name: 'Go to…' }).click();
    const dialog = this.#page.getByRole('dialog', { name: 'Go to' });
    await dialog.getByLabel(/^Venue time/).fill(time);
    await this.#seen('seek');
    await dialog.getByRole('button', { name: 'Go', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
  }

  async play(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Play' }).click();
    await this.reads('Live');
  }

  async startRun(note: string): Promise<void> {
    await this.#page.getByLabel('Note of the run').fill(note);
    await this.#page.getByRole('button', { name: 'Start run' }).click();
    await this.#page.getByText('● recording').waitFor();
  }

  async setStorm({ kind, severity, duration_s, seed }: Storm): Promise<void> {
    const deck = this.#page.getByRole('region', { name: 'Storms' });
    await deck.getByLabel('Kind').selectOption(kind);
    await deck.getByLabel('Severity, 0 to 1', { exact: true }).fill(severity);
    await deck.getByLabel('Duration, s').fill(duration_s);
    await deck.getByLabel('Seed').fill(seed);
  }

  /** What the storm of the form would do, over a market that stands. */
  async preview(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Pause' }).click();
    await this.reads('Paused');
    await this.#page.getByRole('button', { name: 'Preview what it would do' }).click();
    await this.#page.getByText('Exact: fired now, it does this.').waitFor();
  }

  /** Holds the button of a strong storm until it runs. */
  async fire(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Hold to fire' }).hover();
    await this.#page.mouse.down();
    await this.#page.getByRole('button', { name: /^Stop storm/ }).waitFor();
    await this.#page.mouse.up();
  }

  /** The storm has ended and all that it displaced is back. */
  async calm(): Promise<void> {
    const under = this.#page.getByRole('list', { name: 'Storms under way' });
    await under.getByText('No storm is under way.').waitFor();
    await this.#page.getByText('as the source has it').waitFor();
  }

  async stopRun(verdict: string | RegExp): Promise<void> {
    await this.#page.getByRole('button', { name: 'Stop run' }).click();
    const newest = this.#page
      .getByRole('list', { name: 'Past runs' })
      .getByRole('listitem')
      .first();
    await newest.getByText(verdict).waitFor();
    await this.#page.getByText('not recording').waitFor();
  }

  async openRun(): Promise<void> {
    const newest = this.#page
      .getByRole('list', { name: 'Past runs' })
      .getByRole('listitem')
      .first();
    await newest.getByRole('button').first().click();
    await this.#page.getByRole('heading', { name: 'Verify' }).waitFor();
  }

  async verify(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Verify this run' }).click();
    await this.#page.getByText('✓ verified: it runs again bit for bit').waitFor();
  }

  /** From the run's own dialog, on the desk. */
  async playRun(): Promise<void> {
    await this.#page.getByRole('button', { name: '▶ Play' }).click();
    await this.#page.getByRole('region', { name: 'Recorded run' }).waitFor();
    await this.reads('Playing');
  }
}
