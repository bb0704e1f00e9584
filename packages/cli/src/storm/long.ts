// The long form of what storms promise, part of `pnpm test:long`: eleven severities, twenty seeds, every
// market, a recorded hour when it is there; then streams of every message type under many storms. In:
// nothing, or a number of seeds. Out: a line for each; status 1 when one is broken.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KIND_PROMISES, longPromise, MARKETS, type Market, onslaught } from '@wavetank/engine/tank';
import { gateProfiles, gateStream } from '@wavetank/native';
import { fixture } from '../fixtures.ts';

const STREAM_MESSAGES = 200_000;
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
const dir = mkdtempSync(join(tmpdir(), 'wavetank-storms-'));
for (const profile of gateProfiles()) {
  for (let seed = 1; seed <= seeds; seed++) {
    const path = join(dir, `${profile}-${seed}.itch50`);
    writeFileSync(path, gateStream(seed, STREAM_MESSAGES, profile));
    const calm = await onslaught(path, undefined);
    const nothing = await onslaught(path, 0);
    const { faults, fired } = await onslaught(path, 1);
    if (nothing.run_digest !== calm.run_digest) faults.push('severity 0 is not the identity');
    broken += faults.length;
    console.log(`${faults.length === 0 ? 'ok  ' : 'FAIL'} ${fired} storms on ${profile} ${seed}`);
    for (const fault of faults) console.log(`     ${fault}`);
    rmSync(path);
  }
}
rmSync(dir, { recursive: true });
console.log(
  `${seeds} seeds, 11 severities: ${broken === 0 ? 'every promise kept' : `${broken} broken`}`,
);
process.exitCode = broken === 0 ? 0 : 1;
