// In: frames for one WebSocket. Out: what that socket can take: while it is slow, lossy frames are
// replaced by newer ones of their kind and instrument and counted; frames that must not be lost are
// kept up to a bound, beyond which the viewer is closed with 1013. Never waits, never slows anybody.
import { answerFrame, FrameKind } from '@wavetank/abi';
import type { WebSocket } from 'ws';
import type { Frame } from './frame.ts';
import { StalledLink } from './stalled-link.ts';

/** Bytes buffered for a viewer above which lossy frames wait for it. */
export const LOSSY_BYTES = 64 * 1024;
/** Bytes buffered for a viewer above which it is closed. */
export const LOSSLESS_BYTES = 1024 * 1024;
/** How long a viewer that is closed may take to hear it. */
const CLOSE_GRACE_MS = 5000;
export const TRY_AGAIN_LATER = 1013;

export type StreamFormat = 'json' | 'binary';

export interface ViewerOptions {
  format: StreamFormat;
  /** Instruments it wants, by symbol; empty is all. */
  symbols: readonly string[];
  onGone: (viewer: Viewer, reason: string) => void;
  /** A target's link: frames reach it when the storms let them. */
  link?: { until: (ts_ns: number, symbols: ReadonlySet<string>) => number; speed: () => number };
}

/** Something only the bridge knows: the link's state, where the history is. */
export interface Notice {
  type: string;
  [key: string]: unknown;
}

// What a symbol filter leaves out; Risk, Chaos and Storm frames reach every viewer.
const FILTERED: ReadonlySet<number> = new Set([FrameKind.Tick, FrameKind.Book, FrameKind.Trade]);

export class Viewer {
  readonly #socket: WebSocket;
  readonly #options: ViewerOptions;
  readonly #waiting = new Map<string, Frame>();
  readonly #symbols: ReadonlySet<string>;
  readonly #link: StalledLink<Frame> | undefined;
  #told = 0;
  #closing = false;
  #alive = true;
  #grace: NodeJS.Timeout | undefined;
  /** Why it was cut off, where the other side cannot be told. */
  #why: string | undefined;
  /** Frames it did not get because it was slow. */
  dropped = 0;

  constructor(socket: WebSocket, options: ViewerOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#symbols = new Set(options.symbols);
    this.#link = this.#linkOf(options);
    socket.on('pong', () => {
      this.#alive = true;
    });
    socket.on('message', () => this.close(1008, 'this stream takes no messages'));
    socket.on('error', () => {});
    socket.on('close', (code, reason) => this.#gone(code, String(reason)));
  }

  get symbols(): readonly string[] {
    return this.#options.symbols;
  }

  #linkOf({ link }: ViewerOptions): StalledLink<Frame> | undefined {
    if (link === undefined) return undefined;
    return new StalledLink({
      until: (ts_ns) => link.until(ts_ns, this.#symbols),
      speed: link.speed,
      deliver: (frame) => this.#deliver(frame),
    });
  }

  /** Frames that a stall of the delivery made late. */
  get stalled(): number {
    return this.#link?.stalled ?? 0;
  }

  wants(frame: Frame): boolean {
    if (this.#symbols.size === 0 || frame.instrument === 0) return true;
    return !FILTERED.has(frame.kind) || this.#symbols.has(frame.symbol);
  }

  offer(frame: Frame): void {
    if (this.#closing || !this.wants(frame)) return;
    if (this.#link === undefined) this.#deliver(frame);
    else this.#link.push(frame);
  }

  #deliver(frame: Frame): void {
    if (this.#closing) return;
    const free = this.#waiting.size === 0 && this.#socket.bufferedAmount <= LOSSY_BYTES;
    if (frame.lossless ? !this.#overfull() : free) this.#send(frame);
    else if (!frame.lossless) this.#wait(frame);
  }

  /** Notices are few and small, and come through as long as the viewer lives. */
  notice(notice: Notice): void {
    if (this.#closing || this.#overfull()) return;
    const { type, ...body } = notice;
    if (this.#options.format === 'json') this.#write(JSON.stringify(notice));
    else this.#write(answerFrame(0, { notice: type, ...body }));
  }

  /** Closes a viewer that cannot take what must not be lost. */
  #overfull(): boolean {
    if (this.#socket.bufferedAmount <= LOSSLESS_BYTES) return false;
    this.close(TRY_AGAIN_LATER, 'too slow: a frame that must not be lost did not fit');
    return true;
  }

  #wait(frame: Frame): void {
    // Prints have no newest one that stands for the others: they are dropped and counted.
    if (frame.kind === FrameKind.Trade) {
      this.dropped++;
      return;
    }
    const key = `${frame.kind}:${frame.instrument}`;
    if (this.#waiting.delete(key)) this.dropped++;
    this.#waiting.set(key, frame);
  }

  #send(frame: Frame): void {
    const data = this.#options.format === 'binary' ? frame.wire : frame.json;
    if (data !== undefined) this.#write(data);
  }

  #write(data: string | Uint8Array): void {
    this.#socket.send(data, () => this.#drained());
  }

  #drained(): void {
    if (this.#closing) return;
    for (const [key, frame] of this.#waiting) {
      if (this.#socket.bufferedAmount > LOSSY_BYTES) return;
      this.#waiting.delete(key);
      this.#send(frame);
    }
    if (this.dropped !== this.#told) {
      this.#told = this.dropped;
      this.notice({ type: 'dropped', dropped: this.dropped });
    }
  }

  /** Asks for a sign of life; a viewer that gave none since the last time is cut off. */
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
    this.#waiting.clear();
    this.#socket.close(code, reason);
    this.#grace = setTimeout(() => this.#socket.terminate(), CLOSE_GRACE_MS);
  }

  #gone(code: number, reason: string): void {
    this.#closing = true;
    this.#waiting.clear();
    this.#link?.close();
    clearTimeout(this.#grace);
    this.#options.onGone(this, this.#why ?? (reason === '' ? `code ${code}` : reason));
  }
}
