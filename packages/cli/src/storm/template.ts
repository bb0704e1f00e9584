// In: the name of a kind and its number. Out: the texts of its file, its test, and the settings by which
// an editor finds this checkout. A kind that works as it is, to be rewritten.

/** `UnderTow` → `under-tow`. */
export const fileName = (name: string): string =>
  name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();

export function kindText(name: string, number: number): string {
  return `// ${name}. In: the view at each quantum end. Out: withdrawals that thin one side of the book, for as
// long as the storm lasts. What it displaced returns by itself when it ends.
import {
  type Intent,
  mulDiv,
  type OwnStorm,
  RECOVERY,
  type Step,
  type StormParams,
  type StormView,
  seedWords,
  withdraw,
  words,
} from '@wavetank/storms/kit';

const PPM = 1_000_000;
/** 0x8000 and the low 15 bits of XXH64('${name}'). */
const NUMBER = 0x${number.toString(16)};
/** At severity 1 this much of a usual level is gone. */
const THINNED_PERCENT = 80;
/** Each draw has a purpose: a number of your own. */
const PURPOSE_SIDE = 1;

/** Whole numbers only, at most 64 KiB: it goes into checkpoints. */
interface State {
  /** A ramp rewrites it before each step. */
  severity_ppm: number;
  /** The side that thins: 0 bids, 1 asks. */
  side: 0 | 1;
  levels: number;
}

function init({ severity_ppm, params }: StormParams, seed: bigint): State {
  const draw = words(seedWords(seed), NUMBER, PURPOSE_SIDE, 0);
  const side = (draw[0] & 1) as 0 | 1;
  return { severity_ppm, side, levels: params.levels ?? 3 };
}

/** Shares of a usual level: a tenth of the median ten-level depth. */
const usual = ({ side }: State, view: StormView): number =>
  Math.floor((side === 0 ? view.baselineBidDepth : view.baselineAskDepth) / 10);

function step(state: State, view: StormView): Step<State> {
  const intents: Intent[] = [];
  if (state.severity_ppm === 0 || !view.trading) return { state, intents };
  const rows = state.side === 0 ? view.bids : view.asks;
  const thinned = mulDiv(state.severity_ppm, THINNED_PERCENT, 100);
  const keep = mulDiv(usual(state, view), PPM - thinned, PPM);
  // The last level stays, so that the side is never empty.
  for (let i = 0; i < Math.min(state.levels, rows.count - 1); i++) {
    const excess = rows.sourceQty(i) - keep;
    if (excess > 0) intents.push(withdraw(state.side, rows.price(i), excess));
  }
  return { state, intents };
}

/** Shares that are gone against what severity 1 takes from as many usual levels. */
function realised(state: State, view: StormView): number | undefined {
  const full = mulDiv(usual(state, view) * state.levels, THINNED_PERCENT, 100);
  const gone = state.side === 0 ? view.displacedBid : view.displacedAsk;
  return full === 0 ? undefined : mulDiv(gone, PPM, full);
}

const storm: OwnStorm<State> = {
  name: '${name}',
  number: NUMBER,
  imitates: 'one side of the book thins out, as before news',
  params: [
    {
      name: 'levels',
      unit: 'levels',
      min: 1,
      max: 10,
      default: 3,
      doc: 'levels that thin out, best first',
    },
    RECOVERY,
  ],
  init,
  step,
  realised,
};

export default storm;
`;
}

export function testText(name: string): string {
  const file = fileName(name);
  return `// What ${name} has to do, in virtual time: wavetank storm test ${file}.ts
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Tank } from '@wavetank/engine/tank';

const FILE = fileURLToPath(new URL('./${file}.ts', import.meta.url));

test('thins one side, and gives everything back', async () => {
  const tank = await Tank.open({ storms: [FILE] });
  tank.forward(10_000);
  tank.start({ kind: '${name}', severity: 1, duration_ms: 5_000, seed: '7' });
  tank.forward(4_000);
  const tick = tank.ticks.at(-1);
  assert.ok(tick !== undefined);
  const missing = tick.twin_bid_depth + tick.twin_ask_depth - tick.bid_depth - tick.ask_depth;
  assert.ok(missing > 0, \`\${missing} shares are missing\`);
  tank.forward(1_001);
  tank.settle(60_000);
  const { market_digest, twin_digest } = tank.status();
  assert.equal(market_digest, twin_digest);
  tank.close();
});
`;
}

/** tsconfig.json for a folder outside of the checkout at \`root\`. */
export const settingsText = (root: string): string =>
  `${JSON.stringify(
    {
      compilerOptions: {
        target: 'ES2024',
        module: 'ESNext',
        moduleResolution: 'bundler',
        moduleDetection: 'force',
        strict: true,
        noEmit: true,
        allowImportingTsExtensions: true,
        erasableSyntaxOnly: true,
        verbatimModuleSyntax: true,
        skipLibCheck: true,
        types: ['node'],
        typeRoots: [`${root}node_modules/@types`],
        paths: {
          '@wavetank/storms/kit': [`${root}packages/storms/src/kit.ts`],
          '@wavetank/engine/tank': [`${root}packages/engine/src/tank/index.ts`],
        },
      },
      include: ['*.ts'],
    },
    null,
    2,
  )}\n`;
