// One connection of a bot. In: messages, each made for a moment of virtual time. Out: the same in
// order, late where a delivery storm says so; when the socket is slow they are left out and counted,
// and what comes next begins with a snapshot. Never waits, never slows anybody.
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { Connection } from '../lib/connection.ts';
import { StalledLink } from '../lib/stalled-link.ts';
import { binaryMessage, textMessage } from '../lib/ws-message.ts';

/** Unsent bytes above which updates are left out. */
const FEED_BYTES_MAX = 4 * 1024 * 1024;

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
  readonly #connection: Connection;
  readonly #options: FeedSocketOptions;
  readonly #link: StalledLink<Message>;
  #losing = false;
  lost = 0;
  sent = 0;

  constructor(ws: WebSocket, socket: Duplex, options: FeedSocketOptions) {
    this.#options = options;
    const { until, speed } = options;
    this.#link = new StalledLink({ until, speed, deliver: (message) => this.#deliver(message) });
    this.#connection = new Connection(ws, socket, {
      message: (data, binary) => {
        if (!binary && !this.#connection.closing) options.message(String(data));
        else this.close(1003, 'messages are JSON text');
      },
      drained: () => this.#drained(),
      gone: (reason) => {
        this.#link.close();
        options.gone(reason);
      },
    });
  }

  get stalled(): number {
    return this.#link.stalled;
  }

  push(message: Message): void {
    if (this.#connection.closing) return;
    if (this.#losing) this.lost++;
    else this.#link.push(message);
  }

  #deliver(message: Message): void {
    if (this.#connection.closing) return;
    if (this.#losing || this.#connection.unsent > FEED_BYTES_MAX) {
      this.#losing = true;
      this.lost++;
      return;
    }
    this.sent++;
    const data = message.make(wallNs());
    this.#connection.write(typeof data === 'string' ? textMessage(data) : binaryMessage(data));
  }

  #drained(): void {
    if (!this.#losing) return;
    this.#losing = false;
    this.#options.recovered(this.lost);
  }

  ping(): void {
    this.#connection.ping();
  }

  close(code: number, reason: string): void {
    this.#connection.close(code, reason);
  }
}

/** Wall time to the microsecond, as ns since 1970. */
const wallNs = (): bigint =>
  BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000)) * 1000n;
