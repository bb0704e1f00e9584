// replay.open, play, pause, step, seek, speed, status: the source control. Who moved it last is shown to
// all. Pause and speed act at once.
import { TICK_HZ } from '@wavetank/abi';
import type { SourceSpec } from '@wavetank/native';
import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { transportName } from '../frames.ts';
import { parseSeed } from '../options.ts';
import { parseSpeed, SPEED_MAX, SPEED_MIN } from '../pacer.ts';
import { object, optionalText, optionalWhole, type Params } from '../params.ts';
import { DAY_NS, type Place } from '../seek/place.ts';
import type { Timeline } from '../timeline.ts';
import type { Methods } from './table.ts';

const SECOND_NS = 1_000_000_000;
const MS_NS = 1_000_000;
const TICK_NS = SECOND_NS / TICK_HZ;
const STEP_MAX = 100_000;
/** Parameters of the generator besides its seed; the native side knows their ranges. */
const SYNTHETIC = [
  'instruments',
  'events_per_s',
  'base_price',
  'tick_size',
  'live_orders',
  'halts_per_hour',
] as const;

export function replayMethods(engine: Engine): Methods {
  return {
    'replay.open': async (params) => {
      if (engine.recording.open) {
        throw new EngineError('RUN_ACTIVE', 'stop the run before another source is opened');
      }
      await open(engine, params);
      return moved(engine, params, 'open');
    },
    'replay.play': (params) => {
      needMoving(engine);
      const until_ms = optionalWhole(params, 'until_ms', 0, DAY_NS / MS_NS);
      if (until_ms === undefined) engine.loop.play(true);
      else void engine.loop.playTo(until_ms * MS_NS);
      return moved(engine, params, 'play');
    },
    'replay.pause': (params) => {
      engine.need();
      engine.loop.play(false);
      return moved(engine, params, 'pause');
    },
    'replay.step': async (params) => {
      await step(engine, params);
      return moved(engine, params, 'step');
    },
    'replay.seek': async (params) => {
      await engine.seeker.to(placeOf(params));
      return moved(engine, params, 'seek');
    },
    'replay.speed': (params) => {
      const speed = parseSpeed(params.speed);
      if (speed === undefined) {
        const given = JSON.stringify(params.speed);
        const expected = `${SPEED_MIN} to ${SPEED_MAX}, or "max"`;
        throw new EngineError('SPEED_INVALID', `speed is ${given}, expected ${expected}`);
      }
      engine.loop.setSpeed(speed);
      return moved(engine, params, 'speed');
    },
    'replay.status': () => status(engine),
  };
}

function needMoving(engine: Engine): Timeline {
  const timeline = engine.need();
  if (!timeline.ended) return timeline;
  const what = engine.played === undefined ? 'the source has' : 'the recorded run has';
  throw new EngineError('SOURCE_ENDED', `${what} ended; go back, or open one again`);
}

function open(engine: Engine, params: Params): Promise<void> {
  const path = optionalText(params, 'path');
  const run = optionalText(params, 'run');
  const symbol = optionalText(params, 'symbol');
  const synthetic = object(params, 'synthetic');
  const given = [path, run, synthetic].filter((each) => each !== undefined);
  if (given.length !== 1) {
    throw new EngineError('PARAM_INVALID', 'expected one of path, run and synthetic');
  }
  const play = params.paused !== true;
  if (run === undefined) {
    const source = path === undefined ? syntheticOf(synthetic ?? {}) : itch(path);
    return engine.open(source, symbol === undefined ? [] : [symbol], play);
  }
  if (symbol === undefined) return engine.openRun(run, play);
  throw new EngineError('PARAM_INVALID', 'a recorded run brings its symbols');
}

const itch = (path: string): SourceSpec => ({ kind: 'itch', path });

