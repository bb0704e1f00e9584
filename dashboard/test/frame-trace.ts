// In: a trace of Chromium. Out: what script cost in each frame of the page, by the wall and by the
// processor, and how figures of many frames are written.

export interface Frame {
  wall_ms: number;
  /** Time of the page's own thread: what other programs took is not in it. */
  processor_ms: number;
}

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** Microseconds. */
  ts: number;
  dur?: number;
  tdur?: number;
  args: { name?: string };
}

/** Entries of script into the page's thread; one inside another is counted once. */
const SCRIPT = new Set(['FireAnimationFrame', 'FunctionCall', 'TimerFire', 'EventDispatch']);

export function framesOf(trace: string): Frame[] {
  const { traceEvents } = JSON.parse(trace) as { traceEvents: TraceEvent[] };
  const thread = busiest(traceEvents);
  const script = traceEvents
    .filter((e) => e.ph === 'X' && `${e.pid}/${e.tid}` === thread && SCRIPT.has(e.name))
    .sort((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0));
  const frames: Frame[] = [];
  let until = 0;
  for (const { name, ts, dur = 0, tdur = 0 } of script) {
    if (ts < until) continue;
    until = ts + dur;
    if (name === 'FireAnimationFrame') frames.push({ wall_ms: 0, processor_ms: 0 });
    const frame = frames.at(-1);
    if (frame === undefined) continue;
    frame.wall_ms += dur / 1000;
    frame.processor_ms += tdur / 1000;
  }
  return frames.slice(0, -1);
}

/** The thread that ran the animation frames. */
function busiest(events: TraceEvent[]): string {
  const counts = new Map<string, number>();
  for (const { name, pid, tid } of events) {
    const thread = `${pid}/${tid}`;
    if (name === 'FireAnimationFrame') counts.set(thread, (counts.get(thread) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
}

/** The value that a share of the others does not exceed. */
export function at(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const count = (value: number): string => value.toLocaleString('en-US');

export function row(what: string, values: number[], per_s?: number): string {
  const figures = [0.5, 0.99, 1].map((share) => at(values, share).toFixed(2).padStart(7));
  const rate = per_s === undefined ? '' : per_s.toFixed(1).padStart(9);
  return `${what.padEnd(27)}${figures.join(' ')}${rate}`;
}
