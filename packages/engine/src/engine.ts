// In: options. Out: a running engine: a wire server, a loop over one timeline, and the methods that
// clients call. Assembly only; each noun has its own file.
import { fileURLToPath } from 'node:url';
import { answerFrame, RunClass, TransportState } from '@wavetank/abi';
import { NativeError, type SessionConfig, type SourceSpec } from '@wavetank/native';
import type { Logger } from 'pino';
import { ControlQueue } from './control-queue.ts';
import { answerError, EngineError } from './errors.ts';
import { type EngineFacts, headerFrame, heartbeatFrame, runClassOf } from './frames.ts';
import { Loop } from './loop.ts';
import { methodTable } from './methods/table.ts';
import type { EngineOptions } from './options.ts';
import { Pacer } from './pacer.ts';
import type { Params } from './params.ts';
import { Playback, type Played } from './playback/playback.ts';
import { Previewer } from './preview/previewer.ts';
import { Recording } from './recording.ts';
import { type ResumeOptions, resumeRun } from './resume-run.ts';
import { Seeker } from './seek/seek.ts';
import type { Opened } from './seek/ways.ts';
import { StormLibrary } from './storm-library.ts';
import { Timeline } from './timeline.ts';
import type { Request } from './wire-client.ts';
import { WireServer } from './wire-server.ts';

const HEARTBEAT_MS = 200;
/** About a tenth of a second of plain play. */
const INDEX_EVENTS = 500_000;
const INDEX_DIR = fileURLToPath(new URL('../../../data/index', import.meta.url));

/** Who moved the source control last. */
export interface Actor {
  who: string;
  what: string;
  at_wall: string;
}

export class Engine {
  readonly options: EngineOptions;
  readonly log: Logger;
  readonly controls = new ControlQueue();
  readonly pacer: Pacer;
  readonly wire: WireServer;
  readonly loop: Loop;
  readonly recording: Recording;
  readonly seeker: Seeker;
  readonly previewer: Previewer;
  /** Kinds that can be started. */
  readonly library: StormLibrary;
  readonly #methods = methodTable(this);
  /** The native side is gone: the process that hosts the engine should end, and be started again. */
  onFatal: (error: unknown) => void = () => {};
  timeline: Timeline | undefined;
  /** The recorded run that the timeline plays; undefined over a source of its own. */
  played: Played | undefined;
  epoch = 0;
  runClass: number = RunClass.D0;
  lastActor: Actor | undefined;
  #opening = false;
  #heartbeat: NodeJS.Timeout | undefined;

  constructor(options: EngineOptions, log: Logger) {
    this.options = options;
    this.log = log;
    this.library = new StormLibrary(options.storms);
    this.pacer = new Pacer(options.speed);
    this.recording = new Recording(this);
    const indexDir = options.indexDir ?? INDEX_DIR;
    this.seeker = new Seeker(this, indexDir, options.indexEvents ?? INDEX_EVENTS);
    this.previewer = new Previewer(this, indexDir);
    this.wire = new WireServer({
      header: () => headerFrame(this.#facts(0)),
      serve: (request, client) => this.#serve(request, client),
      toError: answerError,
      joined: () => this.#feed(),
      left: (client) => this.#left(client),
      drained: () => this.loop.wake(),
      refused: (why) => log.warn({ why }, 'connection refused'),
    });
    this.loop = new Loop(this.pacer, this.controls, this.wire, {
      ended: (timeline) => this.#ended(timeline),
      failed: (error) => this.#failed(error),
    });
  }

  /** Binds the wire and opens the source that was asked for; returns the port. */
  async start(): Promise<number> {
    const port = await this.wire.listen(this.options.host, this.options.wirePort);
    this.#heartbeat = setInterval(() => this.#beat(), HEARTBEAT_MS);
    return port;
  }

  /** Begins a timeline over a source; the old one is closed. */
  async open(source: SourceSpec, symbols: string[], play: boolean): Promise<void> {
    const { seed, tickSize } = this.options;
    const config: SessionConfig = { source, symbols, seed };
    if (tickSize !== undefined) config.tick_size = tickSize;
    await this.#alone(async () => ({ timeline: await Timeline.open(config) }), play);
  }

  /** Plays a recorded run from its start. What is open stays open until the run can be played. */
  async openRun(dir: string, play: boolean): Promise<void> {
    await this.#alone(
      () => new Playback(dir, this.library, (played) => this.#playedOut(played)).enter(),
      play,
    );
  }

  async #alone(open: () => Promise<Opened>, play: boolean): Promise<void> {
    if (this.#opening) throw new EngineError('SOURCE_OPENING', 'another source is being opened');
    this.#opening = true;
    try {
      this.begin(await open(), play);
    } finally {
      this.#opening = false;
    }
  }

  /** Goes on with a run whose engine died; it waits for whoever adopts it. */
  async resume(options: ResumeOptions): Promise<void> {
    const resumed = await resumeRun(options, this.library);
    this.epoch = options.epoch - 1;
    this.runClass = runClassOf(options.class) ?? RunClass.D0;
    this.begin(resumed, false);
    this.recording.resume(resumed, options);
    this.log.warn({ run_id: resumed.runId, seq: resumed.timeline.session.seq() }, 'run goes on');
  }

  /** A timeline takes the place of the one before. */
  begin(opened: Opened, play: boolean): void {
    const { timeline } = opened;
    const old = this.timeline;
    if (old !== undefined) this.#finish(old);
    // A gate that was latched stays closed, whatever market is opened.
    if (old !== undefined) timeline.session.adoptRisk(old.session);
    this.timeline = timeline;
    this.#play(opened);
    this.epoch++;
    this.loop.attach(timeline);
    old?.close();
    this.wire.record(headerFrame(this.#facts(0)));
    this.#feed();
    const run_id = this.played?.playback.facts.run_id ?? null;
    timeline.notice('source_opened', { ...timeline.status().source, run_id });
    this.loop.play(play);
    // Who follows knows no heartbeat of this timeline yet, and asks nothing before the first.
    this.#beat();
    this.log.info({ source: timeline.config.source, epoch: this.epoch }, 'source opened');
  }

  /** Storms of a recorded run come from its log, and from nobody else. */
  #play(opened: Opened): void {
    const before = this.played;
    this.played = 'playback' in opened ? opened : undefined;
    if (this.played !== undefined) {
      this.controls.takeDated(this.played.queue);
      this.runClass = RunClass.D2;
    } else if (before !== undefined) {
      this.runClass = RunClass.D0;
    }
  }

  /** The run that is played stands where it was stopped. */
  #playedOut({ timeline, playback, outcome }: Played): void {
    if (timeline !== this.timeline) return;
    this.loop.stand();
    this.log.info({ run_id: playback.facts.run_id, ...outcome }, 'run played');
  }

  /** Refuses what would make a recorded run another one. */
  needOwn(): void {
    if (this.played === undefined) return;
    const { run_id } = this.played.playback.facts;
    const detail = `run ${run_id} is played: its storms come from its log; open a source to act on it`;
    throw new EngineError('RUN_PLAYBACK', detail);
  }

  /** Storms of a timeline that ends are stopped, and what it still had to say is said. */
  #finish(old: Timeline): void {
    try {
      old.applyHeld(this.controls);
      old.stopStorms();
      this.loop.flush(old);
    } catch (error) {
      // A market whose log cannot be written, say, holds no other one back.
      this.log.error({ err: error }, 'the market before did not end in order');
    }
    this.controls.refuseDated(new EngineError('SOURCE_ENDED', 'another source was opened'));
  }

