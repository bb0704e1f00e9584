// storm.start, storm.stop, storm.status, storm.kinds. A request is judged whole before anything
// changes; it takes effect at a quantum end.
import { SEVERITY_ONE, STORM_DURATION_MAX_MS, STORM_DURATION_MIN_MS } from '@wavetank/abi';
import { NativeError } from '@wavetank/native';
import { fillParams } from '@wavetank/storms';
import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import type { StormReport } from '../native-answers.ts';
import { parseSeed } from '../options.ts';
import { object, optionalText, optionalWhole, type Params, text } from '../params.ts';
import { beginStorm, type Said, type StormPlan, startAnswer } from '../storm-start.ts';
import type { Timeline } from '../timeline.ts';
import type { Methods } from './table.ts';

const NS_PER_MS = 1_000_000;
const DAY_MS = 86_400_000;

/** A request that was judged. */
interface Plan extends StormPlan, Said {
  /** The quantum end it starts at; the next one when undefined. */
  at_ns: number | undefined;
}

export function stormMethods(engine: Engine): Methods {
  return {
    'storm.start': async (params) => {
      engine.needOwn();
      const plan = judgedStorm(engine, params);
      const begin = () => start(engine, plan);
      const { at_ns } = plan;
      const { controls } = engine;
      return startAnswer(
        await (at_ns === undefined ? controls.at(begin) : controls.atNs(at_ns, begin)),
      );
    },
    'storm.stop': async (params) => {
      engine.needOwn();
      const id = optionalWhole(params, 'id', 1, 0xffff_ffff);
      const ids = await engine.controls.at(() => stop(engine.need(), id));
      const { mode, storms } = state(engine.need());
      const stopped = ids.map((each) => engine.need().storm(each));
      return { mode, storms, stopped };
    },
    'storm.status': () => state(engine.need()),
    'storm.kinds': () => ({
      kinds: engine.library.all.map(({ info, code, file }) => ({ ...info, code, module: file })),
      severity: { min: 0, max: 1 },
      duration_ms: { min: STORM_DURATION_MIN_MS, max: STORM_DURATION_MAX_MS },
    }),
  };
}

/** A storm that may be asked for; what the market says to it, only its start can tell. */
export function judgedStorm(engine: Engine, given: Params): Plan {
  const name = text(given, 'kind');
  const kind = engine.library.get(name);
  if (kind === undefined) {
    const detail = `no kind "${name}"; known: ${engine.library.names.join(', ')}`;
    throw new EngineError('STORM_UNKNOWN_KIND', detail);
  }
  const filled = fillParams(kind.info, object(given, 'params'));
  if ('fault' in filled) throw new EngineError('STORM_BAD_PARAM', filled.fault.message);
  return {
    kind,
    severity_ppm: severityPpm(given.severity),
    duration_ms: duration(given.duration_ms),
    seed: seed(given.seed),
    symbol: optionalText(given, 'symbol') ?? defaultSymbol(engine),
    params: filled.params,
    note: optionalText(given, 'note'),
    who: optionalText(given, 'who'),
    at_ns: startNs(engine, given),
  };
}

/** `at_ms`, virtual: a start that lies ahead. */
function startNs(engine: Engine, given: Params): number | undefined {
  const now_ms = engine.need().session.nowNs() / NS_PER_MS;
  const at_ms = optionalWhole(given, 'at_ms', now_ms + 1, 2 * DAY_MS);
  return at_ms === undefined ? undefined : at_ms * NS_PER_MS;
}

function severityPpm(value: unknown): number {
  if (typeof value === 'number' && value >= 0 && value <= 1)
    return Math.round(value * SEVERITY_ONE);
  const detail = `severity is ${JSON.stringify(value)}, expected a number from 0 to 1`;
  throw new EngineError('STORM_BAD_SEVERITY', detail);
}

function duration(value: unknown): number {
  const [min, max] = [STORM_DURATION_MIN_MS, STORM_DURATION_MAX_MS];
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) {
    return value;
  }
  const detail = `duration_ms is ${JSON.stringify(value)}, expected a whole number from ${min} to ${max}`;
  throw new EngineError('STORM_BAD_DURATION', detail);
}

function seed(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  const parsed = parseSeed(value);
  if (parsed !== undefined) return parsed;
  const detail = `seed is ${JSON.stringify(value)}, expected a decimal string below 2^64`;
  throw new EngineError('STORM_BAD_SEED', detail);
}

/** The run's symbol, or the configured one; none when there are several. */
function defaultSymbol(engine: Engine): string {
  const { run, symbols } = engine.need().status();
  const candidates = run?.symbols ?? symbols;
  const [only] = candidates;
  if (only !== undefined && candidates.length === 1) return only;
  const which = candidates.length === 0 ? 'none is configured' : `one of ${candidates.join(', ')}`;
  throw new EngineError('SYMBOL_REQUIRED', `name the symbol: ${which}`);
}

function start(engine: Engine, plan: Plan): StormReport {
  const report = beginStorm(engine.need(), plan);
  engine.recording.stormStarted(plan.kind.info.name, plan.kind.code);
  return report;
}

function stop(timeline: Timeline, id: number | undefined): number[] {
  const stopped = timeline.stopStorms(id);
  if (id !== undefined && stopped.length === 0) {
    throw new NativeError('STORM_UNKNOWN', `no storm ${id} is running`);
  }
  return stopped;
}

function state(timeline: Timeline): { mode: string; storms: StormReport[] } {
  const { storms } = timeline.status();
  const running = storms.some((storm) => storm.phase === 'running');
  const mode = running ? 'storm' : storms.length > 0 ? 'returning' : 'idle';
  return { mode, storms };
}
