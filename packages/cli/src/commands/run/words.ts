// `wavetank run measures` and `wavetank run schema`: the words that a scenario may use.

import { MEASURES, scenarioSchema } from '@wavetank/scenario';
import type { Command } from 'commander';

function measures(words: { json?: boolean }): void {
  if (words.json) {
    console.log(JSON.stringify(MEASURES));
    return;
  }
  for (const { name, unit, doc, twin } of MEASURES) {
    const also = twin === undefined ? '' : `; twin.${name} too`;
    console.log(`${name.padEnd(28)}  ${unit.padEnd(14)}  ${doc}${also}`);
  }
}

export function wordsCommands(run: Command): void {
  run
    .command('measures')
    .description('list what an assertion may name, with units')
    .option('--json', 'print one JSON array')
    .action(measures);
  run
    .command('schema')
    .description('print the JSON Schema of a scenario')
    .action(() => console.log(JSON.stringify(scenarioSchema, null, 2)));
}
