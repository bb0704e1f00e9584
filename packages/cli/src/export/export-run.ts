// In: a run's folder. Out: its tables as files of one format in another folder, and their rows counted.
// Changes nothing in the run.
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { decodeRecord, RECORD_SIZE } from '@wavetank/abi';
import { logRecords, readLog } from '@wavetank/native';
import { EVENTS_FILE, readLines, readRunFile, TICKS_FILE } from '@wavetank/recorder';
import { CliError } from '../exit.ts';
import { csvSink } from './csv.ts';
import { parquetSink } from './parquet.ts';
import type { Table } from './table.ts';
import { EVENTS, FLAGS, STORMS, TICKS } from './tables.ts';

const FORMATS = { parquet: parquetSink, csv: csvSink } as const;
export type Format = keyof typeof FORMATS;

export interface Exported {
  file: string;
  rows: number;
}

type Line = { [key: string]: unknown };

export async function exportRun(dir: string, out: string, format: Format): Promise<Exported[]> {
  const run = await readRunFile(dir);
  if (run === undefined) throw new CliError(`${dir}: no run folder: no readable run.yaml`);
  mkdirSync(out, { recursive: true });
  const flags: Line[] = [];
  const ticks: Line[] = [];
  await readLines(join(dir, TICKS_FILE), (line) => ticks.push(line));
  await readLines(join(dir, EVENTS_FILE), (line) => {
    if (line.type === 'chaos_flag') flags.push(line);
  });
  const storms = run.storms_fired.map((storm) => ({ ...storm }));
  const write = <Row>(table: Table<Row>, chunks: Iterable<readonly Row[]>): Exported => {
    const file = join(out, `${table.name}.${format}`);
    const sink = FORMATS[format](table, file);
    let rows = 0;
    for (const chunk of chunks) {
      sink.write(chunk);
      rows += chunk.length;
    }
    sink.end();
    return { file, rows };
  };
  return [
    write(EVENTS, loggedEvents(join(dir, 'log'), run.start_seq)),
    write(TICKS, [ticks]),
    write(FLAGS, [flags]),
    write(STORMS, [storms]),
  ];
}

/** What the folder does not hold any more, so that no table can; a run that is being recorded is whole. */
export function missingIn(dir: string): string[] {
  const gone = [TICKS_FILE, EVENTS_FILE, 'log'].filter((name) => !existsSync(join(dir, name)));
  const faults = gone.map((name) => `${name}: not in the folder`);
  if (gone.includes('log')) return faults;
  const { state, why, last_seq } = readLog(join(dir, 'log'));
  if (state === 'sealed' || state === 'unsealed') return faults;
  return [...faults, `log: ${why}: events up to sequence ${last_seq} only`];
}

/** Events that the log holds of the run itself: what storms did before it is left out. */
function* loggedEvents(
  log: string,
  startSeq: number,
): Generator<ReturnType<typeof decodeRecord>[]> {
  if (!existsSync(log)) return;
  for (const bytes of logRecords(log)) {
    const records = [];
    for (let at = 0; at < bytes.length; at += RECORD_SIZE) {
      const view = new DataView(bytes.buffer, bytes.byteOffset + at, RECORD_SIZE);
      const record = decodeRecord(view);
      if (record.seq > startSeq) records.push(record);
    }
    yield records;
  }
}
