// `wavetank run FILE`: executes a scenario. Exit 0 pass, 1 fail, 2 invalid, 3 steady state not met,
// 4 aborted, 5 inconclusive, 6 digest mismatch.

import { reportLines, type Scenario, type ScenarioReport } from '@wavetank/scenario';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { port } from '../../options.ts';
import { msProgress } from '../../progress.ts';
import { loadScenario } from '../../scenario/load.ts';
import { type OutWords, runsDirOf, writeReport } from '../../scenario/report-files.ts';
import { ScenarioRun } from '../../scenario/run-scenario.ts';
import { openTank } from '../../scenario/tank.ts';

interface Words extends OutWords {
  json?: boolean;
  expectDigest?: string;
  port?: number;
  progress: boolean;
  logLevel: string;
}

/** A bot finds the bridge where it always is; without one any port will do. */
const DESK_PORT = 8080;

function digest(text: string): string {
  if (/^[0-9a-f]{16}$/.test(text)) return text;
  throw new InvalidArgumentError('expected 16 hexadecimal digits.');
}

async function executed(file: string, scenario: Scenario, words: Words): Promise<ScenarioReport> {
  const runsDir = runsDirOf(words);
  const free = scenario.target === undefined ? 0 : DESK_PORT;
  const tank = await openTank(scenario, {
    runsDir,
    port: words.port ?? free,
    logLevel: words.logLevel,
  });
  const progress = msProgress(scenario.duration_ms ?? 0, words.progress);
  try {
    if (words.port !== undefined) console.error(`watch it at ${tank.bridge.url}`);
    const run = new ScenarioRun(scenario, tank, {
      file,
      repeat: (found) => `npx wavetank run ${quoted(file)} --expect-digest ${found}`,
      expected_run_digest: words.expectDigest ?? scenario.expect_run_digest ?? null,
      progress: (ms) => progress.update(ms),
    });
    const interrupt = () => run.interrupt('interrupted');
    process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
    return await run.execute();
  } finally {
    progress.stop();
    await tank.close();
  }
}

const quoted = (text: string): string =>
  /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

async function scenario(file: string, words: Words): Promise<void> {
  const report = await executed(file, loadScenario(file), words);
  writeReport(report, file, words);
  console.log(words.json ? JSON.stringify(report) : reportLines(report).join('\n'));
  process.exitCode = report.exit;
}

export function scenarioCommand(run: Command): void {
  run
    .command('scenario <file>', { isDefault: true })
    .description('execute a scenario; `wavetank run FILE` is the same')
    .option('--out <folder>', 'where the run folder is put (default: data/runs/<id>)')
    .option('--json', 'print the report as one JSON object')
    .option('--junit <file>', 'write the report as JUnit XML')
    .option('--markdown <file>', 'write the report as Markdown')
    .option('--expect-digest <digest>', 'exit 6 unless the run ends with this run digest', digest)
    .option('--port <n>', 'HTTP port of desk and stream (default: 8080 with a target)', port)
    .option('--no-progress', 'no progress line')
    .addOption(
      new Option('--log-level <level>', 'what is logged on stderr')
        .choices(['trace', 'debug', 'info', 'warn', 'error', 'silent'])
        .default('error'),
    )
    .action(scenario);
}
