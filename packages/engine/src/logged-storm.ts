// In: a recorded control at its place, and the kinds that are here. Out: the storm it started or stopped,
// started or stopped again. Other controls change nothing of a market.
import { EngineError } from './errors.ts';
import type { StormReport } from './native-answers.ts';
import type { LibraryKind, StormLibrary } from './storm-library.ts';
import type { beginStorm, Said, StormPlan, startStorm } from './storm-start.ts';
import type { Timeline } from './timeline.ts';
import type { LoggedControl } from './verify/run-log.ts';

/** The kind that ran, with the code that it had. */
export function loggedKind(
  library: StormLibrary,
  ran: { kind?: unknown; code?: unknown },
): LibraryKind {
  const kind = library.get(String(ran.kind));
  if (kind !== undefined && kind.code === ran.code) return kind;
  const is = kind === undefined ? 'it is not here' : `here it is ${kind.code}`;
  const detail = `the code of ${ran.kind} was ${ran.code}, ${is}`;
  throw new EngineError('STORM_OTHER_CODE', detail);
}

/** False when the timeline is not where it was. `start` says whether others hear of it. */
export function applyLogged(
  timeline: Timeline,
  library: StormLibrary,
  { method, params, after_seq }: LoggedControl,
  start: typeof startStorm | typeof beginStorm,
): boolean {
  if (timeline.session.seq() !== after_seq) return false;
  if (method === 'storm.start') {
    const kind = loggedKind(library, params);
    start(timeline, { ...(params as unknown as StormPlan & Said), kind });
  } else if (method === 'storm.stop') {
    const id = Number(params.id);
    const report = timeline.session.control<StormReport>('storm.stop', { id });
    if (report.phase !== 'running') timeline.storms.drop(id);
  }
  return true;
}
