// In: options that name an engine to start or to join. Out: one engine as the bridge sees it: its
// link, its process when it is ours, and a state that never looks better than it is.
import { FrameKind, type HeaderFrame, payloadKind } from '@wavetank/abi';
import { type Asked, EngineLink, type LinkAddress } from './engine-link.ts';
import { EngineProcess } from './engine-process.ts';

export type EngineOptions =
  | { join: LinkAddress }
  | { entry: string; args: readonly string[]; host?: string; port: number };

/** `ready` needs a header and a first heartbeat; `silent` is ready without heartbeats. */
export type EngineState = 'starting' | 'down' | 'connected' | 'ready' | 'silent';

export interface EngineStatus {
  state: EngineState;
  since_wall: string;
  reason: string | null;
  pid: number | null;
  owned: boolean;
  restarts: number;
  heartbeat_age_ms: number | null;
}

export interface EngineListener {
  frame(payload: DataView): void;
  notice(body: { [key: string]: unknown }): void;
  /** The engine went. */
  down(reason: string): void;
  /** What more an engine is told that is started now. */
  words(): readonly string[];
  /** Any change of the state, as soon as it is known. */
  changed(status: EngineStatus): void;
  /** Milliseconds that the link was silent beyond its heartbeat. */
  silence(stall_ms: number): void;
}

export interface EngineTiming {
  backoff_ms: readonly number[];
  now: () => number;
}

export const HEARTBEAT_MS = 200;
const SILENT_MS = 1000;

export class Engine {
  readonly #listener: EngineListener;
  readonly #timing: EngineTiming;
  readonly #link: EngineLink;
  readonly #process: EngineProcess | undefined;
  #address: LinkAddress;
  #state: EngineState = 'starting';
  #sinceMs: number;
  #reason: string | null = null;
  #header: HeaderFrame | undefined;
  #beatMs: number | undefined;
  #watchdog: NodeJS.Timeout | undefined;

  constructor(options: EngineOptions, timing: EngineTiming, listener: EngineListener) {
    this.#listener = listener;
    this.#timing = timing;
    this.#sinceMs = timing.now();
    this.#address =
      'join' in options ? options.join : { host: options.host ?? '127.0.0.1', port: options.port };
    this.#link = new EngineLink({
      address: () => this.#address,
      backoff_ms: timing.backoff_ms,
      listener: {
        frame: (payload) => this.#frame(payload),
        notice: (body) => listener.notice(body),
        up: (header) => this.#greet(header),
        down: (reason) => this.#lost(reason),
      },
    });
    this.#process = 'join' in options ? undefined : this.#own(options);
  }

  #own(options: { entry: string; args: readonly string[] }): EngineProcess {
    const { backoff_ms, now } = this.#timing;
    return new EngineProcess({
      entry: options.entry,
      args: options.args,
      words: () => this.#listener.words(),
      backoff_ms,
      now,
      onPort: (port) => {
        this.#address = { ...this.#address, port };
        this.#link.open();
      },
      onStart: () => this.#become('starting', null),
      onDeath: (reason) => {
        this.#link.close();
        this.#become('down', `the engine process ended: ${reason}`);
      },
    });
  }

  start(): void {
    if (this.#process === undefined) this.#link.open();
    else this.#process.start();
    this.#watchdog = setInterval(() => this.#watch(), HEARTBEAT_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.#watchdog);
    this.#link.close();
    await this.#process?.stop();
  }

  request<T>(method: string, params: object = {}, asked: Asked<T> = {}): Promise<T> {
    return this.#link.request(method, params, asked);
  }

  hold(held: boolean): void {
    this.#link.hold(held);
  }

  get ready(): boolean {
    return this.#state === 'ready';
  }

  get status(): EngineStatus {
    const now = this.#timing.now();
    return {
      state: this.#state,
      since_wall: new Date(this.#sinceMs).toISOString(),
      reason: this.#reason,
      pid: this.#header?.engine_pid ?? this.#process?.pid ?? null,
      owned: this.#process !== undefined,
      restarts: this.#process?.deaths ?? 0,
      heartbeat_age_ms: this.#beatMs === undefined ? null : now - this.#beatMs,
    };
  }

  #greet(header: HeaderFrame): void {
    this.#header = header;
    this.#beatMs = undefined;
    this.#become('connected', null);
  }

  #lost(reason: string): void {
    const wasThere = this.#header !== undefined;
    this.#header = undefined;
    this.#beatMs = undefined;
    this.#become('down', reason);
    if (wasThere) this.#listener.down(reason);
  }

  #frame(payload: DataView): void {
    if (payloadKind(payload) === FrameKind.Heartbeat) this.#beat();
    this.#listener.frame(payload);
  }

  #beat(): void {
    const now = this.#timing.now();
    if (this.#beatMs !== undefined) this.#listener.silence(now - this.#beatMs - HEARTBEAT_MS);
    this.#beatMs = now;
    if (this.#state !== 'ready') this.#become('ready', null);
  }

  #watch(): void {
    const silent = this.#timing.now() - (this.#beatMs ?? Number.POSITIVE_INFINITY) > SILENT_MS;
    if (silent && this.#state === 'ready') this.#become('silent', 'no heartbeat');
  }

  #become(state: EngineState, reason: string | null): void {
    if (state === this.#state && reason === this.#reason) return;
    this.#state = state;
    this.#reason = reason;
    this.#sinceMs = this.#timing.now();
    this.#listener.changed(this.status);
  }
}
