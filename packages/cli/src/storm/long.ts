// The long form of what storms promise, part of `pnpm test:long`: eleven severities, twenty seeds, every
// market, a recorded hour when it is there. In: nothing, or a number of seeds. Out: a line for each
// kind and market; status 1 when one is broken.
import { KIND_PROMISES, longPromise, MARKETS, type Market } from '@wavetank/engine/tank';
import { fixture } from '../fixtures.ts';

const seeds = Number(process.argv[2] ?? 20);
const recorded = fixture('aapl-2012-06-21-replaces/feed.itch50');
const hour: Market[] =
  recorded === undefined
    ? []
    : [
        {
          name: 'a recorded hour',
          source: { kind: 'itch', path: recorded },
          symbol: 'AAPL',
          warm_ms: 60_000,
        },
      ];

let broken = 0;
for (const promise of KIND_PROMISES) {
  for (const market of [...MARKETS, ...hour]) {
    const faults = await longPromise(promise, market, seeds);
    broken += faults.length;
    console.log(`${faults.length === 0 ? 'ok  ' : 'FAIL'} ${promise.kind}, ${market.name}`);
    for (const fault of faults) console.log(`     ${fault}`);
  }
}
console.log(
  `${seeds} seeds, 11 severities: ${broken === 0 ? 'every promise kept' : `${broken} broken`}`,
);
process.exitCode = broken === 0 ? 0 : 1;
