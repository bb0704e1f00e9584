// `pnpm bench`: builds the native bench, runs it, prints one table and writes bench.json.
// Knows options and files; the figures are the native program's.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { machine } from './machine.ts';
import { buildNative, ROOT, runNative } from './native.ts';
import { document, readReport } from './report.ts';
import { table } from './table.ts';

const HELP = `usage: pnpm bench [options]

Runs every workload of docs/performance.md beside its gauges, in turns, and writes bench.json.

  --full             20 M messages, and 100 M where length matters (default: 4 M and 20 M)
  --messages N       another size, 2.5 M or more; the long file has five times as many
  --rounds N         rounds that count (default 7)
  --only P1,P4,…     of P1 (with P2 and P3), P4, P5, P6, P12
  --clock WHICH      wall (default), or processor: time of the thread, for a loaded machine
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

async function main(): Promise<void> {
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const words = values.full ? ['--full'] : [];
  for (const name of ['messages', 'rounds', 'only', 'clock', 'dir'] as const) {
    const value = values[name];
    if (value !== undefined) words.push(`--${name}`, value);
  }
  const before = machine();
  const report = readReport(await runNative(buildNative(), words));
  process.stdout.write(table(before, report));
  writeFileSync(values.out, `${JSON.stringify(document(before, report), null, 2)}\n`);
  console.log(`\nwrote ${values.out}`);
}

await main();
