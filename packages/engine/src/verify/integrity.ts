// Part (a). In: a run folder and what its log says. Out: every file that is not the one that the
// log's last record seals, and the place in the log that is not as it was written.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LogReport } from '@wavetank/native';
import { EVENTS_FILE, fileDigest, RUN_FILE, TICKS_FILE } from '@wavetank/recorder';
import { type Fault, Faults, type Part } from './report.ts';
import { type LoggedControl, type Seal, sealOf } from './run-log.ts';

const FILES = [RUN_FILE, EVENTS_FILE, TICKS_FILE] as const;

export async function checkIntegrity(dir: string, log: LogReport): Promise<Part> {
  const faults = new Faults();
  if (log.state !== 'sealed') faults.add(unsealed(log));
  const seal = sealOf(log);
  for (const file of FILES) await checkFile(dir, file, seal, faults);
  return faults.part(`${log.records} log records and ${FILES.length} files against the seal`);
}

/** What a run's log is when it is not sealed: damaged at a place, or left open by a death. */
function unsealed(log: LogReport): Fault {
  const where = log.segment === null ? 'log' : `log/${log.segment}`;
  const last = log.texts.at(-1)?.body as Partial<LoggedControl> | null | undefined;
  // Behind the run's stop only the seal is ever written, in one piece.
  if (log.state === 'torn_tail' && last?.method === 'run.stop') {
    return { where, what: `the seal is damaged: ${log.why}`, differs: true };
  }
  const what = `the log is not sealed: ${log.why}`;
  return { where, what, differs: log.state === 'corrupt' };
}

async function checkFile(
  dir: string,
  file: string,
  seal: Seal | undefined,
  faults: Faults,
): Promise<void> {
  if (!existsSync(join(dir, file))) {
    faults.add({ where: file, what: 'the file is missing', differs: true });
    return;
  }
  if (seal === undefined) return;
  const sealed = seal.digests[file];
  if (sealed === undefined) {
    faults.add({ where: file, what: 'the seal does not name the file', differs: false });
    return;
  }
  const { bytes, xxh64 } = await fileDigest(join(dir, file));
  if (xxh64 === sealed.xxh64 && bytes === sealed.bytes) return;
  const [expected, found] = [`${sealed.bytes} bytes ${sealed.xxh64}`, `${bytes} bytes ${xxh64}`];
  faults.add({
    where: file,
    what: 'the file is not the sealed one',
    expected,
    found,
    differs: true,
  });
}
