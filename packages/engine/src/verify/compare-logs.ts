// In: the log of a run. Out: the stretch of sequences that it tells completely, and in that stretch
// every record that storms inserted, one by one, as bytes.
import { existsSync } from 'node:fs';
import { Channel, RECORD, RECORD_SIZE } from '@wavetank/abi';
import { logRecords, readLog } from '@wavetank/native';
import type { RunFile } from '@wavetank/recorder';
import { loggedRun } from './run-log.ts';

export interface LoggedStretch {
  /** Sequences after `from` up to `to` are told: by the source, and by the log where it has them. */
  from: number;
  to: number;
  /** Chain over everything up to `from`; it tells whether two markets were the same until there. */
  digest: string | null;
  /** Why it does not tell the whole run, in words; null when it does, as far as it has got. */
  fault: string | null;
  inserted: () => Generator<DataView>;
}

export function stretchOf(log: string, run: RunFile): LoggedStretch {
  const from = run.start_seq;
  const nothing = { from, to: from, digest: null, inserted: none };
  if (!existsSync(log)) return { ...nothing, fault: 'the folder holds no log' };
  const report = readLog(log);
  const fault = report.state === 'corrupt' || report.state === 'torn_tail' ? report.why : null;
  const logged = loggedRun(report);
  if (logged === undefined) return { ...nothing, fault: fault ?? 'it does not tell a start' };
  const to = logged.stop?.end_seq ?? report.last_seq;
  return { from, to, digest: logged.start.run_digest, fault, inserted: () => insertedIn(log) };
}

function* none(): Generator<DataView> {}

function* insertedIn(log: string): Generator<DataView> {
  for (const bytes of logRecords(log)) {
    for (let at = 0; at < bytes.length; at += RECORD_SIZE) {
      const record = new DataView(bytes.buffer, bytes.byteOffset + at, RECORD_SIZE);
      if (record.getUint32(RECORD.channel, true) !== Channel.Source) yield record;
    }
  }
}
