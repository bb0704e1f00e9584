// `wavetank replay FILE --from P --until P`: plays a file from one place to another, by its seek index
// where it is entered in the middle. In: places. Out: where it stands, and what the way cost.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Covered,
  EngineError,
  FileSeek,
  type Place,
  parsePlace,
  runAt,
  type SeekProgress,
  VerifyError,
} from '@wavetank/engine';
import { readLog, type Session, StopReason } from '@wavetank/native';
import { CliError, EXIT } from '../exit.ts';
import type { SourceOptions } from '../source.ts';
import { formatVenueTime } from '../venue-time.ts';

export interface PlaceWords extends SourceOptions {
  from?: string;
  until?: string;
  source?: string;
  symbol: string[];
  index: string;
  json?: boolean;
  progress: boolean;
}

const WORK = 262_144;
const END_NS = 86_400_000_000_000;

interface Digests {
  seq: number;
  ts_run_ns: number;
  run_digest: string;
  market_digest: string;
  ended?: boolean;
}

interface Standing extends Digests {
  live_orders: number;
  ended: boolean;
}

function placeOf(name: string, text: string): Place {
  const place = parsePlace(text);
  if (place !== undefined) return place;
  throw new CliError(`${name} ${text}: expected a venue time HH:MM:SS[.f] or a sequence`);
}

const standing = (session: Session): Standing => {
  const { seq, ts_run_ns, live_orders, run_digest, market_digest, ended } =
    session.control<Standing>('status');
  return { seq, ts_run_ns, live_orders, run_digest, market_digest, ended };
};

/** A recorded run at a place of it. */
export async function replayRun(dir: string, words: PlaceWords): Promise<void> {
  const log = join(dir, 'log');
  if (!existsSync(log)) throw new CliError(`${dir}: no run folder: it holds no log`);
  if (words.from !== undefined || words.until === undefined) {
    throw new CliError('a recorded run is played from its start: give --until, and no --from');
  }
  const until = placeOf('--until', words.until);
  const began = performance.now();
  const at = await runAt(dir, until, words.source).catch((error) => {
    throw error instanceof VerifyError ? new CliError(error.message) : error;
  });
  const wall_ms = performance.now() - began;
  if (words.json) console.log(JSON.stringify({ run: dir, until: { wall_ms, at } }));
  else console.log(`${line('until', wall_ms, at)}\n  source digest ${at.twin_digest}`);
  const { state, why } = readLog(log);
  if (state !== 'sealed' && 'at_ns' in until && at.ts_run_ns < until.at_ns) {
    throw new CliError(`${dir}: the log ends there: ${why}`, EXIT.failed);
  }
}

/** On to a place, or to the end. */
function play(session: Session, until: Place | undefined): void {
  for (;;) {
    const reason =
      until !== undefined && 'seq' in until
        ? session.advanceToSeq(until.seq, WORK).reason
        : session.advance(until?.at_ns ?? END_NS, WORK, false);
    for (const frames of [0, 1, 2]) session.drain(frames);
    if (reason === StopReason.Until || reason === StopReason.Ended) return;
  }
}

function line(name: string, wall_ms: number, at: Digests): string {
  const { seq, ts_run_ns, run_digest, market_digest, ended } = at;
  const place = `${formatVenueTime(ts_run_ns)}  seq ${seq}${ended ? ' (the end)' : ''}`;
  const digests = `market digest ${market_digest}\n  run digest    ${run_digest}`;
  return `${name} ${place}  in ${wall_ms.toFixed(0)} ms\n  ${digests}`;
}

function progress(shown: boolean): (now: SeekProgress) => void {
  if (!shown || !process.stderr.isTTY) return () => {};
  return ({ stage, done, of }) => {
    const percent = of === 0 ? 0 : Math.min(100, Math.round((100 * done) / of));
    process.stderr.write(`\r${stage} ${percent} %   ${percent === 100 ? '\r\u001b[K' : ''}`);
  };
}

export async function replayBetween(path: string, words: PlaceWords): Promise<void> {
  if (words.parser !== 'zig') {
    throw new CliError('--parser rust judges whole files; places are reached by the parser in use');
  }
  const from = words.from === undefined ? undefined : placeOf('--from', words.from);
  const until = words.until === undefined ? undefined : placeOf('--until', words.until);
  const source = { kind: 'itch', path, framing: words.framing } as const;
  const file = await FileSeek.open(source, words.symbol, words.index, progress(words.progress));
  const told: { name: string; wall_ms: number; at: Standing }[] = [];
  let session: Session;
  if (from === undefined) {
    session = await file.start();
  } else {
    const began = performance.now();
    const index: Covered = await file.cover(from).catch((error) => {
      throw error instanceof EngineError ? new CliError(error.message) : error;
    });
    const index_ms = performance.now() - began;
    if (!words.json)
      console.error(`index ${index.table.entries.length} checkpoints, ${index_ms.toFixed(0)} ms`);
    const landed = await file.seek(index, from);
    session = landed.session;
    told.push({ name: 'from ', wall_ms: landed.wall_ms, at: standing(session) });
  }
  const began = performance.now();
  play(session, until);
  told.push({ name: 'until', wall_ms: performance.now() - began, at: standing(session) });
  session.close();
  if (words.json) {
    const places = told.map(({ name, ...rest }) => [name.trim(), rest]);
    console.log(JSON.stringify({ file: path, ...Object.fromEntries(places) }));
  } else for (const { name, wall_ms, at } of told) console.log(line(name, wall_ms, at));
}
