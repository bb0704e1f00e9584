// In: storm frames. Out: the storms that shade the charts and those still running.
// Bounded: the oldest closed storms are forgotten first. Knows no chart.
import { enumName, NULLS, StormCause, type StormFrame, StormPhase } from '@wavetank/abi';

const STORMS_MOST = 64;
/** Storms nearer than this to an instant begin at it. */
const SAME_S = 0.001;
/** A second each: the longest storm, its returns, and some. */
const COURSE_MOST = 200;

/** How strong a storm was asked to be at an instant and what it reached; 1 is severity 1 at its height. */
export interface Intensity {
  t_s: number;
  asked: number;
  /** Null where the kind has no measure of it, or none yet. */
  realised: number | null;
}

export interface StormMark {
  id: number;
  kind: string;
  symbol: string;
  severity: number;
  /** Once a virtual second, oldest first. */
  course: Intensity[];
  seed: string;
  started_s: number;
  expires_s: number;
  /** Where the shading ends: virtual now while it runs or returns. */
  ended_s: number | null;
  /** When it stopped emitting and what it displaced began to return; null while it runs. */
  returning_s: number | null;
  phase: number;
  cause: string;
  events: number;
  taken_qty: number;
  withdrawn_qty: number;
  placed_qty: number;
  displaced_qty: number;
}

export class Storms {
  private readonly marks = new Map<number, StormMark>();

  get all(): StormMark[] {
    return [...this.marks.values()];
  }

  /** Storms that have not closed. */
  get open(): StormMark[] {
    return this.all.filter((mark) => mark.phase !== StormPhase.Closed);
  }

  /** The nearest storm on a symbol that began before (-1) or after (1) an instant. */
  beside(at_s: number, direction: -1 | 1, symbol: string): StormMark | undefined {
    const apart = (mark: StormMark): number => (mark.started_s - at_s) * direction;
    return this.all
      .filter((mark) => mark.symbol === symbol && apart(mark) > SAME_S)
      .sort((a, b) => apart(a) - apart(b))[0];
  }

  /** The one storm that stood on a symbol between two instants; undefined when there was none, or several. */
  onlyOne(symbol: string, from_s: number, to_s: number): StormMark | undefined {
    const stood = this.all.filter(
      (mark) =>
        mark.symbol === symbol &&
        mark.started_s < to_s &&
        (mark.ended_s ?? Number.POSITIVE_INFINITY) >= from_s,
    );
    return stood.length === 1 ? stood[0] : undefined;
  }

  clear(): void {
    this.marks.clear();
  }

  /** Puts storms that were over before this page looked before those it knows. */
  remember(over: StormMark[]): void {
    const known = this.all;
    this.marks.clear();
    for (const mark of [...over, ...known]) this.marks.set(mark.id, mark);
    while (this.marks.size > STORMS_MOST) this.forget();
  }

  /** True when a storm began, changed phase or ended. */
  apply(frame: StormFrame): boolean {
    const known = this.marks.get(frame.storm_id);
    const mark = markOf(frame, known);
    this.marks.set(frame.storm_id, mark);
    this.forget();
    return known === undefined || known.phase !== mark.phase;
  }

  private forget(): void {
    if (this.marks.size <= STORMS_MOST) return;
    const closed = this.all.find((mark) => mark.phase === StormPhase.Closed);
    this.marks.delete((closed ?? this.all[0])?.id ?? -1);
  }
}

function markOf(frame: StormFrame, known: StormMark | undefined): StormMark {
  const now_s = frame.ts_run_ns / 1e9;
  const over = frame.phase !== StormPhase.Running;
  const closed = frame.phase === StormPhase.Closed;
  return {
    id: frame.storm_id,
    kind: frame.kind_name,
    symbol: frame.symbol,
    severity: frame.severity_ppm / 1e6,
    course: extended(known?.course ?? [], frame),
    seed: frame.seed.toString(),
    started_s: frame.started_ts_ns / 1e9,
    expires_s: frame.expires_ts_ns / 1e9,
    returning_s: over ? (known?.returning_s ?? now_s) : null,
    ended_s: closed ? (known?.ended_s ?? now_s) : null,
    phase: frame.phase,
    cause: enumName(StormCause, frame.cause) ?? 'None',
    events: frame.events,
    taken_qty: frame.taken_qty,
    withdrawn_qty: frame.withdrawn_qty,
    placed_qty: frame.placed_qty,
    displaced_qty: frame.displaced_qty,
  };
}

/** Intensity is that of the storm's slots: what returns has none. */
function extended(course: Intensity[], frame: StormFrame): Intensity[] {
  if (frame.phase !== StormPhase.Running) return course;
  const absent = frame.realised_ppm === NULLS.StormFrame.realised_ppm;
  const realised = absent ? null : frame.realised_ppm / 1e6;
  const now = { t_s: frame.ts_run_ns / 1e9, asked: frame.asked_ppm / 1e6, realised };
  return [...course, now].slice(-COURSE_MOST);
}
