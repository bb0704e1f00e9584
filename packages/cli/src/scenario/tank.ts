// The pair that executes a scenario: an engine in this process, standing at the beginning of the run, and
// a bridge that records it and shows it. In: a scenario and where it may listen. Out: both, ready.
import { dirname } from 'node:path';
import { ListenError, OptionError, type RunningBridge, startBridge } from '@wavetank/bridge';
import { type RunningEngine, startEngine } from '@wavetank/engine';
import type { SourceSpec } from '@wavetank/native';
import { type Scenario, venueText } from '@wavetank/scenario';
import { CliError, EXIT } from '../exit.ts';
import { DESK_DIST } from '../paths.ts';

export interface TankOptions {
  runsDir: string;
  /** HTTP port of the bridge; 0 = a free one. */
  port: number;
  logLevel: string;
}

const LOOPBACK = '127.0.0.1';
const READY_WITHIN_MS = 60_000;
const POLL_MS = 5;
const NS_PER_MS = 1_000_000;
/** Before the beginning: long enough to see the tick that stands before it. */
const APPROACH_NS = 40 * NS_PER_MS;

export interface Tank {
  engine: RunningEngine['engine'];
  bridge: RunningBridge;
  close(): Promise<void>;
}

export async function openTank(scenario: Scenario, options: TankOptions): Promise<Tank> {
  const { engine, port } = await startEngine({
    host: LOOPBACK,
    wirePort: 0,
    source: sourceOf(scenario),
    symbols: [...scenario.symbols],
    storms: [...scenario.storms],
    speed: scenario.speed,
    seed: scenario.seed,
    paused: true,
    logLevel: options.logLevel,
  });
  try {
    const bridge = await joinBridge(scenario, options, port);
    const close = async () => {
      await bridge.close();
      await engine.close();
    };
    return { engine, bridge, close };
  } catch (cause) {
    await engine.close();
    const wrong = cause instanceof OptionError || cause instanceof ListenError;
    throw wrong ? new CliError(cause.message) : cause;
  }
}

function sourceOf({ source }: Scenario): SourceSpec {
  if (source.kind === 'itch') return source;
  return Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined),
  ) as SourceSpec;
}

async function joinBridge(
  scenario: Scenario,
  { runsDir, port, logLevel }: TankOptions,
  wirePort: number,
): Promise<RunningBridge> {
  const { target, source } = scenario;
  const bridge = await startBridge({
    engine: { join: { host: LOOPBACK, port: wirePort } },
    runsDir,
    sourceRoots: source.kind === 'itch' ? [dirname(source.path)] : [],
    deskDir: DESK_DIST,
    port,
    log_level: logLevel,
    ...(target === undefined ? { alone: true } : { target }),
  });
  await until(() => bridge.parts.engine.ready);
  return bridge;
}

/** Looks until a condition holds; the process may be slow, but not for ever. */
export async function until(condition: () => boolean): Promise<void> {
  for (let waited = 0; !condition(); waited += POLL_MS) {
    if (waited > READY_WITHIN_MS) {
      throw new CliError(`not ready after ${READY_WITHIN_MS / 1000} s`, EXIT.aborted);
    }
    await new Promise((resume) => setTimeout(resume, POLL_MS));
  }
}

/**
 * Runs the source, unrecorded, to where the run begins; returns that instant. `look` is called just
 * before, so that it sees the tick which stands at the beginning.
 */
export async function approach(
  { engine }: Tank,
  scenario: Scenario,
  look: () => void,
): Promise<number> {
  const { loop } = engine;
  const { session } = engine.need();
  const { from_ms } = scenario;
  const began = session.nowNs();
  if (from_ms === undefined) {
    look();
    return began;
  }
  const from = from_ms * NS_PER_MS;
  const place = `source.from: ${venueText(from_ms)}`;
  if (from < began) {
    throw new CliError(`${place}: the source begins at ${venueText(Math.ceil(began / NS_PER_MS))}`);
  }
  await loop.runTo(Math.max(began, from - APPROACH_NS));
  look();
  await loop.runTo(from);
  if (engine.need().ended) throw new CliError(`${place}: the source has ended before`);
  return session.nowNs();
}
