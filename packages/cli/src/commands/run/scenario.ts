// `wavetank run FILE`: executes a scenario. Exit 0 pass, 1 fail, 2 invalid, 3 steady state not met,
// 4 aborted, 5 inconclusive, 6 digest mismatch.
import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { reportLines } from '@wavetank/scenario';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { port } from '../../options.ts';
import { msProgress, type Progress } from '../../progress.ts';
import { executeScenario, type ScenarioWords } from '../../scenario/execute.ts';

interface Words extends ScenarioWords {
  json?: boolean;
  progress: boolean;
}

function digest(text: string): string {
  if (/^[0-9a-f]{16}$/.test(text)) return text;
  throw new InvalidArgumentError('expected 16 hexadecimal digits.');
}

/** A report's file; its folder is judged before the run, not behind it. */
function reportFile(text: string): string {
  if (statSync(dirname(text), { throwIfNoEntry: false })?.isDirectory()) return text;
  throw new InvalidArgumentError('its folder is not there.');
}

async function scenario(file: string, words: Words): Promise<void> {
  let bar: Progress | undefined;
  const report = await executeScenario(file, words, {
    opened: ({ bridge }, run) => {
      if (words.port !== undefined) console.error(`watch it at ${bridge.url}`);
      const interrupt = () => run.interrupt('interrupted');
      process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
    },
    progress: (ms, of) => {
      bar ??= msProgress(of, words.progress);
      bar.update(ms);
    },
  }).finally(() => bar?.stop());
  console.log(words.json ? JSON.stringify(report) : reportLines(report).join('\n'));
  process.exitCode = report.exit;
}

export function scenarioCommand(run: Command): void {
  run
    .command('scenario <file>', { isDefault: true })
    .description('execute a scenario; `wavetank run FILE` is the same')
    .option('--out <folder>', 'where the run folder is put (default: data/runs/<id>)')
    .option('--json', 'print the report as one JSON object')
    .option('--junit <file>', 'write the report as JUnit XML', reportFile)
    .option('--markdown <file>', 'write the report as Markdown', reportFile)
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
