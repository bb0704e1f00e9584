// Every kind that ships at once, on whatever trades. In: a tank, or a file of any messages. Out: what
// went wrong, and the digest of the run. For streams on which no single storm has a meaning.
import { NativeError } from '@wavetank/native';
import { stormNames } from '@wavetank/storms';
import { Tank } from './tank.ts';

const STORM_MS = 5_000;
/** A stream that just began has no baseline yet. */
const WARM_MS = 1_500;
const ROUND_MS = 200;
const ROUNDS = 12;
const STORMS = 16;
/** More than a stream has, so that it ends. */
const REST_MS = 600_000;

/** Starts every kind on every symbol that will have it, up to `most` storms; how many they are. */
export function fireAll(
  tank: Tank,
  symbols: readonly string[],
  { severity, most = 64 }: { severity: number; most?: number },
): number {
  let fired = 0;
  for (const symbol of symbols) {
    for (const kind of fired < most ? stormNames() : []) {
      try {
        tank.start({ kind, severity, duration_ms: STORM_MS, symbol });
        fired++;
      } catch (refused) {
        // Halted, too young to have a baseline, or struck already.
        if (!(refused instanceof NativeError)) throw refused;
      }
    }
  }
  return fired;
}

/** What is left of storms when all should be over. */
export function leftBehind(tank: Tank): string[] {
  const { market_digest, twin_digest, storms } = tank.status();
  const open = storms.map(({ kind, id, phase }) => `${kind} ${id} is ${phase}`);
  const other = market_digest === twin_digest ? [] : [`market ${market_digest} is not its source`];
  return [...tank.failures.values(), ...open, ...other];
}

export interface Onslaught {
  fired: number;
  faults: string[];
  run_digest: string;
}

/** Runs an ITCH file to its end under sixteen storms or more; severity undefined fires none. */
export async function onslaught(path: string, severity: number | undefined): Promise<Onslaught> {
  const tank = await Tank.open({ source: { kind: 'itch', path } });
  tank.forward(WARM_MS);
  const symbols = tank.symbols();
  let fired = 0;
  for (let round = 0; round < ROUNDS; round++) {
    if (severity !== undefined && fired < STORMS) {
      fired += fireAll(tank, symbols, { severity, most: STORMS - fired });
    }
    tank.forward(ROUND_MS);
  }
  tank.forward(REST_MS);
  const faults = tank.ended ? leftBehind(tank) : ['the stream has no end'];
  const { run_digest } = tank.status();
  tank.close();
  return { fired, faults, run_digest };
}
