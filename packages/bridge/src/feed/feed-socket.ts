// One connection of a bot. In: messages, each made for a moment of virtual time. Out: the same in
// order, late where a delivery storm says so; when the socket is slow they are left out and counted,
// and what comes next begins with a snapshot. Never waits, never slows anybody.
import type { WebSocket } from 'ws';
import { StalledLink } from '../lib/stalled-link.ts';

/** Unsent bytes above which updates are left out. */
export const FEED_BYTES_MAX = 4 * 1024 * 1024;
/** Unsent bytes below which a slow connection is taken up again. */
const FEED_BYTES_RESUME = 256 * 1024;
const CLOSE_GRACE_MS = 5000;

/** A message for one moment; made when it is sent, so that it can say when that was. */
export interface Message {
  tsRunNs: number;
  make: (sent_wall_ns: bigint) => string | Uint8Array;
}

export interface FeedSocketOptions {
  until: (ts_ns: number) => number;
  speed: () => number;
  /** It takes messages again after it lost some. */
  recovered: (lost: number) => void;
  gone: (reason: string) => void;
  message: (text: string) => void;
}

export class FeedSocket {
  readonly #socket: WebSocket;
  readonly #options: FeedSocketOptions;
  readonly #link: StalledLink<Message>;
  #losing = false;
  #closing = false;
  #alive = true;
  #grace: NodeJS.Timeout | undefined;
  /** Why it was cut off, where the other side cannot be told. */
  #why: string | undefined;
  lost = 0;
  sent = 0;

  constructor(socket: WebSocket, options: FeedSocketOptions) {
    this.#socket = socket;
    this.#options = options;
    const { until, speed } = options;
    this.#link = new StalledLink({ until, speed, deliver: (message) => this.#deliver(message) });
    socket.on('pong', () => {
      this.#alive = true;
    });
    socket.on('message', (data, binary) => {
      if (!binary && !this.#closing) options.message(String(data));
      else this.close(1003, 'messages are JSON text');
    });
    socket.on('error', () => {});
    socket.on('close', (code, reason) => this.#gone(code, String(reason)));
  }

  get stalled(): number {
    return this.#link.stalled;
  }

  push(message: Message): void {
    if (this.#closing) return;
    if (this.#losing) this.lost++;
    else this.#link.push(message);
  }

  #deliver(message: Message): void {
    if (this.#closing) return;
    if (this.#losing || this.#socket.bufferedAmount > FEED_BYTES_MAX) {
      this.#losing = true;
      this.lost++;
      return;
    }
    this.sent++;
    this.#socket.send(message.make(wallNs()), () => this.#drained());
  }

  #drained(): void {
    if (!this.#losing || this.#closing) return;
    if (this.#socket.bufferedAmount > FEED_BYTES_RESUME) return;
    this.#losing = false;
    this.#options.recovered(this.lost);
  }

  ping(): void {
    if (!this.#alive) {
      this.#closing = true;
      this.#why = 'no answer to a ping';
      this.#socket.terminate();
      return;
    }
    this.#alive = false;
    this.#socket.ping();
  }

  close(code: number, reason: string): void {
    if (this.#closing) return;
    this.#closing = true;
    this.#socket.close(code, reason);
    this.#grace = setTimeout(() => this.#socket.terminate(), CLOSE_GRACE_MS);
  }

  #gone(code: number, reason: string): void {
    this.#closing = true;
    this.#link.close();
    clearTimeout(this.#grace);
    this.#options.gone(this.#why ?? (reason === '' ? `code ${code}` : reason));
  }
}

/** Wall time to the microsecond, as ns since 1970. */
const wallNs = (): bigint =>
  BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000)) * 1000n;
