// Landing: from the nearest checkpoint of an index on to a place, in slices that leave the process
// free for others. In: an index that covers the place. Out: a session there, nothing of it shown yet.
import { landSession, NativeError, type Session, StopReason } from '@wavetank/native';
import { discard, settle } from './index-builder.ts';
import type { IndexEntry } from './index-folder.ts';
import { DAY_NS } from './place.ts';
import type { Covered } from './seek-index.ts';

/** Events a slice. */
const WORK = 20_000;
/** From so many events before a sequence on, where quanta end must not hang on the index. */
const NEAR_EVENTS = 8192;

const turn = (): Promise<void> => new Promise((resume) => setImmediate(resume));

/** A session at the last checkpoint that `fits`, or at the start of the source. */
async function nearest(index: Covered, fits: (entry: IndexEntry) => boolean): Promise<Session> {
  const [first] = index.table.entries;
  const entry = index.table.entries.findLast(fits) ?? first;
  if (entry === undefined) return landSession(index.landing, null);
  try {
    return await landSession(index.landing, index.folder.checkpoint(entry));
  } catch (error) {
    if (!isDamage(error)) throw error;
    // What is damaged goes; the next seek builds it again, this one plays from the start.
    index.folder.remove();
    return landSession(index.landing, null);
  }
}

const isDamage = (error: unknown): boolean =>
  (error instanceof NativeError && error.code.startsWith('CHECKPOINT_')) ||
  (error as NodeJS.ErrnoException).code === 'ENOENT';

/** A session at a virtual time, or at an end of the source that comes before. */
export async function landAt(index: Covered, atNs: number): Promise<Session> {
  const session = await nearest(index, (entry) => entry.ts_run_ns <= atNs);
  for (;;) {
    const reason = session.advance(atNs, WORK, false);
    discard(session);
    if (reason === StopReason.Until || reason === StopReason.Ended) return session;
    await turn();
  }
}

/** Where a sequence of plain play lies. */
export interface Found {
  /** First quantum end with the sequence behind it, and that of the event before the quantum. */
  at_ns: number;
  before_ns: number;
}

export async function findSeq(index: Covered, seq: number): Promise<Found> {
  const session = await nearest(index, (entry) => entry.seq + NEAR_EVENTS <= seq);
  try {
    for (;;) {
      const { reason, beforeNs } = session.advanceToSeq(seq, WORK);
      discard(session);
      if (reason === StopReason.Until || reason === StopReason.Ended) {
        return { at_ns: session.nowNs(), before_ns: beforeNs };
      }
      await turn();
    }
  } finally {
    session.close();
  }
}

/** Sequence of plain play at a virtual time: storms may have added to what was played. */
export async function plainSeqAt(index: Covered, atNs: number): Promise<number> {
  const session = await landAt(index, Math.min(atNs, DAY_NS));
  settle(session);
  const seq = session.seq();
  session.close();
  return seq;
}
