// In: heartbeats during a run with a target. Out: what the bench did that a target could not know:
// virtual time lagged, its speed changed, or it stood still. Knows no run.
import { type HeartbeatFrame, TransportState } from '@wavetank/abi';
import type { BenchWatch } from '@wavetank/recorder';

export const REAL_TIME_MILLI = 1000;

export function noteHeartbeat(bench: BenchWatch, beat: HeartbeatFrame): void {
  bench.lag(beat.lag_ns / 1e6);
  if (beat.speed_milli !== REAL_TIME_MILLI) bench.fault('speed_changed');
  const { Paused, Stalled } = TransportState;
  if (beat.transport === Paused || beat.transport === Stalled) bench.fault('clock_paused');
}
