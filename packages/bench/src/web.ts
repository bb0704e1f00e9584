// `pnpm bench:web`: the bridge as a server. P9, broadcast beside `ws` (G6); P10, requests beside `node:http`
// (G7); and what one viewer of a running desk gets. Prints a table and writes it into bench.json.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { machine } from './machine.ts';
import { ROOT } from './native.ts';
import { document, type Report } from './report.ts';
import { table } from './table.ts';
import { broadcastRows } from './web/broadcast.ts';
import { viewerRows } from './web/one-viewer.ts';
import { requestRows } from './web/requests.ts';

const HELP = `usage: pnpm bench:web [options]

Servers run in processes of their own; load and viewers in this one. Values are set against a gauge in
the same run, in turns.

  --rounds N       rounds that count (default 7)
  --seconds N      of each lap (default 2)
  --only P9,P10    of P9, P10, viewer
  --out FILE       where the results go, under "web" (default: bench.json in the checkout)
  --help           this text
`;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '2' },
    only: { type: 'string' },
    out: { type: 'string', default: join(ROOT, 'bench.json') },
    help: { type: 'boolean', default: false },
  },
});

async function measured(): Promise<Report> {
  const only = values.only?.split(',');
  const options = { rounds: Number(values.rounds), seconds: Number(values.seconds) };
  const report: Report = { inputs: [], gauges: [], results: [] };
  const wanted = (id: string): boolean => only === undefined || only.includes(id);
  if (wanted('P9')) report.results.push(...(await broadcastRows(options)));
  if (wanted('P10')) report.results.push(...(await requestRows(options)));
  if (wanted('viewer')) report.results.push(...(await viewerRows({ seconds: 10 })));
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
  const kept = existsSync(values.out) ? JSON.parse(readFileSync(values.out, 'utf8')) : {};
  const web = document(before, report);
  writeFileSync(values.out, `${JSON.stringify({ ...kept, web }, null, 2)}\n`);
  console.log(`\nwrote ${values.out}`);
}

await main();
