// Option values a person types, judged: numbers, places, choices. Knows no command.
import { parsePlace } from '@wavetank/engine';
import { InvalidArgumentError, Option } from 'commander';

/** A whole number from 0 up. */
export function natural(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value)) {
    throw new InvalidArgumentError('expected a whole number, 0 or more.');
  }
  return value;
}

/** A count of at least 1; `10k` and `5M` are 10 000 and 5 000 000. */
export function count(text: string): number {
  const match = /^(\d+)([kM]?)$/.exec(text);
  const scale = { '': 1, k: 1_000, M: 1_000_000 }[match?.[2] ?? ''] ?? 1;
  const value = Number(match?.[1] ?? 0) * scale;
  if (value === 0 || !Number.isSafeInteger(value)) {
    throw new InvalidArgumentError('expected a whole number from 1, for example 5000, 10k or 5M.');
  }
  return value;
}

/** A port: 0 (any free one) to 65535. */
export function port(text: string): number {
  const value = natural(text);
  if (value > 65_535) throw new InvalidArgumentError('expected a port, 0 to 65535.');
  return value;
}

/** Instruments of the synthetic market. */
export function instruments(text: string): number {
  const value = natural(text);
  if (value < 1 || value > 65_535) throw new InvalidArgumentError('expected 1 to 65535.');
  return value;
}

/** A venue time or a sequence, as it was typed. */
export function place(text: string): string {
  if (parsePlace(text) !== undefined) return text;
  throw new InvalidArgumentError('expected a venue time HH:MM:SS[.f] or a sequence.');
}

/** A base URL, as it was typed. */
export function httpUrl(text: string): string {
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return text;
  throw new InvalidArgumentError('expected a URL like http://127.0.0.1:8080.');
}

/** Where an engine listens. */
export function address(text: string): { host: string; port: number } {
  const [, host, number] = /^(.+):(\d+)$/.exec(text) ?? [];
  if (host === undefined) throw new InvalidArgumentError('expected HOST:PORT.');
  return { host, port: port(number ?? '') };
}

/** A speed: 0.1 to 1000, or `max`. */
export function speed(text: string): number | 'max' {
  if (text === 'max') return 'max';
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0.1 && value <= 1000)) {
    throw new InvalidArgumentError('expected 0.1 to 1000, or max.');
  }
  return value;
}

/** An unsigned 64-bit seed as a decimal string. */
export function seed(text: string): string {
  if (!/^\d{1,20}$/.test(text) || BigInt(text) > 0xffff_ffff_ffff_ffffn) {
    throw new InvalidArgumentError('expected an unsigned 64-bit whole number.');
  }
  return text;
}

/** An option that takes several values; none unless given. */
export const several = (flags: string, description: string): Option =>
  new Option(flags, description).default([], 'none');

/** An option with a closed set of values and a default. */
export const choice = (flags: string, values: string[], preset: string): Option =>
  new Option(flags, `one of ${values.join(', ')}`).choices(values).default(preset);
