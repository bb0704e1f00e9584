// In: a file of JSON lines, perhaps torn at its end by a crash. Out: its objects in order, and what
// could not be read, counted. Never throws for what is in the file.
import { createReadStream } from 'node:fs';
import { truncate } from 'node:fs/promises';

export interface LineReport {
  /** Whole lines that held an object. */
  lines: number;
  /** Bytes after the last newline: a line that was being written when its process died. */
  torn_bytes: number;
  /** Numbers (from 1) of whole lines that are no JSON object; at most 100 are named. */
  bad_lines: number[];
  /** Bytes up to the last newline. */
  whole_bytes: number;
}

const LINE_MAX_BYTES = 1024 * 1024;
const BAD_LINES_NAMED = 100;

/** Calls `take` with every object of the file. A missing file is an empty one. */
export async function readLines(
  path: string,
  take: (value: { [key: string]: unknown }) => void,
): Promise<LineReport> {
  const report: LineReport = { lines: 0, torn_bytes: 0, bad_lines: [], whole_bytes: 0 };
  let number = 0;
  for await (const line of wholeLines(path, report)) {
    number++;
    const value = parsedObject(line);
    if (value !== undefined) {
      report.lines++;
      take(value);
    } else if (report.bad_lines.length < BAD_LINES_NAMED) report.bad_lines.push(number);
  }
  return report;
}

async function* wholeLines(path: string, report: LineReport): AsyncGenerator<Buffer> {
  let held: Buffer = Buffer.alloc(0);
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      for (let end = held.indexOf(10); end >= 0; end = held.indexOf(10)) {
        report.whole_bytes += end + 1;
        yield held.subarray(0, end);
        held = held.subarray(end + 1);
      }
      if (held.length > LINE_MAX_BYTES) break;
    }
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
  }
  report.torn_bytes = held.length;
}

function parsedObject(line: Buffer): { [key: string]: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(line.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as { [key: string]: unknown })
      : undefined;
  } catch {
    return undefined;
  }
}

/** Cuts a torn last line off, so that whole lines can follow. Returns the bytes cut. */
export async function cutTornLine(path: string, report: LineReport): Promise<number> {
  if (report.torn_bytes === 0) return 0;
  await truncate(path, report.whole_bytes);
  return report.torn_bytes;
}
