// The bridge's parts, joined once and handed to the routes. In: settled options. Out: frames flow
// from the engine through the record to the viewers; nobody else knows everybody.
import { decodeTickFrame, FrameKind } from '@wavetank/abi';
import type { TargetPoller } from '@wavetank/target';
import type { FastifyBaseLogger } from 'fastify';
import { FeedClients } from './feed/feed-clients.ts';
import { FeedHub } from './feed/feed-hub.ts';
import { venueClock } from './feed/venue-clock.ts';
import { Delivery } from './lib/delivery.ts';
import { Engine, type EngineStatus } from './lib/engine.ts';
import { Frame } from './lib/frame.ts';
import { Guard } from './lib/guard.ts';
import { History } from './lib/history.ts';
import { Judge } from './lib/judge.ts';
import { Latest } from './lib/latest.ts';
import { Recording } from './lib/recording.ts';
import { Stalls } from './lib/stalls.ts';
import { Targets } from './lib/targets.ts';
import type { Notice } from './lib/viewer.ts';
import { Viewers } from './lib/viewers.ts';
import { WatchSet } from './lib/watch-set.ts';
import { OptionError, type Settled } from './options.ts';

/** The last control that took effect, as the engine told it: who, what, when. */
export interface Control {
  at_wall: string;
  [key: string]: unknown;
}

export class Parts {
  readonly options: Settled;
  readonly log: FastifyBaseLogger;
  readonly guard: Guard;
  readonly engine: Engine;
  readonly recording: Recording;
  readonly targets: Targets;
  readonly history = new History();
  readonly latest = new Latest();
  readonly viewers: Viewers;
  readonly watch: WatchSet;
  readonly startedMs: number;
  /** Frames that left, by kind. */
  readonly delivered = new Map<number, number>();
  readonly stalls = new Stalls();
  /** The stormed market for bots. */
  readonly feed: FeedHub;
  readonly feedClients: FeedClients;
  /** What was opened last, as the engine was asked: an engine that is started anew opens it again. */
  opened: object | undefined;
  /** Judges recorded runs, where a process for it was named. */
  readonly judge: Judge | undefined;
  readonly #delivery: Delivery;
  #control: Control | undefined;
  /** Virtual time of the newest frame that left. */
  #virtualNs = 0;
  /** Frames that came, that left, and that had come when the last engine went: they leave in order. */
  #came = 0;
  #left = 0;
  #gone = 0;
  #ping: NodeJS.Timeout | undefined;

