// `wavetank doctor`: what this machine is: clock, its step, governor, huge pages, versions.
import { readFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, release, totalmem, type } from 'node:os';
import { MANIFEST } from '@wavetank/abi';
import { nativeManifests } from '@wavetank/native';
import type { Command } from 'commander';

function line(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return 'not readable';
  }
}

/** Smallest step seen and the cost of one reading, in ns. */
export function clockFacts(): { step_ns: number; cost_ns: number } {
  const reads = 20_000;
  let step = Number.POSITIVE_INFINITY;
  const started = process.hrtime.bigint();
  let last = started;
  for (let i = 0; i < reads; i++) {
    const now = process.hrtime.bigint();
    if (now > last) step = Math.min(step, Number(now - last));
    last = now;
  }
  return { step_ns: step, cost_ns: Number(last - started) / reads };
}

function facts(): [string, string][] {
  const cpu = '/sys/devices/system';
  const clock = clockFacts();
  const manifests = Object.entries(nativeManifests()).map(
    ([name, text]) => `${name} ${text === MANIFEST ? 'agrees' : 'DIFFERS'}`,
  );
  return [
    ['system', `${type()} ${release()} ${arch()}`],
    ['processor', `${cpus()[0]?.model.trim() ?? 'unknown'}, ${availableParallelism()} cores`],
    ['memory', `${(totalmem() / 2 ** 30).toFixed(1)} GiB`],
    ['governor', line(`${cpu}/cpu/cpu0/cpufreq/scaling_governor`)],
    ['clock source', line(`${cpu}/clocksource/clocksource0/current_clocksource`)],
    [
      'clock',
      `smallest step seen ${clock.step_ns} ns, ${clock.cost_ns.toFixed(0)} ns a reading (from Node)`,
    ],
    ['huge pages', line('/sys/kernel/mm/transparent_hugepage/enabled')],
    ['node', process.version],
    ['schema', `${MANIFEST.split(' ').slice(0, 3).join(' ')}; ${manifests.join(', ')}`],
  ];
}

export function doctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('print what this machine is: clock, governor, huge pages, versions')
    .option('--json', 'print one JSON object')
    .action((options: { json?: boolean }) => {
      const rows = facts();
      if (options.json) console.log(JSON.stringify(Object.fromEntries(rows)));
      else for (const [name, value] of rows) console.log(`${name.padEnd(14)} ${value}`);
    });
}
