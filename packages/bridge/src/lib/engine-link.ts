// In: the address of an engine. Out: its frames in order, answers to requests, and whether it is
// there. Reconnects for ever with back-off. Knows nothing of processes, viewers and runs.
import { connect, type Socket } from 'node:net';
import {
  ABI_HASH,
  controlFrame,
  decodeHeaderFrame,
  decodeMessage,
  FrameKind,
  FrameSplitter,
  type HeaderFrame,
  hashHex,
  payloadKind,
} from '@wavetank/abi';
import { ApiError } from './problem.ts';
import { Slice } from './slice.ts';

export interface LinkAddress {
  host: string;
  port: number;
}

export interface LinkListener {
  /** A telemetry frame, headers included. */
  frame(payload: DataView): void;
  /** Something the engine told without being asked. */
  notice(body: { [key: string]: unknown }): void;
  up(header: HeaderFrame): void;
  down(reason: string): void;
}

export interface LinkOptions {
  address: () => LinkAddress;
  listener: LinkListener;
  backoff_ms: readonly number[];
}

export interface Asked<T> {
  timeout_ms?: number;
  /** Called in order with the frames: whatever the link brings next comes after it. */
  onAnswer?: (result: T) => void;
}

interface Waiting {
  settle: (result: unknown) => void;
  fail: (error: ApiError) => void;
  timer: NodeJS.Timeout;
}

const ANSWER_TIMEOUT_MS = 5000;
const CONNECT_TIMEOUT_MS = 3000;

export class EngineLink {
  readonly #options: LinkOptions;
  readonly #waiting = new Map<number, Waiting>();
  #socket: Socket | undefined;
  #retry: NodeJS.Timeout | undefined;
  #attempt = 0;
  /** Why the last connection ended: an attempt that fails for the same reason is no news. */
  #reason: string | undefined;
  #up = false;
  #closed = true;
  #lastId = 0;
  #held = false;
  readonly #slice = new Slice(() => this.#flow());

  constructor(options: LinkOptions) {
    this.#options = options;
  }

  get up(): boolean {
    return this.#up;
  }

  open(): void {
    if (!this.#closed) return;
    this.#closed = false;
    this.#attempt = 0;
    this.#connect();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#socket?.destroy();
  }

  /** Holds the engine's bytes back: its lossless class then stops virtual time. */
  hold(held: boolean): void {
    this.#held = held;
    this.#flow();
  }

  /** Reads on, unless it is held, or this turn of the loop has had its share. */
  #flow(): void {
    if (this.#held || this.#slice.over) this.#socket?.pause();
    else if (this.#socket?.isPaused()) this.#socket.resume();
  }

  request<T>(method: string, params: object, asked: Asked<T> = {}): Promise<T> {
    const socket = this.#socket;
    if (!this.#up || socket === undefined) {
      return Promise.reject(new ApiError('ENGINE_DOWN', `${method}: no engine is connected`));
    }
    const id = this.#nextId();
    return new Promise<T>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        reject(new ApiError('ENGINE_TIMEOUT', `${method}: no answer`));
      }, asked.timeout_ms ?? ANSWER_TIMEOUT_MS);
      const settle = (result: unknown): void => {
        try {
          asked.onAnswer?.(result as T);
          resolve(result as T);
        } catch (cause) {
          reject(cause);
        }
      };
      this.#waiting.set(id, { settle, fail: reject, timer });
      socket.write(controlFrame(id, { method, params }));
    });
  }

  #nextId(): number {
    this.#lastId = this.#lastId === 0xffff_ffff ? 1 : this.#lastId + 1;
    return this.#lastId;
  }

  #connect(): void {
    const { host, port } = this.#options.address();
    const socket = connect({ host, port, noDelay: true });
    const splitter = new FrameSplitter();
    this.#socket = socket;
    let reason = 'connection closed';
    socket.setTimeout(CONNECT_TIMEOUT_MS, () => socket.destroy(new Error('no header in time')));
    socket.on('data', (chunk: Buffer) => {
      try {
        this.#slice.run(() => {
          splitter.push(chunk, (payload) => this.#take(payload));
          return false;
        });
        this.#flow();
      } catch (cause) {
        socket.destroy(cause as Error);
      }
    });
    socket.on('error', (cause) => {
      reason = cause.message;
    });
    socket.on('close', () => this.#lost(reason));
  }

  #lost(reason: string): void {
    const wasUp = this.#up;
    this.#up = false;
    for (const { fail, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      fail(new ApiError('ENGINE_DOWN', `the link broke: ${reason}`));
    }
    this.#waiting.clear();
    if (wasUp || reason !== this.#reason) this.#options.listener.down(reason);
    this.#reason = reason;
    if (this.#closed) return;
    const { backoff_ms } = this.#options;
    const wait = backoff_ms[Math.min(this.#attempt++, backoff_ms.length - 1)];
    this.#retry = setTimeout(() => this.#connect(), wait);
  }

  #take(payload: DataView): void {
    const kind = payloadKind(payload);
    if (kind === FrameKind.Header) this.#greet(decodeHeaderFrame(payload));
    if (kind === FrameKind.Answer) this.#answer(payload);
    else if (this.#up) this.#options.listener.frame(payload);
  }

  /** The first header of a connection opens it; a later one announces a new timeline. */
  #greet(header: HeaderFrame): void {
    if (header.abi_hash !== ABI_HASH) {
      const [theirs, ours] = [hashHex(header.abi_hash), hashHex(ABI_HASH)];
      throw new Error(`the engine has ABI ${theirs}, the bridge ${ours}: rebuild both`);
    }
    if (this.#up) return;
    this.#up = true;
    this.#attempt = 0;
    this.#socket?.setTimeout(0);
    this.#options.listener.up(header);
  }

  #answer(payload: DataView): void {
    const { id, body } = decodeMessage(payload);
    if (id === 0) this.#options.listener.notice(body as { [key: string]: unknown });
    const waiting = this.#waiting.get(id);
    // An answer after its timeout: whoever asked was told already.
    if (waiting === undefined) return;
    this.#waiting.delete(id);
    clearTimeout(waiting.timer);
    const { ok, result, error } = body as { ok?: unknown; result?: unknown; error?: unknown };
    if (ok === true) waiting.settle(result);
    else waiting.fail(engineError(error));
  }
}

function engineError(told: unknown): ApiError {
  const { status, code, title, detail } = (told ?? {}) as { [key: string]: unknown };
  if (typeof code !== 'string' || typeof status !== 'number') {
    return new ApiError('ENGINE_ANSWER', 'an error without status and code');
  }
  return new ApiError(code, String(detail ?? title ?? code), {
    status,
    ...(typeof title === 'string' ? { title } : {}),
  });
}
