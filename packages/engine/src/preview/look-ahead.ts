// In: a checkpoint, a storm. Out: two markets that went on from it, one with the storm and one without,
// tick by tick over the same span. It gives way to others between two steps.
import { type ChaosFrame, SEVERITY_ONE, type TickFrame } from '@wavetank/abi';
import { sessionBeside } from '@wavetank/native';
import type { SavedStorm } from '../checkpoints.ts';
import { EngineError } from '../errors.ts';
import type { StormReport } from '../native-answers.ts';
import { type LibraryKind, StormLibrary } from '../storm-library.ts';
import { stallsOf } from '../storm-start.ts';
import { Tank } from '../tank/tank.ts';
import { Timeline } from '../timeline.ts';
import type { PreviewBounds, PreviewCut, PreviewOrder } from './preview.ts';

const STEP_MS = 100;
/** Shown behind the moment of calm; a flag counts that long as the storm's. */
const CALM_MS = 2_000;

/** One of the two markets, of the storm's symbol. */
export interface Course {
  ticks: TickFrame[];
  flags: ChaosFrame[];
}

export interface Ahead {
  stormed: Course;
  calm: Course;
  /** As it starts, and as the span ends. */
  started: StormReport;
  report: StormReport;
  /** Virtual time when the storm was closed. */
  closed_ms: number | null;
  trades: number;
  /** Of the link to a target. */
  stalls_ns: [number, number][];
  failure: string | null;
  until_ms: number;
  run_digest: string;
  market_digest: string;
  cut: PreviewCut | null;
}

export async function lookAhead(order: PreviewOrder, checkpoint: Buffer): Promise<Ahead> {
  const began = performance.now();
  const library = new StormLibrary(order.storms);
  const kind = sameCode(library, { kind: order.storm.kind, code: order.code });
  const stormed = await tankBeside(order, checkpoint, library);
  try {
    const calm = await tankBeside(order, checkpoint, library);
    try {
      return await both({ stormed, calm, kind }, order, began);
    } finally {
      calm.close();
    }
  } finally {
    stormed.close();
  }
}

interface Markets {
  stormed: Tank;
  calm: Tank;
  kind: LibraryKind;
}

async function both(
  { stormed, calm, kind }: Markets,
  order: PreviewOrder,
  began: number,
): Promise<Ahead> {
  const from_seq = stormed.status().seq;
  const started = stormed.start(order.storm);
  const { id, instrument } = started;
  const { severity, params = {} } = order.storm;
  const severity_ppm = Math.round(severity * SEVERITY_ONE);
  let trades = 0;
  stormed.onPrint((print) => {
    if (print.storm_id === id) trades++;
  });
  const span = { from_seq, began, expires_ms: started.expires_at_ms, bounds: order.bounds };
  const courses = { stormed: course(), calm: course() };
  let closed_ms: number | null = null;
  let cut: PreviewCut | null = null;
  while (cut === null && stormed.now_ms < (closed_ms ?? Number.POSITIVE_INFINITY) + CALM_MS) {
    stormed.forward(STEP_MS);
    calm.forward(STEP_MS);
    closed_ms ??= closing(stormed, id);
    gather(stormed, courses.stormed, instrument);
    gather(calm, courses.calm, instrument);
    cut = cutBy(span, stormed, closed_ms);
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { run_digest, market_digest } = stormed.status();
  return {
    ...courses,
    started,
    report: stormed.storm(id),
    stalls_ns: stallsOf({ kind, severity_ppm, params }, started),
    closed_ms,
    trades,
    failure: stormed.failures.get(id) ?? null,
    until_ms: stormed.now_ms,
    run_digest,
    market_digest,
    cut,
  };
}

const course = (): Course => ({ ticks: [], flags: [] });

async function tankBeside(
  { config, source, digest }: PreviewOrder,
  checkpoint: Buffer,
  library: StormLibrary,
): Promise<Tank> {
  const session = await sessionBeside({ config, source, digest }, checkpoint);
  const timeline = Timeline.goingOn(session, config, (saved) => sameCode(library, saved));
  return Tank.over(timeline, library);
}

/** The code that the engine runs, or a refusal: another one has another future. */
function sameCode(
  library: StormLibrary,
  { kind, code }: Pick<SavedStorm, 'kind' | 'code'>,
): LibraryKind {
  const found = library.get(kind);
  if (found?.code === code) return found;
  const detail = `the code of ${kind} on disk is not the one that the engine runs`;
  throw new EngineError('STORM_OTHER_CODE', detail);
}

function gather(tank: Tank, into: Course, instrument: number): void {
  const ours = (frame: { instrument_id: number }): boolean => frame.instrument_id === instrument;
  into.ticks.push(...tank.ticks.filter(ours));
  into.flags.push(...tank.flags.filter(ours));
  tank.forget();
}

/** When the storm was closed, if that has just happened. */
function closing(tank: Tank, id: number): number | null {
  if (tank.storm(id).phase !== 'closed') return null;
  const last = tank.storms.findLast((frame) => frame.storm_id === id);
  return Math.floor((last?.ts_run_ns ?? 0) / 1_000_000);
}

interface SpanLimits {
  from_seq: number;
  began: number;
  expires_ms: number;
  bounds: PreviewBounds;
}

function cutBy(limits: SpanLimits, tank: Tank, closed_ms: number | null): PreviewCut | null {
  const { from_seq, began, expires_ms, bounds } = limits;
  if (tank.ended) return 'source_end';
  // Both markets are played, and the one without the storm has fewer events.
  if (2 * (tank.status().seq - from_seq) > bounds.events) return 'events';
  if (performance.now() - began > bounds.wall_ms) return 'wall';
  const isLate = closed_ms === null && tank.now_ms >= expires_ms + bounds.recovery_ms;
  return isLate ? 'recovery' : null;
}
