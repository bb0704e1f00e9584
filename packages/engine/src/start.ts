// In: options. Out: an engine that listens and has its source open, or an error and nothing left.
import type { SourceSpec } from '@wavetank/native';
import { pino } from 'pino';
import { Engine } from './engine.ts';
import type { EngineOptions } from './options.ts';
import type { Params } from './params.ts';
import type { ResumeOptions } from './resume-run.ts';

export interface RunningEngine {
  engine: Engine;
  host: string;
  port: number;
}

/** Starts an engine in this process. */
export async function startEngine(options: EngineOptions): Promise<RunningEngine> {
  const log = pino({ level: options.logLevel, base: { part: 'engine' } }, pino.destination(2));
  const engine = new Engine(options, log);
  const port = await engine.start();
  try {
    const { resume, reopen } = options;
    if (resume !== undefined && (await goesOn(engine, resume))) {
      // Its source is open.
    } else if (reopen !== undefined && (await opensAgain(engine, reopen))) {
      // What was open is.
    } else if (options.run !== undefined) {
      await engine.openRun(options.run, !options.paused);
    } else if (options.source !== undefined) {
      await enter(engine, options.source);
    }
  } catch (error) {
    await engine.close();
    throw error;
  }
  log.info({ host: options.host, port }, 'engine listens');
  return { engine, host: options.host, port };
}

/** Opens a source, goes to where it is entered, and plays to where it is left. */
async function enter(engine: Engine, source: SourceSpec): Promise<void> {
  const { symbols, paused, from, until } = engine.options;
  const direct = from === undefined && until === undefined;
  await engine.open(source, symbols, !paused && direct);
  if (from !== undefined) await engine.seeker.to(from);
  if (until !== undefined) void engine.loop.playTo(await engine.seeker.timeOf(until));
  engine.loop.play(!paused);
}

/** False when it cannot be opened any more. */
async function opensAgain(engine: Engine, opened: Params): Promise<boolean> {
  try {
    await engine.request('replay.open', opened);
    return true;
  } catch (error) {
    engine.log.error({ err: error, opened }, 'what was open cannot be opened again');
    return false;
  }
}

/** False when the run is lost: the source is opened as it was at first. */
async function goesOn(engine: Engine, resume: ResumeOptions): Promise<boolean> {
  try {
    await engine.resume(resume);
    return true;
  } catch (error) {
    engine.log.error({ err: error, dir: resume.dir }, 'the run cannot go on');
    engine.epoch = resume.epoch;
    return false;
  }
}
