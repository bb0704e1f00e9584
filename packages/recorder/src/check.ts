// In: a run folder. Out: what is wrong with it, as words a person can act on; empty when its files
// are whole and are the ones that run.yaml names. Knows nothing of the log and its seal.
import { join } from 'node:path';
import { fileDigest } from './digest.ts';
import { type LineReport, readLines } from './line-reader.ts';
import { EVENTS_FILE, RUN_FILE, readRunFile, TICKS_FILE } from './run-file.ts';

export interface RunFault {
  file: string;
  fault: 'missing' | 'unreadable' | 'open' | 'torn' | 'bad_line' | 'digest' | 'count' | 'order';
  detail: string;
}

export async function checkRun(dir: string): Promise<RunFault[]> {
  const run = await readRunFile(dir);
  if (run === undefined) {
    return [{ file: RUN_FILE, fault: 'unreadable', detail: 'no readable run.yaml' }];
  }
  if (run.status === 'recording') {
    return [{ file: RUN_FILE, fault: 'open', detail: 'the run was never closed' }];
  }
  const types: string[] = [];
  const events = await readLines(join(dir, EVENTS_FILE), (line) => types.push(String(line.type)));
  const ticks = await readLines(join(dir, TICKS_FILE), () => {});
  const faults = [...lineFaults(EVENTS_FILE, events), ...lineFaults(TICKS_FILE, ticks)];
  if (types.length > 0 && (types[0] !== 'run_start' || types.at(-1) !== 'run_stop')) {
    const detail = `events run from ${types[0]} to ${types.at(-1)}`;
    faults.push({ file: EVENTS_FILE, fault: 'order', detail });
  }
  if (ticks.lines !== run.tick_samples) {
    const detail = `${ticks.lines} lines, run.yaml says ${run.tick_samples}`;
    faults.push({ file: TICKS_FILE, fault: 'count', detail });
  }
  for (const file of [EVENTS_FILE, TICKS_FILE]) {
    faults.push(...(await digestFault(dir, file, run.artefacts[file]?.xxh64 ?? 'nothing')));
  }
  return faults;
}

function lineFaults(file: string, report: LineReport): RunFault[] {
  const faults: RunFault[] = [];
  if (report.torn_bytes > 0) {
    faults.push({ file, fault: 'torn', detail: `${report.torn_bytes} bytes after the last line` });
  }
  for (const line of report.bad_lines) {
    faults.push({ file, fault: 'bad_line', detail: `line ${line} is no JSON object` });
  }
  return faults;
}

async function digestFault(dir: string, file: string, told: string): Promise<RunFault[]> {
  try {
    const { xxh64 } = await fileDigest(join(dir, file));
    if (xxh64 === told) return [];
    return [{ file, fault: 'digest', detail: `XXH64 ${xxh64}, run.yaml says ${told}` }];
  } catch {
    return [{ file, fault: 'missing', detail: 'named by run.yaml, not in the folder' }];
  }
}
