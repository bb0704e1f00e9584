// In: how a run of the synthetic market is to be recorded. Out: its whole folder, sealed, made in this
// process without sockets, so that long and odd runs cost seconds.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  decodeChaosFrame,
  decodeStormFrame,
  decodeTickFrame,
  FrameKind,
  FrameSplitter,
  payloadKind,
} from '@wavetank/abi';
import { FrameClass, type SourceSpec, StopReason } from '@wavetank/native';
import { createRunFolder, RunWriter } from '@wavetank/recorder';
import { ControlQueue } from '../src/control-queue.ts';
import type { RunEnd } from '../src/native-answers.ts';
import { Timeline } from '../src/timeline.ts';
import type { RunStarted } from '../src/verify/run-log.ts';
import { opening } from './run-opening.ts';

const SECOND_NS = 1_000_000_000;
const WORK = 1_000_000;

export interface RecordedRun {
  source: SourceSpec;
  /** Virtual seconds before the run and in it. */
  before_s: number;
  run_s: number;
  /** None is written: a log that cannot be executed. */
  without_checkpoint?: boolean;
  log_source?: boolean;
}

export async function recordedRun(run: RecordedRun): Promise<string> {
  const { run_id, dir } = await createRunFolder(mkdtempSync(join(tmpdir(), 'run-')), Date.now());
  const timeline = await Timeline.open({ source: run.source, symbols: [], seed: '7' });
  const { session } = timeline;
  const drain = (take: (payload: DataView) => void) => {
    const bytes = session.drain(FrameClass.Record);
    if (bytes !== undefined) new FrameSplitter().push(bytes, take);
  };
  const through = (seconds: number, take: (payload: DataView) => void) => {
    const until = session.nowNs() + seconds * SECOND_NS;
    for (;;) {
      const reason = timeline.advance(until, WORK, new ControlQueue());
      drain(take);
      if (reason === StopReason.Until || reason === StopReason.Ended) return;
    }
  };
  try {
    through(run.before_s, () => {});
    const lines = await RunWriter.prepare(dir);
    const begun = session.control<RunStarted>('run.start', {
      run_id,
      dir,
      log_source: run.log_source === true,
    });
    if (run.without_checkpoint !== true) session.control('run.checkpoint');
    const writer = RunWriter.start(dir, lines, opening({ ...begun, class: 'D0' }), Date.now);
    through(run.run_s, (payload) => {
      const kind = payloadKind(payload);
      if (kind === FrameKind.Tick) writer.tick(decodeTickFrame(payload));
      if (kind === FrameKind.Storm) writer.storm(decodeStormFrame(payload), null);
      if (kind === FrameKind.Chaos) writer.chaos(decodeChaosFrame(payload));
    });
    const end = session.control<RunEnd>('run.stop');
    writer.stop({ ...end, storm_code: {}, latencies: [], status: 'complete', cause: 'stop' });
    session.control('run.seal', { digests: await writer.close() });
    return dir;
  } finally {
    timeline.close();
  }
}
