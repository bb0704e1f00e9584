// In: the calendar day that stands for the venue's. Out: virtual time as ISO text and as seconds since
// 1970, for dialects that have no time since midnight.
import type { VenueClock } from './dialect.ts';

const DAY_MS = 86_400_000;

/** The day on which the bridge began, UTC: an ITCH file names none. */
export function venueClock(startedMs: number): VenueClock {
  const midnightMs = Math.floor(startedMs / DAY_MS) * DAY_MS;
  return {
    iso: (ts_ns) => {
      const wholeMs = Math.floor(ts_ns / 1e6);
      const micros = Math.floor((ts_ns % 1e6) / 1e3);
      const text = new Date(midnightMs + wholeMs).toISOString();
      return `${text.slice(0, -1)}${String(micros).padStart(3, '0')}Z`;
    },
    epochS: (ts_ns) => (midnightMs + ts_ns / 1e6) / 1000,
  };
}
