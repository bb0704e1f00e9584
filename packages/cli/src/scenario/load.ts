// In: the path of a scenario file. Out: the scenario with every path made absolute, or a message with
// the places that are wrong. Opens no source.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { StormLibrary } from '@wavetank/engine';
import { type KindInfo, parseScenario, type Scenario, ScenarioError } from '@wavetank/scenario';
import { StormFault } from '@wavetank/storms';
import { parseTarget, TargetFileError, targetAtUrl } from '@wavetank/target';
import { CliError } from '../exit.ts';
import { requireFile } from '../source.ts';

/** Throws `CliError`. */
export function loadScenario(file: string): Scenario {
  requireFile(file);
  const beside = (path: string) => resolve(dirname(file), path);
  const kindsOf = (own: readonly string[]): KindInfo[] =>
    new StormLibrary(own.map(beside)).all.map(({ info }) => info);
  try {
    return placed(parseScenario(readFileSync(file, 'utf8'), file, kindsOf), file, beside);
  } catch (cause) {
    if (cause instanceof ScenarioError) throw new CliError(`invalid\n${cause.message}`);
    if (cause instanceof TargetFileError) throw new CliError(cause.message);
    if (cause instanceof StormFault) throw new CliError(`${file}: ${cause.message}`);
    throw cause;
  }
}

/** A bot that lives in wall time cannot share another pace. */
function judgePace({ target, speed }: Scenario, file: string): void {
  if (target === undefined || speed === 1) return;
  const specs = isUrl(target)
    ? [targetAtUrl(target)]
    : parseTarget(readFileSync(target, 'utf8'), target);
  const wall = specs.find(({ clock }) => clock === 'wall');
  if (wall === undefined) return;
  throw new CliError(
    `${file}: clock.speed: ${speed}, but ${wall.name} lives in wall time: expected 1`,
  );
}

const isUrl = (text: string): boolean => /^https?:/.test(text);

function placed(scenario: Scenario, file: string, beside: (path: string) => string): Scenario {
  const { source, target } = scenario;
  const storms = scenario.storms.map(beside);
  const here = { ...scenario, storms };
  if (source.kind === 'itch') {
    const path = beside(source.path);
    if (!existsSync(path)) throw new CliError(`${file}: source.itch: ${path}: no such file`);
    here.source = { ...source, path };
  }
  if (target !== undefined && !isUrl(target)) {
    here.target = beside(target);
    if (!existsSync(here.target))
      throw new CliError(`${file}: target: ${here.target}: no such file`);
  }
  judgePace(here, file);
  return here;
}
