// `wavetank storm picture [KIND…]`: a storm over its twin, as SVG. The same words give the same bytes.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stormNames } from '@wavetank/storms';
import type { Command } from 'commander';
import { CliError } from '../../exit.ts';
import { seed, several } from '../../options.ts';
import { PICTURE, pictureOf } from '../../storm/picture.ts';
import { fileName } from '../../storm/template.ts';
import { libraryOf } from './kinds.ts';

interface Words {
  out: string;
  severity: string;
  seed: string;
  storm: string[];
}

async function picture(kinds: string[], words: Words): Promise<void> {
  const { names } = libraryOf(words.storm);
  const wanted = kinds.length > 0 ? kinds : names.filter((name) => !stormNames().includes(name));
  const chosen = wanted.length > 0 ? wanted : names;
  const unknown = chosen.find((kind) => !names.includes(kind));
  if (unknown !== undefined) throw new CliError(`no kind "${unknown}"; known: ${names.join(', ')}`);
  const severity = Number(words.severity);
  if (!(severity >= 0 && severity <= 1)) throw new CliError(`--severity ${words.severity}: 0 to 1`);
  mkdirSync(words.out, { recursive: true });
  for (const kind of chosen) {
    const path = join(words.out, `${fileName(kind)}.svg`);
    const shape = { severity, seed: words.seed, storms: words.storm };
    writeFileSync(path, await pictureOf(kind, shape));
    console.log(path);
  }
}

export function pictureCommand(storm: Command): void {
  storm
    .command('picture [kind...]')
    .description(
      'draw storms over their twins; all kinds, or those of the files, when none is named',
    )
    .option('--out <folder>', 'where the SVG files are written', '.')
    .option('--severity <s>', '0 to 1', String(PICTURE.severity))
    .option('--seed <n>', 'seed of the storm', seed, PICTURE.seed)
    .addOption(several('--storm <file...>', 'files of own storms'))
    .action(picture);
}
