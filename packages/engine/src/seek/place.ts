// A place in a source: a virtual time, or a sequence of its plain play. Types, and the words for it.

export type Place = { at_ns: number } | { seq: number };

/** Virtual time is within one day of the venue. */
export const DAY_NS = 86_400_000_000_000;

/** `09:31:00.5` is a time, `120000` a sequence; undefined when it is neither. */
export function parsePlace(text: string): Place | undefined {
  if (/^\d{1,15}$/.test(text)) return { seq: Number(text) };
  const match = /^([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{1,9}))?$/.exec(text);
  if (match === null) return undefined;
  const [, hours, minutes, seconds, fraction = ''] = match;
  const whole = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
  return { at_ns: whole * 1_000_000_000 + Number(fraction.padEnd(9, '0')) };
}
