// In: the bridge's address and a symbol. Out: the stormed book of that symbol and its prints, from
// /feed in the l2 dialect as any bot gets it. Reconnects with back-off; a hole in the sequence is a
// reason to connect again.
import { WebSocket } from 'ws';
import type { Touch } from './market-maker.ts';

export interface Print {
  price: number;
  qty: number;
  /** Who took; null when it was hidden or a cross. */
  aggressor: 'buy' | 'sell' | null;
}

export interface L2FeedOptions {
  bridge: string;
  symbol: string;
  token: string | undefined;
  /** The prints of an update, then the touch that it left; no touch while a side is empty. */
  onUpdate: (prints: readonly Print[], touch: Touch | undefined) => void;
  onState: (connected: boolean) => void;
}

interface L2Message {
  type: 'snapshot' | 'update' | 'heartbeat';
  seq: number;
  prev_seq: number;
  ts_run_ns: number;
  bids: [price: number, qty: number, orders: number][];
  asks: [price: number, qty: number, orders: number][];
  trades: [price: number, qty: number, aggressor: 'buy' | 'sell' | null][];
}

const BACKOFF_MS = [100, 200, 500, 1000, 2000] as const;

export class L2Feed {
  readonly #options: L2FeedOptions;
  readonly #bids = new Map<number, number>();
  readonly #asks = new Map<number, number>();
  #seq = 0;
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
    const { bridge, symbol, token, onState } = this.#options;
    const url = new URL('/feed?dialect=l2', bridge.replace(/^http/, 'ws'));
    url.searchParams.set('symbol', symbol);
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const socket = new WebSocket(url, { headers, handshakeTimeout: 5000 });
    this.#socket = socket;
    socket.on('open', () => onState(true));
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
    const message = JSON.parse(text) as L2Message;
    if (message.type === 'heartbeat') return;
    if (message.type === 'snapshot') this.#begin();
    else if (message.prev_seq !== this.#seq) {
      this.#socket?.terminate();
      return;
    }
    this.#seq = message.seq;
    store(this.#bids, message.bids);
    store(this.#asks, message.asks);
    const prints = (message.trades ?? []).map(([price, qty, aggressor]) => ({
      price,
      qty,
      aggressor,
    }));
    this.#options.onUpdate(prints, this.#touch(message.ts_run_ns));
  }

  #begin(): void {
    this.#attempt = 0;
    this.#bids.clear();
    this.#asks.clear();
  }

  #touch(ts_run_ns: number): Touch | undefined {
    const bid = best(this.#bids, Math.max);
    const ask = best(this.#asks, Math.min);
    if (bid === undefined || ask === undefined || bid >= ask) return undefined;
    const bid_qty = this.#bids.get(bid) ?? 0;
    const ask_qty = this.#asks.get(ask) ?? 0;
    return { ts_run_ns, bid, ask, bid_qty, ask_qty };
  }
}

function store(side: Map<number, number>, levels: L2Message['bids']): void {
  for (const [price, qty] of levels) {
    if (qty === 0) side.delete(price);
    else side.set(price, qty);
  }
}

function best(side: Map<number, number>, better: (a: number, b: number) => number) {
  let found: number | undefined;
  for (const price of side.keys()) found = found === undefined ? price : better(found, price);
  return found;
}