  constructor(options: Settled, log: FastifyBaseLogger) {
    this.options = options;
    this.log = log;
    this.startedMs = options.now();
    this.guard = new Guard(options);
    this.viewers = new Viewers(options.viewers_max);
    this.targets = this.#targets();
    this.judge = this.#judge();
    this.engine = this.#engine();
    this.watch = new WatchSet(async (symbols) => {
      // Without an engine the choice waits for it: see `#changed`.
      if (this.engine.ready) await this.engine.request('watch', { symbols });
    });
    this.feed = new FeedHub({
      subscribe: (symbols, again) => this.engine.request('feed.subscribe', { symbols, again }),
      hold: (held) => this.engine.request('feed.hold', { held }),
    });
    this.feedClients = new FeedClients({
      hub: this.feed,
      venue: venueClock(this.startedMs),
      max: options.feed_clients_max,
      until: (ts_ns, symbols) => this.stalls.until(ts_ns, symbols),
      speed: () => this.latest.speed,
    });
    this.recording = new Recording({
      runsDir: options.runsDir,
      engine: () => this.engine,
      heartbeat: () => this.latest.heartbeat,
      epoch: () => this.latest.header?.epoch ?? 1,
      targets: this.targets,
      virtualNow: () => this.#virtualNs,
      targetNamed: options.targetNamed,
      alone: options.alone,
      now: options.now,
      log,
    });
    this.#delivery = new Delivery(
      this.recording,
      (frame) => this.#deliver(frame),
      (held) => this.engine.hold(held),
    );
  }

  #judge(): Judge | undefined {
    const { judge } = this.options;
    if (judge === undefined) return undefined;
    return new Judge(judge, ({ report: _, ...now }) => {
      this.viewers.notice({ ...now, type: 'verify' });
    });
  }

  #engine(): Engine {
    const { engine, backoff_ms, now } = this.options;
    return new Engine(
      engine,
      { backoff_ms, now },
      {
        frame: (payload) => {
          this.#came++;
          this.#delivery.push(new Frame(payload));
        },
        notice: (body) => this.#told(body),
        down: (reason) => {
          this.#gone = this.#came;
          if (this.recording.engineLost(reason)) this.latest.goesOn();
          this.latest.lost();
          this.stalls.forget();
          this.feed.restart('the engine went');
          this.recording.notes.forget();
        },
        words: () => [...this.recording.lost.words(), ...this.#reopen()],
        changed: (status) => this.#changed(status),
        silence: (stall_ms) => this.recording.silence(stall_ms),
      },
    );
  }

  #reopen(): string[] {
    return this.opened === undefined ? [] : ['--reopen', JSON.stringify(this.opened)];
  }

  #targets(): Targets {
    const { targets: words, poll_ms, now } = this.options;
    try {
      return new Targets(
        { words, poll_ms, now },
        {
          news: (target, news) => this.recording.news(target, news),
          poll: (target, poll) => this.recording.polled(target, poll),
          reload: (news) => {
            this.recording.reloaded(news);
            this.viewers.notice({ ...news });
          },
          busy: () => this.recording.state !== 'idle',
        },
      );
    } catch (cause) {
      throw new OptionError('TARGET_INVALID', (cause as Error).message);
    }
  }

  /** The poller of the first target. */
  get poller(): TargetPoller {
    return this.targets.first.poller;
  }

  start(): void {
    this.engine.start();
    if (!this.options.alone) this.targets.start();
    this.#ping = setInterval(() => {
      this.viewers.ping();
      this.feedClients.ping();
      void this.watch.retry();
    }, this.options.ping_ms);
  }

  /** Ends the run first, while there is an engine to tell how it ended. */
  async stop(): Promise<void> {
    clearInterval(this.#ping);
    await this.recording.settle('shutdown').catch(() => {});
    this.targets.stop();
    this.judge?.stop();
    this.viewers.closeAll(1001, 'the bridge stops');
    this.feedClients.closeAll(1001, 'the bridge stops');
    await this.engine.stop();
  }

  /** What the engine says of itself; undefined while it cannot. */
  async sessionStatus(): Promise<{ [key: string]: unknown } | undefined> {
    if (!this.engine.ready) return undefined;
    const asked = this.engine.request<{ [key: string]: unknown }>(
      'status',
      {},
      { timeout_ms: 1000 },
    );
    return asked.catch(() => undefined);
  }

  /** Frames that wait for the disk. */
  get waiting(): number {
    return this.#delivery.waiting;
  }

  get control(): Control | undefined {
    return this.#control;
  }

  /** What a newcomer gets, in this order. */
  *welcome(): Generator<Frame | Notice> {
    const { headerFrame } = this.latest;
    if (headerFrame !== undefined) yield headerFrame;
    yield this.#linkNotice(this.engine.status);
    if (this.#control !== undefined) yield { ...this.#control, type: 'control' };
    yield { type: 'history', symbols: this.history.symbols(), href: '/history' };
    yield* this.latest.known();
  }

  #linkNotice(status: EngineStatus): Notice {
    return { type: 'link', ...status };
  }

  #changed(status: EngineStatus): void {
    this.log.info({ engine: status }, `engine ${status.state}`);
    this.viewers.notice(this.#linkNotice(status));
    if (status.state === 'connected') this.recording.engineBack();
    if (status.state === 'ready') void this.watch.begin();
  }

  #told(body: { [key: string]: unknown }): void {
    // Viewers learn of stalls by living through them.
    const { notice, stalls_ns, ...told } = body;
    if (notice === 'storm_started') this.stalls.begin({ ...told, stalls_ns });
    if (notice === 'storm_ended') this.stalls.end(told);
    if (notice === 'run_closed') this.recording.closedByEngine(told);
    // A process whose native side panicked ends: its run may go on with the next one.
    const { code } = (told.error ?? {}) as { code?: unknown };
    if (notice === 'engine_failed' && code !== 'NATIVE_PANIC') {
      this.recording.abort(code === 'LOG_FAILED' ? 'disk_failed' : 'engine_failed');
    }
    if (notice === 'control') {
      this.#control = { ...told, at_wall: new Date(this.options.now()).toISOString() };
    }
    if (typeof notice === 'string') this.viewers.notice({ ...told, type: notice });
  }

  #beginTimeline(): void {
    this.#virtualNs = 0;
    this.history.begin(this.latest.header?.epoch ?? 0);
    this.stalls.forget();
    this.feed.restart('another market begins');
    this.recording.notes.forget();
    void this.watch.begin();
  }

  #deliver(frame: Frame): void {
    // A heart that beats no more, told late: its frame waited for the disk.
    if (++this.#left <= this.#gone && frame.kind === FrameKind.Heartbeat) return;
    this.#virtualNs = Math.max(this.#virtualNs, frame.tsRunNs);
    this.delivered.set(frame.kind, (this.delivered.get(frame.kind) ?? 0) + 1);
    if (frame.kind === FrameKind.Events || frame.kind === FrameKind.Snapshot) {
      this.feed.take(frame);
      return;
    }
    if (this.latest.take(frame)) this.#beginTimeline();
    if (frame.kind === FrameKind.Heartbeat) this.feed.beat(frame.tsRunNs);
    if (frame.kind === FrameKind.Tick) this.history.add(decodeTickFrame(frame.payload));
    this.viewers.broadcast(frame);
  }
}
