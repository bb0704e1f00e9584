// `wavetank run …`: scenarios and recorded runs. One file a subcommand.
import type { Command } from 'commander';
import { exportCommand } from './export.ts';
import { lintCommand, planCommand } from './lint.ts';
import { listCommand } from './list.ts';
import { scenarioCommand } from './scenario.ts';
import { showCommand } from './show.ts';
import { wordsCommands } from './words.ts';

export function runCommand(program: Command): void {
  const run = program.command('run').description('execute a scenario; list, show, export runs');
  for (const add of [
    scenarioCommand,
    lintCommand,
    planCommand,
    wordsCommands,
    listCommand,
    showCommand,
    exportCommand,
  ]) {
    add(run);
  }
}
