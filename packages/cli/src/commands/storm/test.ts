// `wavetank storm test FILE|KIND`: the standard proofs on a storm, in virtual time, and then the tests
// that lie beside the file. Exit 0 proven, 1 not, 2 when there is nothing to prove.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MARKETS, type Proof, prove } from '@wavetank/engine/tank';
import { StormFault } from '@wavetank/storms';
import type { Command } from 'commander';
import { CliError, EXIT } from '../../exit.ts';
import { natural } from '../../options.ts';
import { libraryOf } from './kinds.ts';

const RESOLVE_HERE = fileURLToPath(import.meta.resolve('@wavetank/engine/resolve-here'));
const IMPURE = /\b(Date|performance|process|globalThis|setTimeout|fetch|Math\.random)\b/;
const DURATION_MIN_MS = 5_000;

const line = ({ ok, name, market, said }: Proof): string =>
  `${ok ? 'ok  ' : 'FAIL'} ${name}, ${market}: ${said}`;

/** A storm whose code reads a clock or chance cannot be run again. */
function purity(file: string): Proof {
  const lines = readFileSync(file, 'utf8').split('\n');
  const at = lines.findIndex((text) => IMPURE.test(text.replace(/\/\/.*|^\s*\/?\*.*/, '')));
  const said = at < 0 ? 'none named' : `line ${at + 1}: ${lines[at]?.trim()}`;
  return { name: 'it reads no clock and no chance', market: file, ok: at < 0, said };
}

/** The user's own tests, by Node's runner. */
function ownTests(file: string): Promise<number> {
  const args = ['--import', RESOLVE_HERE, '--test', file];
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? EXIT.failed));
  });
}

async function test(what: string, { duration }: { duration: number }): Promise<void> {
  const files = what.endsWith('.ts') ? [what] : [];
  const library = libraryOf(files);
  const kind = files.length > 0 ? library.names.at(-1) : what;
  if (kind === undefined || library.get(kind) === undefined) {
    throw new CliError(`no kind "${what}"; known: ${library.names.join(', ')}, or a .ts file`);
  }
  if (duration < DURATION_MIN_MS) throw new CliError(`--duration ${duration}: at least 5000`);
  let failed = 0;
  const tell = (proof: Proof): void => {
    if (!proof.ok) failed++;
    console.log(line(proof));
  };
  for (const file of files) tell(purity(file));
  const subject = { kind, storms: files, duration_ms: duration };
  try {
    for await (const proof of prove(subject, MARKETS)) tell(proof);
  } catch (fault) {
    if (!(fault instanceof StormFault)) throw fault;
    const said = `${fault.code}: ${fault.message}`;
    tell({ name: 'its first state holds', market: what, ok: false, said });
  }
  console.log(`${kind}: ${failed === 0 ? 'proven' : `${failed} proofs failed`}`);
  process.exitCode = failed === 0 ? EXIT.ok : EXIT.failed;
  const beside = what.replace(/\.ts$/, '.test.ts');
  if (files.length === 0 || !existsSync(beside)) return;
  if ((await ownTests(beside)) !== 0) process.exitCode = EXIT.failed;
}

export function testCommand(storm: Command): void {
  storm
    .command('test <file|kind>')
    .description('prove a storm in virtual time, and run the test beside its file')
    .option('--duration <ms>', 'how long it runs, 5000 to 120000', natural, DURATION_MIN_MS)
    .action(test);
}
