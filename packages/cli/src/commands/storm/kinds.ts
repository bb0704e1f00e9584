// `wavetank storm kinds`: the kinds that can be started, with their parameters.
import { StormLibrary } from '@wavetank/engine';
import { StormFault } from '@wavetank/storms';
import type { Command } from 'commander';
import { CliError } from '../../exit.ts';
import { several } from '../../options.ts';

/** The kinds that ship and those of the files. */
export function libraryOf(files: readonly string[]): StormLibrary {
  try {
    return new StormLibrary(files);
  } catch (fault) {
    if (fault instanceof StormFault) throw new CliError(`${fault.message} (${fault.code})`);
    throw fault;
  }
}

function kinds({ storm, json }: { storm: string[]; json?: boolean }): void {
  const all = libraryOf(storm).all.map(({ info, code, file }) => ({ ...info, code, module: file }));
  if (json) {
    console.log(JSON.stringify({ kinds: all }));
    return;
  }
  for (const { name, number, imitates, params, module } of all) {
    console.log(`${name} (${number})${module === null ? '' : `, ${module}`}\n  ${imitates}`);
    for (const { name: param, min, max, default: preset, unit, doc } of params) {
      console.log(`  ${param} ${min} to ${max} ${unit}, default ${preset}: ${doc}`);
    }
  }
}

export function kindsCommand(storm: Command): void {
  storm
    .command('kinds')
    .description('list the kinds and their parameters')
    .addOption(several('--storm <file...>', 'files of own storms'))
    .option('--json', 'print one JSON object')
    .action(kinds);
}
