// A run recorded with a fixed clock into a throw-away folder.
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createRunFolder,
  noTarget,
  type RunEnding,
  type RunOpening,
  type RunTarget,
  RunWriter,
} from '../src/index.ts';

export const WALL_MS = Date.UTC(2026, 4, 4, 9, 30, 0, 123);

export const runsDir = (): Promise<string> => mkdtemp(join(tmpdir(), 'wavetank-runs-'));

/** A target whose equity was known at the start. */
export const botAt = (start_equity: number): RunTarget => ({
  ...noTarget(),
  bot: 'b',
  start_equity,
});

type Lines = Awaited<ReturnType<typeof RunWriter.prepare>>;

/** `through`: what stands between the run and its files. */
export async function startRun(
  with_: Partial<RunOpening> = {},
  through: (lines: Lines) => Lines = (lines) => lines,
): Promise<RunWriter> {
  const { run_id, dir } = await createRunFolder(await runsDir(), WALL_MS);
  const opening: RunOpening = {
    run_id,
    who: 'test',
    note: null,
    class: 'D0',
    speed: 1,
    symbols: ['AAPL'],
    seed: null,
    start_seq: 900,
    started_ts_ns: 34_200_000_000_000,
    inputs: [{ kind: 'itch', path: 'feed.itch50', digest: '0'.repeat(16), seed: null }],
    environment: { node: 'test' },
    targets: [],
    ...with_,
  };
  const run = RunWriter.start(dir, through(await RunWriter.prepare(dir)), opening, () => WALL_MS);
  await run.announce();
  return run;
}

export const ending = (with_: Partial<RunEnding> = {}): RunEnding => ({
  status: 'complete',
  cause: 'stop',
  end_seq: 5000,
  ended_ts_ns: 34_260_000_000_000,
  run_digest: 'aa'.repeat(8),
  market_digest: 'bb'.repeat(16),
  storm_code: { FlashCrash: 'cc'.repeat(8) },
  latencies: [],
  ...with_,
});

export async function lines(dir: string, file: string): Promise<{ [key: string]: unknown }[]> {
  const text = await readFile(join(dir, file), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}
