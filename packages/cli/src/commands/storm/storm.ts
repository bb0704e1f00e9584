// `wavetank storm …`: kinds of storms, own ones too. One file a subcommand.
import type { Command } from 'commander';
import { kindsCommand } from './kinds.ts';
import { newCommand } from './new.ts';
import { testCommand } from './test.ts';

export function stormCommand(program: Command): void {
  const storm = program.command('storm').description('kinds of storms: list, write, prove');
  for (const add of [kindsCommand, newCommand, testCommand]) add(storm);
}
