// One WebSocket as the bridge sees it. In: messages as bytes, any number in a turn of the loop. Out: one
// write for all of a turn; how far the other side is behind; a sign of life asked for; an end with a
// reason. Never waits. What is written goes past `ws`, which only reads, pings and closes.
import type { Duplex } from 'node:stream';
import { type RawData, WebSocket } from 'ws';

/** Bytes of one turn that are gathered: beyond them what lies unsent must be what the kernel refused. */
const TURN_BYTES = 32 * 1024;
/** How long a client that is closed may take to hear it. */
const CLOSE_GRACE_MS = 5000;

export interface ConnectionEvents {
  message(data: RawData, binary: boolean): void;
  /** It was slow, and has taken everything. */
  drained(): void;
  gone(reason: string): void;
}

export class Connection {
  readonly #ws: WebSocket;
  readonly #socket: Duplex;
  /** What this turn brought so far. */
  #turn: Uint8Array[] = [];
  #turnBytes = 0;
  #closing = false;
  #alive = true;
  #grace: NodeJS.Timeout | undefined;
  /** Why we ended it; what the other side says of itself is counted by its code alone. */
  #why: string | undefined;

  /** `socket` is the one that `ws` was upgraded from. */
  constructor(ws: WebSocket, socket: Duplex, events: ConnectionEvents) {
    this.#ws = ws;
    this.#socket = socket;
    ws.on('pong', () => {
      this.#alive = true;
    });
    ws.on('message', (data, binary) => events.message(data, binary));
    ws.on('error', () => {});
    socket.on('drain', () => {
      if (!this.#closing) events.drained();
    });
    ws.on('close', (code) => {
      this.#closing = true;
      clearTimeout(this.#grace);
      events.gone(this.#why ?? `code ${code}`);
    });
  }

  /** It is being closed, or is: nothing more is written. */
  get closing(): boolean {
    return this.#closing;
  }

  /** More lies unsent than a healthy client ever leaves: Node's own mark, 64 KiB. */
  get slow(): boolean {
    return this.#socket.writableNeedDrain;
  }

  get unsent(): number {
    return this.#socket.writableLength + this.#turnBytes;
  }

  write(message: Uint8Array): void {
    if (this.#closing || this.#ws.readyState !== WebSocket.OPEN) return;
    if (this.#turn.length === 0) process.nextTick(flush, this);
    this.#turn.push(message);
    this.#turnBytes += message.length;
    if (this.#turnBytes > TURN_BYTES) this.flush();
  }

  /** What was gathered goes out. */
  flush(): void {
    if (this.#turn.length === 0) return;
    const bytes = joined(this.#turn);
    this.#turn = [];
    this.#turnBytes = 0;
    if (this.#socket.writable) this.#socket.write(bytes);
  }

  /** Asks for a sign of life; a client that gave none since the last time is cut off. */
  ping(): void {
    if (!this.#alive) {
      this.#closing = true;
      this.#why = 'no answer to a ping';
      this.#ws.terminate();
      return;
    }
    this.#alive = false;
    this.flush();
    this.#ws.ping();
  }

  close(code: number, reason: string): void {
    if (this.#closing) return;
    this.flush();
    this.#closing = true;
    this.#why = reason;
    this.#ws.close(code, reason);
    this.#grace = setTimeout(() => this.#ws.terminate(), CLOSE_GRACE_MS);
  }
}

const flush = (connection: Connection): void => connection.flush();

let last: { turn: readonly Uint8Array[]; bytes: Uint8Array } = {
  turn: [],
  bytes: new Uint8Array(0),
};

/** One piece: viewers that follow the same symbols get the same messages, joined once for all. */
function joined(turn: readonly Uint8Array[]): Uint8Array {
  const [only] = turn;
  if (turn.length === 1 && only !== undefined) return only;
  const same = turn.length === last.turn.length && turn.every((one, i) => one === last.turn[i]);
  if (!same) last = { turn, bytes: Buffer.concat(turn) };
  return last.bytes;
}