  /** The open timeline, or what a request is told without one. */
  need(): Timeline {
    if (this.#opening) throw new EngineError('SOURCE_OPENING', 'the source is being opened');
    if (this.timeline === undefined) throw new EngineError('SOURCE_NONE', 'open a source first');
    return this.timeline;
  }

  get transport(): number {
    if (this.#opening) return TransportState.Opening;
    if (this.timeline === undefined) return TransportState.Idle;
    if (this.timeline.ended) return TransportState.Ended;
    if (this.loop.stalled) return TransportState.Stalled;
    const moving = this.loop.playing || this.loop.stepping;
    return moving ? TransportState.Playing : TransportState.Paused;
  }

  #facts(lagNs: number): EngineFacts {
    const { transport, epoch, runClass } = this;
    const status = this.timeline?.status();
    const isRun = this.played !== undefined;
    return { status, transport, speed: this.pacer.speed, lagNs, epoch, runClass, isRun };
  }

  #beat(): void {
    if (this.wire.clients === 0) return;
    this.wire.record(heartbeatFrame(this.#facts(this.loop.takeLagNs())));
  }

  /** A notice that belongs to no timeline: something the engine does beside it. */
  tell(notice: string, body: object): void {
    if (this.wire.clients > 0) this.wire.record(answerFrame(0, { notice, ...body }));
  }

  #feed(): void {
    this.timeline?.session.control('feed', { on: this.wire.clients > 0 });
  }

  async #serve({ method, params }: Request, client: object): Promise<unknown> {
    return this.request(method, params, client);
  }

  /** Serves a request as if it had come over the wire. */
  async request(name: string, params: Params = {}, client: object = this): Promise<unknown> {
    const method = Object.hasOwn(this.#methods, name) ? this.#methods[name] : undefined;
    if (method === undefined) throw new EngineError('METHOD_UNKNOWN', `no method "${name}"`);
    return method(params, client);
  }

  #left(client: object): void {
    this.#feed();
    this.recording.ownerLeft(client);
  }

  #ended(timeline: Timeline): void {
    const { seq, run_digest, market_digest, ts_run_ns } = timeline.status();
    timeline.notice('source_ended', { seq, run_digest, market_digest, ts_run_ns });
    this.controls.refuseDated(new EngineError('SOURCE_ENDED', 'the source ended before'));
    this.recording.sourceEnded();
    this.loop.wake();
    this.log.info({ seq, run_digest, market_digest }, 'source ended');
  }

  /** The native side refused to go on: the run is over, the source stands where it is. */
  #failed(error: unknown): void {
    this.log.error({ err: error }, 'virtual time stopped');
    this.controls.refuseDated(new EngineError('ENGINE_FAILED', String(error)));
    this.wire.record(answerFrame(0, { notice: 'engine_failed', error: answerError(error) }));
    if (error instanceof NativeError && error.code === 'NATIVE_PANIC') {
      this.timeline = undefined;
      this.onFatal(error);
    } else {
      const { code } = answerError(error);
      this.recording.abort(code === 'LOG_FAILED' ? 'disk_failed' : 'engine_failed');
    }
  }

  /** Ends the engine; a run that is open is closed as aborted, for this cause. */
  async close(cause = 'engine_stopped'): Promise<void> {
    clearInterval(this.#heartbeat);
    this.seeker.stop();
    this.previewer.stop();
    await this.recording.settle(cause);
    this.loop.stop();
    const { timeline } = this;
    this.timeline = undefined;
    timeline?.close();
    await this.wire.close();
  }
}
