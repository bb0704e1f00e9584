// `pnpm bench`: builds the native bench, runs it, then storms in the engine's own loop; prints one table
// and writes bench.json. Knows options and files, and no figure.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { machine } from './machine.ts';
import { buildNative, ROOT, runNative } from './native.ts';
import { document, type Report, readReport } from './report.ts';
import { stormRows } from './storms.ts';
import { table } from './table.ts';

const HELP = `usage: pnpm bench [options]

Runs every workload of docs/performance.md beside its gauges, in turns, and writes bench.json.

  --full             20 M messages, and 100 M where length matters (default: 4 M and 20 M)
  --messages N       another size, 2.5 M or more; the long file has five times as many
  --rounds N         rounds that count (default 7)
  --only P1,P4,…     of P1 (with P2 and P3), P4, P5, P6, P7 (with P7b), P8, P12
  --clock WHICH      wall (default), or processor: time of the thread, for a loaded machine
                     (P8 is timed by the wall always)
  --dir DIR          where files are written (default: the temporary folder)
  --out FILE         where the results go (default: bench.json in the checkout)
  --help             this text
`;

const { values } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    messages: { type: 'string' },
    rounds: { type: 'string' },
    only: { type: 'string' },
    clock: { type: 'string' },
    dir: { type: 'string' },
    out: { type: 'string', default: join(ROOT, 'bench.json') },
    help: { type: 'boolean', default: false },
  },
});

/** The native program's part of what is wanted, and P8, which needs the storms' own code. */
async function measured(): Promise<Report> {
  const only = values.only?.split(',');
  const native = only?.filter((id) => id !== 'P8');
  const words = values.full ? ['--full'] : [];
  for (const name of ['messages', 'rounds', 'clock', 'dir'] as const) {
    const value = values[name];
    if (value !== undefined) words.push(`--${name}`, value);
  }
  if (native !== undefined) words.push('--only', native.join());
  const lines = native?.length === 0 ? [] : await runNative(buildNative(), words);
  const report = readReport(lines);
  if (only === undefined || only.includes('P8'))
    report.results.push(...(await stormRows(Number(values.rounds ?? 7))));
  return report;
}

async function main(): Promise<void> {
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const before = machine();
  const report = await measured();
  process.stdout.write(table(before, report));
  writeFileSync(values.out, `${JSON.stringify(document(before, report), null, 2)}\n`);
  console.log(`\nwrote ${values.out}`);
}

await main();
