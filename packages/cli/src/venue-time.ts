// Venue time, ns since midnight, to and from `HH:MM:SS[.n]`.
import { CliError } from './exit.ts';

const NS = 1_000_000_000;

/** `09:31:00.5` → ns since midnight. */
export function parseVenueTime(text: string): number {
  const match = /^(\d{2}):([0-5]\d):([0-5]\d)(?:\.(\d{1,9}))?$/.exec(text);
  if (!match)
    throw new CliError(`time "${text}" is not HH:MM:SS[.fraction], for example 09:31:00.5`);
  const [, hours, minutes, seconds, fraction = ''] = match;
  const whole = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
  if (whole > 86_400) throw new CliError(`time "${text}" is past the end of a day`);
  return whole * NS + Number(fraction.padEnd(9, '0'));
}

/** Ns since midnight → `09:31:00.500000000`. */
export function formatVenueTime(ns: number): string {
  const whole = Math.floor(ns / NS);
  const two = (value: number): string => String(value).padStart(2, '0');
  const clock = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60].map(two);
  return `${clock.join(':')}.${String(ns % NS).padStart(9, '0')}`;
}
