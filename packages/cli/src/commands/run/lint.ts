// `wavetank run lint FILE` and `wavetank run plan FILE`: a scenario judged and told, not run. Exit 0, or
// 2 with every fault and its place.

import { planLines, planOf } from '@wavetank/scenario';
import type { Command } from 'commander';
import { loadScenario } from '../../scenario/load.ts';

function lint(file: string): void {
  const { name, phases, expect } = loadScenario(file);
  console.log(`${file}: ${name}: well; ${phases.length} storms, ${expect.length} expectations`);
}

function plan(file: string, words: { json?: boolean }): void {
  const scenario = loadScenario(file);
  console.log(words.json ? JSON.stringify(planOf(scenario)) : planLines(scenario).join('\n'));
}

export function lintCommand(run: Command): void {
  run
    .command('lint <file>')
    .description('say what is wrong with a scenario, with line and column')
    .action(lint);
}

export function planCommand(run: Command): void {
  run
    .command('plan <file>')
    .description('print what a scenario will do at which virtual time')
    .option('--json', 'print one JSON array')
    .action(plan);
}
