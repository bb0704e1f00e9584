// In: times since venue midnight. Out: text in venue time, and the instants an axis should name.
// The venue is New York; its zone is written ET everywhere, whatever zone the reader sits in.

export const ZONE = 'ET';

const two = (value: number): string => String(value).padStart(2, '0');

/** 34200.125 → `09:30:00.125` with three digits, `09:30:00` with none. */
export function clockText(seconds: number, digits = 0): string {
  if (!Number.isFinite(seconds) || seconds < 0) return '--:--:--';
  const scale = 10 ** digits;
  const units = Math.floor(seconds * scale + 1e-6);
  const whole = Math.floor(units / scale);
  const text = `${two(Math.floor(whole / 3600))}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
  return digits === 0 ? text : `${text}.${String(units % scale).padStart(digits, '0')}`;
}

/** `9:31`, `09:31:00.5` → seconds since venue midnight; null when it is no time of a day. */
export function instantOf(text: string): number | null {
  const found = /^\s*(\d{1,2}):(\d\d)(?::(\d\d(?:\.\d{1,3})?))?\s*$/.exec(text);
  if (found === null) return null;
  const [hours, minutes, seconds] = [Number(found[1]), Number(found[2]), Number(found[3] ?? 0)];
  return hours < 24 && minutes < 60 && seconds < 60 ? hours * 3600 + minutes * 60 + seconds : null;
}

export const clockOfNs = (ns: number, digits = 0): string => clockText(ns / 1e9, digits);

const STEPS_S = [
  0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400,
];

/** The smallest step that puts at most `most` names into the span. */
export function timeStep(span_s: number, most: number): number {
  return STEPS_S.find((step) => span_s / step <= most) ?? 21600;
}

/** Multiples of the step inside the span: fixed instants that glide with the data. */
export function timeSplits(min: number, max: number, step: number): number[] {
  const splits: number[] = [];
  for (let k = Math.ceil(min / step); k * step <= max; k++) splits.push(k * step);
  return splits;
}

/** Virtual time left, as a person counts it down. */
export function countdown(ms: number): string {
  const left = Math.max(0, ms) / 1000;
  if (left < 60) return `${left.toFixed(1)} s`;
  return `${Math.floor(left / 60)}:${two(Math.floor(left % 60))}`;
}

/** A wall or virtual duration in seconds. */
export function durationText(seconds: number): string {
  if (seconds < 60) return `${Number(seconds.toFixed(1))} s`;
  if (seconds < 5400) return `${Number((seconds / 60).toFixed(1))} min`;
  return `${Number((seconds / 3600).toFixed(1))} h`;
}
