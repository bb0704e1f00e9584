// In: the addresses of a target. Out: its state as last polled, forced polls on demand, and news:
// it went away, it came back, its signal changed. At most one poll is under way; whoever asks
// meanwhile shares it. Off every hot path: nothing here is awaited by a stream.
import {
  boundedGet,
  DEFAULT_GET_LIMITS,
  type GetAnswer,
  GetError,
  type GetFailure,
  type GetLimits,
} from './bounded-get.ts';
import { JsonRefused, type JsonValue, parseBounded } from './bounded-json.ts';
import type { TargetSpec } from './spec/target-spec.ts';
import { readState, type TargetState } from './target-state.ts';
import { targetUrl } from './target-url.ts';

export const DEFAULT_TARGET_URL = 'http://127.0.0.1:3001';

export type PollFailure = GetFailure | JsonRefused['code'] | 'TARGET_STATUS' | 'TARGET_SHAPE';

/** What one poll of /api/state found. */
export type Poll =
  | { online: true; at_wall_ms: number; took_ms: number; state: TargetState; json: JsonValue }
  | { online: false; at_wall_ms: number; code: PollFailure; reason: string };

export type Health =
  | { online: true; at_wall_ms: number; took_ms: number; json: JsonValue | undefined }
  | { online: false; at_wall_ms: number; code: PollFailure; reason: string };

export type TargetNews =
  | { type: 'bot_unreachable'; code: PollFailure; reason: string }
  | { type: 'bot_back'; offline_wall_ms: number }
  | { type: 'target_signal'; signal: string };

export interface PollerOptions {
  spec: Pick<TargetSpec, 'url' | 'state_url' | 'health_url'>;
  now: () => number;
  limits?: Partial<GetLimits>;
  onNews?: (news: TargetNews, poll: Poll) => void;
  /** Every poll that finished, after its news. */
  onPoll?: (poll: Poll) => void;
}

export class TargetPoller {
  readonly url: URL;
  readonly #stateUrl: URL;
  readonly #healthUrl: URL;
  readonly #limits: GetLimits;
  readonly #now: () => number;
  readonly #onNews: (news: TargetNews, poll: Poll) => void;
  readonly #onPoll: (poll: Poll) => void;
  #last: Poll | undefined;
  #offlineSince = 0;
  #signal: string | null | undefined;
  #active: Promise<Poll> | undefined;
  #health: Promise<Health> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: PollerOptions) {
    const { url, state_url, health_url } = options.spec;
    this.url = targetUrl(url);
    this.#stateUrl = targetUrl(state_url);
    this.#healthUrl = targetUrl(health_url);
    this.#limits = { ...DEFAULT_GET_LIMITS, ...options.limits };
    this.#now = options.now;
    this.#onNews = options.onNews ?? (() => {});
    this.#onPoll = options.onPoll ?? (() => {});
  }

  /** The newest poll that finished; its stamp is when it was made. */
  get last(): Poll | undefined {
    return this.#last;
  }

  /** Polls /api/state now, or joins the poll under way. Never rejects. */
  poll(): Promise<Poll> {
    this.#active ??= this.#pollState().finally(() => {
      this.#active = undefined;
    });
    return this.#active;
  }

  /** A poll that began after the call: what a storm's start or stop needs. */
  async pollFresh(): Promise<Poll> {
    if (this.#active !== undefined) await this.#active;
    return this.poll();
  }

  /** Asks /api/health now, or joins the question under way. Any 200 is healthy. Never rejects. */
  health(): Promise<Health> {
    this.#health ??= this.#askHealth().finally(() => {
      this.#health = undefined;
    });
    return this.#health;
  }

  /** Polls again and again, `interval_ms` after each answer, until stopped. */
  start(interval_ms: number): void {
    if (this.#timer !== undefined) return;
    const again = async (): Promise<void> => {
      await this.poll();
      if (this.#timer !== undefined) this.#timer = setTimeout(again, interval_ms);
    };
    this.#timer = setTimeout(again, 0);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async #pollState(): Promise<Poll> {
    const poll = await this.#attempt(async () => {
      const json = parseBounded((await this.#get(this.#stateUrl)).body);
      const state = readState(json);
      if (state === undefined) throw new ShapeError('TARGET_SHAPE', 'state is no JSON object');
      return { state, json };
    });
    this.#tell(poll);
    this.#last = poll;
    this.#onPoll(poll);
    return poll;
  }

  async #askHealth(): Promise<Health> {
    return this.#attempt(async () => {
      const { body } = await this.#get(this.#healthUrl);
      return { json: jsonOrNothing(body) };
    });
  }

  async #get(url: URL): Promise<GetAnswer> {
    const answer = await boundedGet(url, this.#limits);
    if (answer.status === 200) return answer;
    throw new ShapeError(
      'TARGET_STATUS',
      `${url.pathname} answered ${answer.status}, expected 200`,
    );
  }

  async #attempt<T extends object>(
    work: () => Promise<T>,
  ): Promise<
    | ({ online: true; at_wall_ms: number; took_ms: number } & T)
    | { online: false; at_wall_ms: number; code: PollFailure; reason: string }
  > {
    const began = this.#now();
    try {
      const found = await work();
      const at_wall_ms = this.#now();
      return { online: true, at_wall_ms, took_ms: at_wall_ms - began, ...found };
    } catch (cause) {
      if (!isPollError(cause)) throw cause;
      const { code, message } = cause;
      return { online: false, at_wall_ms: this.#now(), code, reason: message };
    }
  }

  #tell(poll: Poll): void {
    const before = this.#last;
    if (!poll.online) {
      if (before !== undefined && !before.online) return;
      this.#offlineSince = poll.at_wall_ms;
      const { code, reason } = poll;
      this.#onNews({ type: 'bot_unreachable', code, reason }, poll);
      return;
    }
    if (before !== undefined && !before.online) {
      const offline_wall_ms = poll.at_wall_ms - this.#offlineSince;
      this.#onNews({ type: 'bot_back', offline_wall_ms }, poll);
    }
    this.#tellSignal(poll, poll.state.last_signal);
  }

  /** The first signal ever seen is no change. */
  #tellSignal(poll: Poll, signal: string | null): void {
    const before = this.#signal;
    this.#signal = signal;
    if (before === undefined || signal === null || signal === before) return;
    this.#onNews({ type: 'target_signal', signal }, poll);
  }
}

class ShapeError extends Error {
  readonly code: 'TARGET_STATUS' | 'TARGET_SHAPE';
  constructor(code: ShapeError['code'], message: string) {
    super(message);
    this.name = 'ShapeError';
    this.code = code;
  }
}

const isPollError = (cause: unknown): cause is GetError | JsonRefused | ShapeError =>
  cause instanceof GetError || cause instanceof JsonRefused || cause instanceof ShapeError;

function jsonOrNothing(body: string): JsonValue | undefined {
  try {
    return parseBounded(body);
  } catch {
    return undefined;
  }
}
