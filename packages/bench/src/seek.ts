// `pnpm bench:seek`: lands at places of a file by its seek index, beside plain play to the same place,
// in turns. In: a file, or a size to generate. Out: one table; both must stand on the same digests.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Arrived, FileSeek } from '@wavetank/engine';
import { generate } from '@wavetank/native';

const HELP = `usage: pnpm bench:seek [options]

  --file FILE        ITCH 5.0 file, plain or .gz (default: a generated one)
  --messages N       size of the generated file (default 20000000)
  --symbol S         symbol analysed from the start; may be repeated (default: those of a small source)
  --rounds N         times each place is sought (default 3)
  --dir DIR          where file and index are written (default: the temporary folder)
`;
const SHARES = [0.1, 0.35, 0.6, 0.95];
const DAY = { at_ns: 86_400_000_000_000 };

const { values } = parseArgs({
  options: {
    file: { type: 'string' },
    messages: { type: 'string', default: '20000000' },
    symbol: { type: 'string', multiple: true, default: [] },
    rounds: { type: 'string', default: '3' },
    dir: { type: 'string', default: tmpdir() },
    help: { type: 'boolean', default: false },
  },
});

async function generated(dir: string): Promise<string> {
  const path = join(dir, 'day.itch50');
  const messages = Number(values.messages);
  const market = { instruments: 500, live_orders: 1000, events_per_s: 3000 };
  await generate({ path, messages, framed: true, seed: '3', ...market }).totals;
  return path;
}

function closed({ session, wall_ms }: Arrived): { at: string; wall_ms: number } {
  const { seq, run_digest, market_digest } = session.control<Record<string, unknown>>('status');
  session.close();
  return { at: [seq, run_digest, market_digest].join(' '), wall_ms };
}

const median = (all: number[]): number => all.toSorted((a, b) => a - b)[all.length >> 1] ?? 0;
const ms = (value: number): string => `${value.toFixed(0)} ms`.padStart(10);

async function measure(dir: string): Promise<void> {
  const path = values.file ?? (await generated(dir));
  const file = await FileSeek.open({ kind: 'itch', path }, values.symbol, join(dir, 'index'));
  const began = performance.now();
  const index = await file.cover(DAY);
  const { entries, covered } = index.table;
  const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  console.log(`index: ${entries.length} checkpoints, ${(bytes / 1e6).toFixed(1)} MB, built in`);
  console.log(
    `${ms(performance.now() - began)}, ${covered.seq} events; medians of ${values.rounds}`,
  );
  console.log('     place      seek     plain   sequence and digests, equal in both');
  const first = entries[0]?.ts_run_ns ?? 0;
  for (const share of SHARES) {
    const at_ns = Math.floor((first + (covered.ts_run_ns - first) * share) / 1e6) * 1e6;
    const walls = { seek: [] as number[], plain: [] as number[] };
    let at = '';
    for (let round = 0; round < Number(values.rounds); round++) {
      const sought = closed(await file.seek(index, { at_ns }));
      const played = closed(await file.plain(index, { at_ns }));
      if (sought.at !== played.at) throw new Error(`${sought.at} by seek, ${played.at} by play`);
      at = sought.at;
      walls.seek.push(sought.wall_ms);
      walls.plain.push(played.wall_ms);
    }
    const place = `${(share * 100).toFixed(0)} %`.padStart(10);
    console.log(`${place}${ms(median(walls.seek))}${ms(median(walls.plain))}   ${at}`);
  }
}

if (values.help) {
  process.stdout.write(HELP);
} else {
  const dir = mkdtempSync(join(values.dir, 'wavetank-seek-'));
  try {
    await measure(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
