// In: a running desk. Out: viewers beside the page for a soak: one that counts what it was not given
// against what it was told it would not get, a bot's feed that must have no hole, and one that stalls.
import { WebSocket } from 'ws';

interface Said {
  type: string;
  seq?: number;
  prev_seq?: number;
  trade_no?: number;
  dropped?: number;
  lost?: number;
  feed_dropped?: number;
}

const at = (url: string, path: string): string => url.replace(/^http/, 'ws') + path;

function listen(url: string, take: (said: Said) => void): WebSocket {
  const socket = new WebSocket(url);
  socket.on('message', (data) => take(JSON.parse(String(data)) as Said));
  return socket;
}

/** A telemetry viewer: prints it misses, and frames that the bridge and the engine say they left out. */
export class Auditor {
  readonly #socket: WebSocket;
  #trade = 0;
  #dropped = 0;
  #feedDropped = 0;
  prints = 0;
  missed = 0;

  constructor(desk: string, symbol: string) {
    this.#socket = listen(at(desk, `/stream?symbol=${symbol}`), (said) => this.#take(said));
  }

  #take({ type, trade_no = 0, dropped, feed_dropped }: Said): void {
    this.#dropped = dropped ?? this.#dropped;
    this.#feedDropped = feed_dropped ?? this.#feedDropped;
    if (type !== 'trade') return;
    if (this.#trade > 0) this.missed += trade_no - this.#trade - 1;
    this.#trade = trade_no;
    this.prints++;
  }

  get told(): number {
    return this.#dropped + this.#feedDropped;
  }

  close(): void {
    this.#socket.terminate();
  }
}

/** A bot's l2 feed: each message goes on where the last ended, or is a snapshot. */
export class Chain {
  readonly #socket: WebSocket;
  #seq = 0;
  #begun = false;
  updates = 0;
  holes = 0;
  /** Messages that snapshots said were left out. */
  lost = 0;

  constructor(desk: string, symbol: string) {
    this.#socket = listen(at(desk, `/feed?dialect=l2&symbol=${symbol}`), (said) =>
      this.#take(said),
    );
  }

  #take({ type, seq = 0, prev_seq, lost = 0 }: Said): void {
    if (type === 'heartbeat') return;
    if (type === 'update' && this.#begun && prev_seq !== this.#seq) this.holes++;
    if (type === 'snapshot') this.lost += lost;
    this.#begun = true;
    this.#seq = seq;
    this.updates++;
  }

  close(): void {
    this.#socket.terminate();
  }
}

/** Reads nothing, so it cannot see either that the bridge closed it. */
export class Stalled {
  readonly #url: string;
  #socket: WebSocket;

  constructor(desk: string, symbol: string) {
    this.#url = at(desk, `/stream?symbol=${symbol}`);
    this.#socket = this.#open();
  }

  /** Another one in its place. */
  again(): void {
    this.#socket.terminate();
    this.#socket = this.#open();
  }

  #open(): WebSocket {
    const socket = new WebSocket(this.#url);
    socket.on('open', () => socket.pause());
    socket.on('error', () => {});
    return socket;
  }

  close(): void {
    this.#socket.terminate();
  }
}
