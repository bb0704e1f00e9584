// Part (a). In: a run folder and what its log says. Out: every file that is not the one that the
// log's last record seals, and the place in the log that is not as it was written.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LogReport } from '@wavetank/native';
import { EVENTS_FILE, fileDigest, RUN_FILE, TICKS_FILE } from '@wavetank/recorder';
import { Faults, type Part } from './report.ts';
import { type Seal, sealOf } from './run-log.ts';

const FILES = [RUN_FILE, EVENTS_FILE, TICKS_FILE] as const;

export async function checkIntegrity(dir: string, log: LogReport): Promise<Part> {
  const faults = new Faults();
  if (log.state !== 'sealed') {
    const differs = log.state === 'corrupt';
    faults.add({ where: 'log', what: `the log is not sealed: ${log.why}`, differs });
  }
  const seal = sealOf(log);
  for (const file of FILES) await checkFile(dir, file, seal, faults);
  return faults.part(`${log.records} log records and ${FILES.length} files against the seal`);
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
