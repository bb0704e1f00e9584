// What a bridge is built from. Everything has a value after `settle`; what cannot work is refused
// here, before anything starts.
import { DEFAULT_TARGET_URL } from '@wavetank/target';
import type { EngineOptions } from './lib/engine.ts';
import { isLoopback } from './lib/guard.ts';

export interface BridgeOptions {
  /** An engine to start (entry file, arguments, port) or to join. */
  engine: EngineOptions;
  /** Where runs are recorded. */
  runsDir: string;
  /** Folders whose files /replay/open may read; none = no file may be opened by path. */
  sourceRoots?: readonly string[];
  /** Entry of the process that judges recorded runs; without it no run is verified or compared. */
  judge?: string;
  /** The built desk; without it the bridge serves its API alone. */
  deskDir?: string;
  host?: string;
  /** 0 = a free port. */
  port?: number;
  /** Required when bound beyond this machine. */
  token?: string;
  /** Host names, without port, and origins that may use it beside its own. */
  hosts?: readonly string[];
  origins?: readonly string[];
  /**
   * URLs and target files, one or several; without any the default address takes part when it
   * answers.
   */
  target?: string | readonly string[];
  /** That default address. */
  default_target?: string;
  /** No target takes part, whatever answers there. */
  alone?: boolean;
  /** Wall time between two polls of the target. */
  poll_ms?: number;
  viewers_max?: number;
  /** Bots on /feed at once. */
  feed_clients_max?: number;
  /** Wall time within which a request must have arrived. */
  request_ms?: number;
  /** Wall time between two pings of a viewer. */
  ping_ms?: number;
  /** Waits before the engine is started or connected again. */
  backoff_ms?: readonly number[];
  version?: string;
  log_level?: string;
  /** Where log lines go; stderr unless told. */
  log_stream?: { write(line: string): void };
  now?: () => number;
}

export type Settled = Required<
  Omit<BridgeOptions, 'token' | 'deskDir' | 'judge' | 'target' | 'default_target'>
> & {
  token: string | undefined;
  deskDir: string | undefined;
  judge: string | undefined;
  targets: readonly string[];
  targetNamed: boolean;
};

const BACKOFF_MS = [100, 250, 500, 1000, 2000, 4000, 8000];

export class OptionError extends Error {
  readonly code: 'TOKEN_REQUIRED' | 'TARGET_INVALID';
  constructor(code: OptionError['code'], message: string) {
    super(message);
    this.name = 'OptionError';
    this.code = code;
  }
}

export function settle(options: BridgeOptions): Settled {
  const host = options.host ?? '127.0.0.1';
  if (!isLoopback(host) && (options.token ?? '') === '') {
    const message = `bound to ${host}: a token is required beyond this machine`;
    throw new OptionError('TOKEN_REQUIRED', message);
  }
  const named = [options.target ?? []].flat();
  return {
    sourceRoots: [],
    port: 8080,
    hosts: [],
    origins: [],
    poll_ms: 1000,
    alone: false,
    viewers_max: 512,
    feed_clients_max: 32,
    request_ms: 15_000,
    ping_ms: 10_000,
    backoff_ms: BACKOFF_MS,
    version: '0.1.0',
    log_level: 'info',
    log_stream: process.stderr,
    now: () => Date.now(),
    ...options,
    host,
    token: options.token,
    deskDir: options.deskDir,
    judge: options.judge,
    targets: named.length > 0 ? named : [options.default_target ?? DEFAULT_TARGET_URL],
    targetNamed: named.length > 0,
  };
}
