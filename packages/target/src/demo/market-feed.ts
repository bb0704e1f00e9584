// In: the bridge's address and a symbol. Out: quotes of that symbol's stormed market, from the
// public /stream as any client gets it. Reconnects with back-off; says when it is connected.
import type { BookJson, FrameJson } from '@wavetank/abi';
import { WebSocket } from 'ws';
import type { Quote } from './strategy.ts';

export interface FeedOptions {
  bridge: string;
  symbol: string | undefined;
  token: string | undefined;
  onQuote: (symbol: string, quote: Quote) => void;
  onState: (connected: boolean) => void;
}

const BACKOFF_MS = [100, 200, 500, 1000, 2000] as const;

export class MarketFeed {
  readonly #options: FeedOptions;
  #socket: WebSocket | undefined;
  #timer: NodeJS.Timeout | undefined;
  #attempt = 0;
  #symbol: string | undefined;
  #closed = false;

  constructor(options: FeedOptions) {
    this.#options = options;
    this.#symbol = options.symbol;
    this.#connect();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#socket?.terminate();
  }

  #connect(): void {
    const { bridge, symbol, token, onState } = this.#options;
    const url = new URL('/stream?role=target', bridge.replace(/^http/, 'ws'));
    if (symbol !== undefined) url.searchParams.set('symbol', symbol);
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const socket = new WebSocket(url, { headers, maxPayload: 1024 * 1024, handshakeTimeout: 5000 });
    this.#socket = socket;
    socket.on('open', () => {
      this.#attempt = 0;
      onState(true);
    });
    socket.on('message', (data) => this.#take(String(data)));
    // An error is always followed by close, which is where the next attempt is planned.
    socket.on('error', () => {});
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

  #take(text: string): void {
    const frame = parsed(text);
    if (frame === undefined) {
      this.#socket?.terminate();
      return;
    }
    if (frame.type !== 'book' || frame.symbol === null) return;
    // Without a symbol asked for, the first one seen is the one it trades.
    this.#symbol ??= frame.symbol;
    if (frame.symbol !== this.#symbol) return;
    const quote = quoteOf(frame);
    if (quote !== undefined) this.#options.onQuote(frame.symbol, quote);
  }
}

/** A server that sends anything else is no bridge. */
function parsed(text: string): FrameJson | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as FrameJson) : undefined;
  } catch {
    return undefined;
  }
}

function quoteOf({ bids: [bid], asks: [ask], ts_run_ns }: BookJson): Quote | undefined {
  if (bid === undefined || ask === undefined || bid[0] >= ask[0]) return undefined;
  return { ts_run_ns, bid: bid[0], bid_qty: bid[1], ask: ask[0], ask_qty: ask[1] };
}
