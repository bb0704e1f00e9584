// Venue time, both ways, and what is refused.
import { describe, expect, it } from 'vitest';
import { formatVenueTime, parseVenueTime } from './venue-time.ts';

describe('venue time', () => {
  it.each([
    ['00:00:00', 0],
    ['09:30:00', 34_200_000_000_000],
    ['09:31:00.5', 34_260_500_000_000],
    ['23:59:59.999999999', 86_399_999_999_999],
  ])('%s', (text, ns) => {
    expect(parseVenueTime(text)).toBe(ns);
    expect(parseVenueTime(formatVenueTime(ns))).toBe(ns);
  });

  it.each(['', '9:30:00', '09:60:00', '25:00:00', '09:30', '09:30:00.', '09:30:00.1234567890'])(
    'refuses "%s"',
    (text) => {
      expect(() => parseVenueTime(text)).toThrow(/HH:MM:SS|past the end/);
    },
  );
});
