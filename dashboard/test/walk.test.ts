// The walk over the running product in a real Chromium: a recorded hour of AAPL where it lies beside the
// checkout, the small synthetic sample where it does not. A flash crash damages the target, the run says
// so, verifies, and is seen beside its twin.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { marketOfWalk } from './market-of-walk.ts';
import { Stage } from './stage.ts';
import { Walk } from './walk.ts';

const CRASH = { kind: 'FlashCrash', severity: '0.8', duration_s: '10', seed: '7' };
const WALK = fileURLToPath(new URL('walk.ts', import.meta.url));
const market = marketOfWalk();

/** Many steps, each of which waits for a market. */
const WALK_MOST_MS = 180_000;

/** A machine that stalls the link between engine and bridge spoils the verdict, and it says so. */
const VERDICT = /^(intact|degraded|damaged|killed|inconclusive)$/;
/** Loss beyond which a target is damaged. */
const DAMAGED = -10;

interface Recorded {
  storms: string[];
  delta: number;
}

async function newest(url: string): Promise<Recorded> {
  const { runs } = (await (await fetch(`${url}/run/list`)).json()) as { runs: Recorded[] };
  return runs[0] as Recorded;
}

const stages: Stage[] = [];
const stage = async (words: string[]): Promise<{ stage: Stage; walk: Walk }> => {
  const one = await Stage.open({ words });
  stages.push(one);
  return { stage: one, walk: new Walk(one.page) };
};

afterAll(async () => {
  for (const one of stages) await one.close();
  expect(stages.flatMap(({ errors }) => errors)).toEqual([]);
});

describe(`the walk over ${market.symbol}`, () => {
  it(
    'opens, seeks, storms, damages the target, and reads it back',
    async () => {
      const { stage: one, walk } = await stage(['--itch', market.path, '--speed', '5']);
      const { page } = one;
      await walk.openFile(market.path, market.symbol);
      await walk.goTo(market.time);
      await walk.reads('Live');
      await walk.startRun('the walk');
      await walk.setStorm(CRASH);
      await walk.fire();
      await walk.calm();
      await walk.stopRun(VERDICT);
      expect(await newest(one.url)).toMatchObject({ storms: ['FlashCrash'] });
      expect((await newest(one.url)).delta).toBeLessThan(DAMAGED);
      await walk.openRun();
      await page.getByText(/FlashCrash 0\.80 · \d+\.\d bps below its twin at/).waitFor();
      await walk.verify();
    },
    WALK_MOST_MS,
  );
});

describe('by visible words alone', () => {
  it(
    'reaches play, storm, stop and verdict',
    async () => {
      const { stage: one } = await stage(['--seed', '5', '--speed', '5']);
      const { page } = one;
      const press = (name: string | RegExp) => page.getByRole('button', { name }).click();
      await page.getByText('Live', { exact: true }).first().waitFor();
      await press('Pause');
      await page.getByText('Paused', { exact: true }).first().waitFor();
      await press('Play');
      await press('Start run');
      await page.getByText('● recording').waitFor();
      await page.getByLabel('Kind').selectOption('FlashCrash');
      await press('Fire FlashCrash');
      await page
        .getByText(/displaced [1-9]/)
        .first()
        .waitFor();
      await press('STOP ALL');
      const under = page.getByRole('list', { name: 'Storms under way' });
      await under.getByText('No storm is under way.').waitFor();
      await press('Stop run');
      await page.getByText(VERDICT).waitFor();
    },
    WALK_MOST_MS,
  );

  it('and so does the walk: it names no selector and no test id', () => {
    expect(readFileSync(WALK, 'utf8')).not.toMatch(/locator\(|TestId|evaluate/);
  });
});
