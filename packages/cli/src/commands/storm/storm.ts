// `wavetank storm …`: kinds of storms, own ones too. One file a subcommand.
import type { Command } from 'commander';
import { kindsCommand } from './kinds.ts';
import { newCommand } from './new.ts';
import { pictureCommand } from './picture.ts';
import { testCommand } from './test.ts';

export function stormCommand(program: Command): void {
  const storm = program.command('storm').description('kinds of storms: list, write, prove, draw');
  for (const add of [kindsCommand, newCommand, testCommand, pictureCommand]) add(storm);
}