function syntheticOf(given: Params): SourceSpec {
  const seed = parseSeed(given.seed ?? '1');
  if (seed === undefined) {
    const detail = `seed is ${JSON.stringify(given.seed)}, expected a decimal string`;
    throw new EngineError('PARAM_INVALID', detail);
  }
  const source: SourceSpec = { kind: 'synthetic', seed };
  for (const name of SYNTHETIC) {
    const value = optionalWhole(given, name, 0, 0xffff_ffff);
    if (value !== undefined) source[name] = value;
  }
  return source;
}

function placeOf(params: Params): Place {
  const to_ms = optionalWhole(params, 'to_ms', 0, DAY_NS / MS_NS);
  const seq = optionalWhole(params, 'seq', 1, Number.MAX_SAFE_INTEGER);
  if (to_ms !== undefined && seq === undefined) return { at_ns: to_ms * MS_NS };
  if (seq !== undefined && to_ms === undefined) return { seq };
  throw new EngineError('PARAM_INVALID', 'expected either to_ms or seq');
}

async function step(engine: Engine, params: Params): Promise<void> {
  const { unit } = params;
  const count = optionalWhole(params, 'count', -STEP_MAX, STEP_MAX) ?? 1;
  if (unit !== 'tick' && unit !== 'event' && unit !== 'second') {
    const given = JSON.stringify(unit);
    throw new EngineError('STEP_INVALID', `unit is ${given}, expected tick, event or second`);
  }
  if (count === 0) throw new EngineError('STEP_INVALID', 'count is 0, expected steps to go');
  if (count < 0) return stepBack(engine, unit, -count);
  const timeline = needMoving(engine);
  if (engine.loop.stepping) throw new EngineError('STEP_ACTIVE', 'a step is under way');
  if (unit !== 'event') {
    const grid = unit === 'tick' ? TICK_NS : SECOND_NS;
    const first = (Math.floor(timeline.session.nowNs() / grid) + 1) * grid;
    await engine.loop.runTo(first + (count - 1) * grid);
    return;
  }
  // Who plays on meanwhile has the word.
  for (let i = 0; i < count && !timeline.ended && (i === 0 || !engine.loop.playing); i++) {
    const next = timeline.session.nextEventNs();
    // Beyond the last event a step still moves: to the end of the source.
    await engine.loop.runTo(next === 0 ? Number.MAX_SAFE_INTEGER : next);
  }
}

/** To the instants of the grid, or the source events, that lie so far behind. */
function stepBack(engine: Engine, unit: 'tick' | 'event' | 'second', count: number): Promise<void> {
  if (unit === 'event') return engine.seeker.backBy(count);
  const grid = unit === 'tick' ? TICK_NS : SECOND_NS;
  const last = (Math.ceil(engine.need().session.nowNs() / grid) - 1) * grid;
  return engine.seeker.backTo(Math.max(0, last - (count - 1) * grid));
}

function moved(engine: Engine, params: Params, what: string): object {
  const who = optionalText(params, 'who') ?? 'unknown';
  engine.lastActor = { who, what, at_wall: new Date().toISOString() };
  const { who: _, ...rest } = params;
  if (engine.timeline?.session.between()) {
    engine.timeline.note(`replay.${what}`, { who, ...rest });
  } else {
    void engine.controls.at(() => engine.timeline?.note(`replay.${what}`, { who, ...rest }));
  }
  return status(engine);
}

function status(engine: Engine): object {
  const now = engine.timeline?.status();
  return {
    transport: transportName(engine.transport),
    speed: engine.pacer.speed,
    epoch: engine.epoch,
    source: now?.source ?? null,
    symbols: now?.symbols ?? [],
    position: now?.position ?? 0,
    length: now?.length ?? 0,
    seq: now?.seq ?? 0,
    ts_run_ns: now?.ts_run_ns ?? 0,
    ts_run_ms: now?.ts_run_ms ?? 0,
    run: runOf(engine),
    seeking: engine.seeker.progress,
    last_actor: engine.lastActor ?? null,
  };
}

/** The recorded run that is played, and how it ended. */
function runOf({ played }: Engine): object | null {
  if (played === undefined) return null;
  return { ...played.playback.facts, outcome: played.outcome ?? null };
}
