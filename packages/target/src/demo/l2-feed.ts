// In: the bridge's address and a symbol. Out: the stormed book of that symbol and its prints, from
// /feed in the l2 dialect as any bot gets it. Reconnects with back-off; a hole in the sequence is a
// reason to connect again.
import { text } from 'node:stream/consumers';
import { WebSocket } from 'ws';
import { L2Book, type L2Message, type Take } from './l2-book.ts';

export interface L2FeedOptions {
  bridge: string;
  symbol: string;
  token: string | undefined;
  onUpdate: Take;
  onState: (connected: boolean) => void;
  /** Why the bridge gives no feed now; it is asked again. */
  onRefused: (why: string) => void;
}

const BACKOFF_MS = [100, 200, 500, 1000, 2000] as const;

export class L2Feed {
  readonly #options: L2FeedOptions;
  readonly #book = new L2Book();
  #socket: WebSocket | undefined;
  #timer: NodeJS.Timeout | undefined;
  #attempt = 0;
  #closed = false;

  constructor(options: L2FeedOptions) {
    this.#options = options;
    this.#connect();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#socket?.terminate();
  }

  #connect(): void {
    const { bridge, symbol, token, onState, onRefused } = this.#options;
    const url = new URL('/feed?dialect=l2', bridge.replace(/^http/, 'ws'));
    url.searchParams.set('symbol', symbol);
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const socket = new WebSocket(url, { headers, handshakeTimeout: 5000 });
    this.#socket = socket;
    socket.on('open', () => onState(true));
    socket.on('message', (data) => this.#take(JSON.parse(String(data)) as L2Message));
    let told = false;
    socket.on('unexpected-response', async (_, response) => {
      told = true;
      onRefused(reasonOf(await text(response).catch(() => '')));
      socket.terminate();
    });
    // An error is always followed by close, which is where the next attempt is planned.
    socket.on('error', (error) => {
      if (!told) onRefused(`${bridge}: ${error.message || (error as NodeJS.ErrnoException).code}`);
    });
    socket.on('close', () => {
      onState(false);
      this.#retry();
    });
  }

  #retry(): void {
    if (this.#closed) return;
    const wait = BACKOFF_MS[Math.min(this.#attempt++, BACKOFF_MS.length - 1)];
    this.#timer = setTimeout(() => this.#connect(), wait);
  }

  #take(message: L2Message): void {
    if (message.type === 'snapshot') this.#attempt = 0;
    if (!this.#book.take(message, this.#options.onUpdate)) this.#socket?.terminate();
  }
}

/** The detail of a problem, as the bridge answers. */
function reasonOf(body: string): string {
  try {
    const { detail, code } = JSON.parse(body) as { detail?: unknown; code?: unknown };
    if (typeof code === 'string') return `${code}: ${detail}`;
  } catch {
    // Told below.
  }
  return 'what answers there has no feed';
}
