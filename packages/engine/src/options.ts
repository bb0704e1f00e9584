// In: command-line words. Out: what the engine is started with, or a sentence on what is wrong.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { SourceSpec } from '@wavetank/native';
import { parseSpeed, SPEED_MAX, SPEED_MIN, type Speed } from './pacer.ts';
import type { Params } from './params.ts';
import type { ResumeOptions } from './resume-run.ts';
import { type Place, parsePlace } from './seek/place.ts';

export interface EngineOptions {
  host: string;
  /** 0 = any free one. */
  wirePort: number;
  /** None: nothing is open until replay.open. */
  source?: SourceSpec;
  symbols: string[];
  /** Files of own storms. */
  storms?: string[];
  speed: Speed;
  /** Run seed, a decimal string; the synthetic source's too. */
  seed: string;
  tickSize?: number;
  /** Where seek indexes are kept, and the events between two of their checkpoints. */
  indexDir?: string;
  indexEvents?: number;
  /** Where the source is entered, and where play stands; its start and its end otherwise. */
  from?: Place;
  until?: Place;
  /** Folder of a recorded run that is played instead. */
  run?: string;
  /** What an engine that died had open, as it was asked for; the source, if it cannot be opened. */
  reopen?: Params;
  /** A run whose engine died goes on, if it can. */
  resume?: ResumeOptions;
  /** Open, but wait for replay.play. */
  paused: boolean;
  logLevel: string;
}

export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

export const USAGE = `usage: engine [options]
  --wire-port N     TCP port on 127.0.0.1, 0 = any free one (default 9090; a free one when taken)
  --itch FILE       ITCH 5.0 file, plain or .gz (default: the synthetic market)
  --framing F       auto, binaryfile or raw (default auto)
  --run DIR         folder of a recorded run, to be played instead
  --symbol S        symbol analysed from the source's start; may be repeated
  --storm FILE      file of an own storm; may be repeated
  --instruments N   instruments of the synthetic market (default 1)
  --seed N          run seed, and seed of the synthetic market (default 1)
  --speed X         ${SPEED_MIN} to ${SPEED_MAX}, or max (default 1)
  --tick-size N     price increment in 1/10000 dollar
  --from P          where the source is entered: a venue time HH:MM:SS[.f], or a sequence
  --until P         where play stands: a venue time, or a sequence
  --index DIR       where seek indexes are kept (default data/index)
  --index-events N  events between two checkpoints of an index, a tick as 16 (default 500000)
  --paused          open the source and wait for replay.play
  --idle            open nothing until replay.open
  --resume JSON     go on with the run of an engine that died; said by the bridge that recorded it
  --reopen JSON     open what an engine that died had open; said by the bridge that saw it
  --log-level L     trace, debug, info, warn, error or silent (default info)`;

const WORDS = {
  'wire-port': { type: 'string', default: '9090' },
  itch: { type: 'string' },
  framing: { type: 'string', default: 'auto' },
  run: { type: 'string' },
  symbol: { type: 'string', multiple: true, default: [] as string[] },
  storm: { type: 'string', multiple: true, default: [] as string[] },
  instruments: { type: 'string', default: '1' },
  seed: { type: 'string', default: '1' },
  speed: { type: 'string', default: '1' },
  'tick-size': { type: 'string' },
  from: { type: 'string' },
  until: { type: 'string' },
  index: { type: 'string' },
  'index-events': { type: 'string' },
  paused: { type: 'boolean', default: false },
  idle: { type: 'boolean', default: false },
  resume: { type: 'string' },
  reopen: { type: 'string' },
  'log-level': { type: 'string', default: 'info' },
  help: { type: 'boolean', default: false },
} as const;

function placeOf(name: string, text: string): Place {
  const place = parsePlace(text);
  if (place !== undefined) return place;
  throw new UsageError(`--${name} ${text}: expected HH:MM:SS[.fraction] or a sequence`);
}

const SEED_MAX = 2n ** 64n;

/** A seed as a decimal string; undefined when it is none. */
export function parseSeed(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^\d{1,20}$/.test(value)) return undefined;
  const seed = BigInt(value);
  return seed < SEED_MAX ? seed.toString() : undefined;
}

function whole(name: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= min && value <= max) return value;
  throw new UsageError(`--${name} ${text}: expected a whole number from ${min} to ${max}`);
}

/** Reads the words; undefined when help is asked. */
export function parseOptions(args: string[]): EngineOptions | undefined {
  let values: ReturnType<typeof parse>;
  try {
    values = parse(args);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  if (values.help) return undefined;
  const speed = parseSpeed(values.speed);
  if (speed === undefined) {
    throw new UsageError(`--speed ${values.speed}: expected ${SPEED_MIN} to ${SPEED_MAX}, or max`);
  }
  const seed = parseSeed(values.seed);
  if (seed === undefined) throw new UsageError(`--seed ${values.seed}: expected 0 to 2^64 - 1`);
  const options: EngineOptions = {
    host: '127.0.0.1',
    wirePort: whole('wire-port', values['wire-port'], 0, 65_535),
    symbols: values.symbol.flatMap((s) => s.split(',')).filter((s) => s !== ''),
    storms: values.storm,
    speed,
    seed,
    paused: values.paused,
    logLevel: values['log-level'],
  };
  if (values.index !== undefined) options.indexDir = resolve(values.index);
  const events = values['index-events'];
  if (events !== undefined) options.indexEvents = whole('index-events', events, 1, 1_000_000_000);
  if (values.from !== undefined) options.from = placeOf('from', values.from);
  if (values.until !== undefined) options.until = placeOf('until', values.until);
  if (!values.idle) options.source = sourceOf(values, seed);
  if (values.resume !== undefined) options.resume = JSON.parse(values.resume) as ResumeOptions;
  if (values.reopen !== undefined) options.reopen = JSON.parse(values.reopen) as Params;
  if (values.run !== undefined) options.run = resolve(values.run);
  const tickSize = values['tick-size'];
  if (tickSize !== undefined) options.tickSize = whole('tick-size', tickSize, 1, 1_000_000);
  return options;
}

const parse = (args: string[]) =>
  parseArgs({ args, options: WORDS, strict: true, allowPositionals: false }).values;

function sourceOf(values: ReturnType<typeof parse>, seed: string): SourceSpec {
  if (values.itch === undefined) {
    const instruments = whole('instruments', values.instruments, 1, 65_535);
    return { kind: 'synthetic', seed, instruments };
  }
  const framing = values.framing;
  if (framing !== 'auto' && framing !== 'binaryfile' && framing !== 'raw') {
    throw new UsageError(`--framing ${framing}: expected auto, binaryfile or raw`);
  }
  return { kind: 'itch', path: resolve(values.itch), framing };
}
