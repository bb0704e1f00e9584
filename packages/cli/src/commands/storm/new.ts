// `wavetank storm new NAME`: the file of an own storm and its test, from a template that works. Nothing
// is overwritten, and nothing is written when anything is in the way.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stormNumber } from '@wavetank/engine';
import { stormNames } from '@wavetank/storms';
import type { Command } from 'commander';
import { CliError } from '../../exit.ts';
import { fileName, kindText, settingsText, testText } from '../../storm/template.ts';

const ROOT = fileURLToPath(new URL('../../../../../', import.meta.url));
const NAME = /^[A-Z][A-Za-z0-9]{1,31}$/;

function create(name: string, { dir }: { dir: string }): void {
  if (!NAME.test(name)) {
    throw new CliError(`${name}: expected a capital and 1 to 31 letters or digits, like UnderTow`);
  }
  if (stormNames().includes(name)) throw new CliError(`${name} is a kind that ships`);
  const file = fileName(name);
  const files = new Map([
    [join(dir, `${file}.ts`), kindText(name, stormNumber(name))],
    [join(dir, `${file}.test.ts`), testText(name)],
  ]);
  const taken = [...files.keys()].find((path) => existsSync(path));
  if (taken !== undefined) throw new CliError(`${taken} exists already; nothing was written`);
  const settings = join(dir, 'tsconfig.json');
  if (!existsSync(settings)) files.set(settings, settingsText(ROOT));
  mkdirSync(dir, { recursive: true });
  for (const [path, text] of files) {
    writeFileSync(path, text, { flag: 'wx' });
    console.log(path);
  }
  const own = join(dir, `${file}.ts`);
  console.log(`prove it: wavetank storm test ${own}\nfire it:  wavetank desk --storm ${own}`);
}

export function newCommand(storm: Command): void {
  storm
    .command('new <name>')
    .description('write the file of an own storm, and a test of it')
    .option('--dir <folder>', 'where they are written', '.')
    .action(create);
}
