// A scenario from file to report. In: words. Out: the report, its run folder closed and in its place.
import type { ScenarioReport } from '@wavetank/scenario';
import { CliError, EXIT } from '../exit.ts';
import { loadScenario } from './load.ts';
import { type OutWords, runsDirOf, writeReport } from './report-files.ts';
import { ScenarioRun } from './run-scenario.ts';
import { openTank, type Tank } from './tank.ts';

export interface ScenarioWords extends OutWords {
  expectDigest?: string;
  port?: number;
  logLevel: string;
}

/** Told while it runs. */
export interface Onlooking {
  opened?: (tank: Tank, run: ScenarioRun) => void;
  progress?: (ms: number, of: number) => void;
}

/** A bot finds the bridge where it always is; without one any port will do. */
const DESK_PORT = 8080;

export async function executeScenario(
  file: string,
  words: ScenarioWords,
  { opened, progress }: Onlooking = {},
): Promise<ScenarioReport> {
  const scenario = loadScenario(file);
  const runsDir = runsDirOf(words);
  const port = words.port ?? (scenario.target === undefined ? 0 : DESK_PORT);
  let report: ScenarioReport;
  let tank: Tank | undefined;
  try {
    tank = await openTank(scenario, { runsDir, port, logLevel: words.logLevel });
    const run = new ScenarioRun(scenario, tank, {
      file,
      command: `npx wavetank run ${quoted(file)}`,
      expected_run_digest: words.expectDigest ?? scenario.expect_run_digest ?? null,
      progress: (ms) => progress?.(ms, scenario.duration_ms ?? 0),
    });
    opened?.(tank, run);
    report = await run.execute();
  } catch (cause) {
    throw told(file, cause);
  } finally {
    await tank?.close();
  }
  writeReport(report, file, words);
  return report;
}

/** A refusal is bad input; anything else ended the run. */
function told(file: string, cause: unknown): unknown {
  if (cause instanceof CliError) return cause;
  const { statusCode, status, code, message } = cause as { [key: string]: unknown };
  const refused = Number(statusCode ?? status ?? 500) < 500;
  const text = `${file}: ${message}${code === undefined ? '' : ` (${code})`}`;
  return new CliError(text, refused ? EXIT.invalid : EXIT.aborted);
}

const quoted = (text: string): string =>
  /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
