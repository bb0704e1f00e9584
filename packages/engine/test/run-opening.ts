// What a bridge writes of a run without a target when it begins.
import type { RunOpening } from '@wavetank/recorder';

/** What the engine answered, and nothing that a person or a machine added. */
export const opening = (
  begun: Pick<RunOpening, 'run_id' | 'class' | 'symbols' | 'start_seq' | 'started_ts_ns'>,
): RunOpening => ({
  ...begun,
  speed: 'max',
  who: null,
  note: null,
  seed: null,
  inputs: [],
  environment: {},
  targets: [],
});
