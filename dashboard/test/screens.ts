// In: a folder. Out: the screens of docs/desk.md, taken from the running product in Chromium as the walk
// goes over a recorded hour of AAPL, or over the synthetic sample where that hour is not there.
// `npx vite build dashboard` before: the page is the built one.
import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { marketOfWalk } from './market-of-walk.ts';
import { Stage } from './stage.ts';
import { Walk } from './walk.ts';

const SIZES = {
  desk: { width: 1280, height: 720 },
  wide: { width: 1920, height: 1080 },
  phone: { width: 390, height: 844 },
};
/** The page redraws after it was given another size. */
const SETTLED_MS = 900;

const out = process.argv[2] ?? 'screens';
mkdirSync(out, { recursive: true });
const market = marketOfWalk();
const stage = await Stage.open({ words: ['--itch', market.path] });
const { page } = stage;
const shot = (name: string) => page.screenshot({ path: join(out, `${name}.png`) });
const sized = async (size: keyof typeof SIZES, name: string): Promise<void> => {
  await page.setViewportSize(SIZES[size]);
  await page.waitForTimeout(SETTLED_MS);
  await shot(name);
};
const walk = new Walk(page, shot);

try {
  // By its name in the folder that the desk was started with: no screen shows where that is.
  await walk.openFile(basename(market.path), market.symbol);
  await walk.goTo(market.time);
  await walk.reads('Live');
  await walk.startRun('flash crash before lunch');
  await page.waitForTimeout(14_000);
  await walk.setStorm({ kind: 'FlashCrash', severity: '0.8', duration_s: '12', seed: '7' });
  await walk.preview();
  await shot('preview');
  await page.getByRole('button', { name: 'Close the preview' }).click();
  await walk.play();
  await walk.fire();
  await page.waitForTimeout(4500);
  await shot('storm');
  await sized('wide', 'wide');
  await sized('phone', 'phone');
  await page.setViewportSize(SIZES.desk);
  await walk.calm();
  await page.waitForTimeout(3000);
  await shot('damaged');
  await walk.stopRun(/^(damaged|killed|inconclusive)$/);
  await page.getByRole('list', { name: 'Past runs' }).scrollIntoViewIfNeeded();
  await shot('verdict');
  await walk.openRun();
  await walk.verify();
  await page.waitForTimeout(SETTLED_MS);
  await shot('run');
  await page.keyboard.press('Escape');
  await page.getByRole('region', { name: /^Price/ }).hover();
  await page.mouse.wheel(0, -240);
  await page.waitForTimeout(SETTLED_MS);
  await shot('looking-back');
  await sized('phone', 'phone-verdict');
  await page.setViewportSize(SIZES.desk);
  await walk.openRun();
  await walk.playRun();
  await page.getByRole('button', { name: /^Stop storm/ }).waitFor();
  await page.waitForTimeout(4500);
  await shot('played');
} finally {
  await stage.close();
}
if (stage.errors.length > 0) throw new Error(stage.errors.join('\n'));
