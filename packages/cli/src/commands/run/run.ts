// `wavetank run …`: scenarios and recorded runs. One file a subcommand.
import type { Command } from 'commander';
import { listCommand } from './list.ts';
import { showCommand } from './show.ts';

export function runCommand(program: Command): void {
  const run = program.command('run').description('recorded runs');
  for (const add of [listCommand, showCommand]) add(run);
}
