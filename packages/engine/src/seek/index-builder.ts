// Builds a seek index: plays a source without viewers and without storms, and keeps checkpoints on the
// way. In: a source, a folder, how far. Out: a table that covers it, progress. Goes on from what an
// earlier build covered.
import { TICK_HZ } from '@wavetank/abi';
import { FrameClass, type Landing, landSession, type Session, StopReason } from '@wavetank/native';
import type { IndexEntry, IndexFolder, IndexTable } from './index-folder.ts';
import { DAY_NS, type Place } from './place.ts';

const TICK_NS = 1_000_000_000 / TICK_HZ;
const TICK_WORK = 16;
/** Events between two looks at the progress. */
const WORK = 100_000;

export type Tell = (stage: 'inflate' | 'index', done: number, of: number) => void;

export async function buildIndex(
  folder: IndexFolder,
  opening: Landing,
  until: Place,
  tell: Tell,
): Promise<IndexTable> {
  const table = folder.read();
  if (covers(table, until)) return table;
  const last = table.entries.at(-1);
  const checkpoint = last === undefined ? null : folder.checkpoint(last);
  const session = await landSession(opening, checkpoint);
  try {
    if (last === undefined) keep(folder, table, session);
    play(folder, table, session, until, tell);
  } finally {
    session.close();
  }
  return table;
}

export function covers({ covered }: IndexTable, place: Place): boolean {
  if (covered.ended) return true;
  return 'seq' in place ? covered.seq >= place.seq : covered.ts_run_ns >= place.at_ns;
}

function play(
  folder: IndexFolder,
  table: IndexTable,
  session: Session,
  until: Place,
  tell: Tell,
): void {
  const limitNs = 'seq' in until ? DAY_NS : until.at_ns;
  const limitSeq = 'seq' in until ? until.seq : Number.MAX_SAFE_INTEGER;
  const fromNs = session.nowNs();
  for (;;) {
    const reason = session.advance(limitNs, WORK, false);
    discard(session);
    const ended = reason === StopReason.Ended;
    const done = ended || reason === StopReason.Until || session.seq() >= limitSeq;
    const before = table.entries.at(-1);
    if (done || workSince(before, session) >= table.spacing_work) {
      settle(session);
      table.covered = { seq: session.seq(), ts_run_ns: session.nowNs(), ended };
      if (session.nowNs() > (before?.ts_run_ns ?? 0)) keep(folder, table, session);
      else folder.write(table);
    }
    const { position, length } = session.control<{ position: number; length: number }>('status');
    if (length > 0) tell('index', position, length);
    else tell('index', session.nowNs() - fromNs, limitNs - fromNs);
    if (done) return;
  }
}

/** Events since a checkpoint, and ticks as the events that cost as much. */
function workSince(entry: IndexEntry | undefined, session: Session): number {
  const { seq, ts_run_ns } = entry ?? { seq: 0, ts_run_ns: 0 };
  return session.seq() - seq + ((session.nowNs() - ts_run_ns) / TICK_NS) * TICK_WORK;
}

function keep(folder: IndexFolder, table: IndexTable, session: Session): void {
  const place = { seq: session.seq(), ts_run_ns: session.nowNs() };
  folder.add(table, place, session.plainCheckpoint());
}

/** To the end of the quantum that a budget cut. */
export function settle(session: Session): void {
  while (!session.between()) {
    session.advance(0, WORK, false);
    discard(session);
  }
}

/** Nobody sees what is shown on the way. */
export function discard(session: Session): void {
  for (const frames of Object.values(FrameClass)) session.drain(frames);
}
