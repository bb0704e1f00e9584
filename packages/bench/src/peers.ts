// `pnpm bench:peers`: decoders and books from package registries beside Wavetank's, on one generated
// file. Prints a table and writes it into bench.json. The product depends on none of them.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { machine } from './machine.ts';
import { ROOT, runNative } from './native.ts';
import { OURS, PEERS, type Peer } from './peer-list.ts';
import { buildPeers, installDriver, writeProject } from './peer-project.ts';
import { document, readReport } from './report.ts';
import { table } from './table.ts';

const HELP = `usage: pnpm bench:peers [options]

Fetches the peers into a throw-away folder, builds one program with them, and runs each beside
Wavetank, in turns. Values are set against Wavetank's: a ratio above 1 means that the peer takes longer.
A peer that cannot be had is named, and the rest goes on. Set CARGO_TARGET_DIR to keep what was built.

  --messages N     of the generated file, 20,000 or more (default 1,000,000)
  --rounds N       rounds that count (default 7)
  --clock WHICH    wall (default), or processor: time of the thread, for a loaded machine
  --out FILE       where the results go, under "peers" (default: bench.json in the checkout)
  --keep           leave the folder and say where it is
  --help           this text
`;

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '7' },
    clock: { type: 'string', default: 'wall' },
    out: { type: 'string', default: join(ROOT, 'bench.json') },
    keep: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

interface Ready {
  program: string;
  driver: string | null;
  had: readonly Peer[];
}

/** When they do not build together, each is tried alone, and those that build go on. */
function ready(folder: string): Ready {
  writeProject(folder);
  let crates = PEERS.filter((peer) => peer.registry === 'cargo');
  let program = buildPeers(folder, crates);
  if (program === null) {
    crates = crates.filter((peer) => buildPeers(folder, [peer]) !== null);
    program = buildPeers(folder, crates);
  }
  if (program === null) throw new Error('the program does not build, see above');
  const book = PEERS.filter((peer) => peer.registry === 'PyPI');
  const drivers = book.map((peer) => installDriver(folder, peer));
  const installed = book.filter((_, at) => drivers[at] !== null);
  return { program, driver: drivers[0] ?? null, had: [...crates, ...installed] };
}

function described(had: readonly Peer[]): string {
  const lines = PEERS.map((peer) => {
    const missing = had.includes(peer) ? '' : ' COULD NOT BE HAD:';
    return `- ${peer.name} ${peer.version} (${peer.registry}):${missing} ${peer.keeps}`;
  });
  return [`- Wavetank: ${OURS}`, ...lines].join('\n');
}

function write(results: object): void {
  const before = existsSync(values.out) ? JSON.parse(readFileSync(values.out, 'utf8')) : {};
  writeFileSync(values.out, `${JSON.stringify({ ...before, peers: results }, null, 2)}\n`);
  console.log(`\nwrote ${values.out}`);
}

async function measure(folder: string): Promise<void> {
  const { program, driver, had } = ready(folder);
  const { messages, rounds, clock } = values;
  const words = ['--messages', messages, '--rounds', rounds, '--clock', clock, '--dir', folder];
  const python = driver === null ? [] : ['--driver', driver];
  const before = machine();
  const report = readReport(await runNative(program, [...words, ...python]));
  process.stdout.write(`${table(before, report)}\n${described(had)}\n`);
  const peers = PEERS.map((peer) => ({ ...peer, had: had.includes(peer) }));
  write({ ...document(before, report), peers });
}

async function main(): Promise<void> {
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'wavetank-peers-'));
  try {
    await measure(folder);
  } finally {
    if (values.keep) console.log(`kept ${folder}`);
    else rmSync(folder, { recursive: true, force: true });
  }
}

await main();
