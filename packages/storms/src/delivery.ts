// In: seed, severity and the virtual time of a message. Out: the virtual time at which a target that
// sits behind a slow link gets it. Whole stalls, order kept; a pure function of its arguments.
import { StormKind } from '@wavetank/abi';
import { between, type SeedWords, seedWords, words } from './philox.ts';

const PPM = 1_000_000;
const NS_PER_MS = 1_000_000;
const PURPOSE_STALL = 7;
/** Length of a stall. A message at its beginning waits for all of it, one at its end not at all. */
const STALL_MS_MIN = 20;
const STALL_MS_MAX = 60;
/** One stall a window; at severity 1 stalls cover 3.7 % of the time, 2.8 % wait 10 ms or more. */
const WINDOW_MS = 1080;

/** Delivery times of one storm. */
export interface Delivery {
  seed: SeedWords;
  severity_ppm: number;
  start_ns: number;
}

export const delivery = (seed: bigint, severity_ppm: number, start_ns: number): Delivery => ({
  seed: seedWords(seed),
  severity_ppm,
  start_ns,
});

/** The stall of a window, as [from, to) in ns since the storm's start; severity is its chance. */
function stallOf({ seed, severity_ppm }: Delivery, window: number): [number, number] {
  const draw = words(seed, StormKind.LatencyArbProxy, PURPOSE_STALL, window);
  if (between(draw[2], 1, PPM) > severity_ppm) return [0, 0];
  const length_ms = between(draw[0], STALL_MS_MIN, STALL_MS_MAX);
  const from_ms = window * WINDOW_MS + between(draw[1], 0, WINDOW_MS - STALL_MS_MAX);
  return [from_ms * NS_PER_MS, (from_ms + length_ms) * NS_PER_MS];
}

/** Every stall that begins before `end_ns`, as [from, to) in ns since venue midnight, ascending. */
export function stallsUntil(
  schedule: Delivery,
  end_ns: number,
): [from_ns: number, to_ns: number][] {
  const windows = Math.ceil((end_ns - schedule.start_ns) / (WINDOW_MS * NS_PER_MS));
  const stalls: [number, number][] = [];
  for (let window = 0; window < windows; window++) {
    const [from, to] = stallOf(schedule, window);
    const from_ns = schedule.start_ns + from;
    if (to > from && from_ns < end_ns) stalls.push([from_ns, schedule.start_ns + to]);
  }
  return stalls;
}

/** When a message of `ts_ns` is delivered, ns since venue midnight; never before it happened. */
export function deliveredAt(schedule: Delivery, ts_ns: number): number {
  const since = ts_ns - schedule.start_ns;
  if (since < 0) return ts_ns;
  const [from, to] = stallOf(schedule, Math.floor(since / (WINDOW_MS * NS_PER_MS)));
  return since >= from && since < to ? schedule.start_ns + to : ts_ns;
}
