// In: frames for one WebSocket. Out: what that socket can take: while it is slow, lossy frames are
// replaced by newer ones of their kind and instrument and counted; frames that must not be lost are
// kept up to a bound, beyond which the viewer is closed with 1013. Never waits, never slows anybody.

import type { Duplex } from 'node:stream';
import { answerFrame, FrameKind } from '@wavetank/abi';
import type { WebSocket } from 'ws';
import { Connection } from './connection.ts';
import type { Frame, StreamFormat } from './frame.ts';
import { StalledLink } from './stalled-link.ts';
import { binaryMessage, textMessage } from './ws-message.ts';

/** Bytes buffered for a viewer above which it is closed. */
const LOSSLESS_BYTES = 1024 * 1024;
const TRY_AGAIN_LATER = 1013;

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
  readonly #connection: Connection;
  readonly #options: ViewerOptions;
  readonly #waiting = new Map<string, Frame>();
  readonly #symbols: ReadonlySet<string>;
  readonly #link: StalledLink<Frame> | undefined;
  #told = 0;
  /** Frames it did not get because it was slow. */
  dropped = 0;

  constructor(ws: WebSocket, socket: Duplex, options: ViewerOptions) {
    this.#options = options;
    this.#symbols = new Set(options.symbols);
    this.#link = this.#linkOf(options);
    this.#connection = new Connection(ws, socket, {
      message: () => this.close(1008, 'this stream takes no messages'),
      drained: () => this.#drained(),
      gone: (reason) => {
        this.#waiting.clear();
        this.#link?.close();
        options.onGone(this, reason);
      },
    });
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
    if (this.#connection.closing || !this.wants(frame)) return;
    if (this.#link === undefined) this.#deliver(frame);
    else this.#link.push(frame);
  }

  #deliver(frame: Frame): void {
    if (this.#connection.closing) return;
    const free = this.#waiting.size === 0 && !this.#connection.slow;
    if (frame.lossless ? !this.#overfull() : free) this.#send(frame);
    else if (!frame.lossless) this.#wait(frame);
  }

  /** Notices are few and small, and come through as long as the viewer lives. */
  notice(notice: Notice): void {
    if (this.#connection.closing || this.#overfull()) return;
    const { type, ...body } = notice;
    const json = this.#options.format === 'json';
    this.#connection.write(
      json
        ? textMessage(JSON.stringify(notice))
        : binaryMessage(answerFrame(0, { notice: type, ...body })),
    );
  }

  /** Closes a viewer that cannot take what must not be lost. */
  #overfull(): boolean {
    if (this.#connection.unsent <= LOSSLESS_BYTES) return false;
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
    const message = frame.message(this.#options.format);
    if (message !== undefined) this.#connection.write(message);
  }

  #drained(): void {
    for (const [key, frame] of this.#waiting) {
      if (this.#connection.slow) return;
      this.#waiting.delete(key);
      this.#send(frame);
    }
    if (this.dropped !== this.#told) {
      this.#told = this.dropped;
      this.notice({ type: 'dropped', dropped: this.dropped });
    }
  }

  ping(): void {
    this.#connection.ping();
  }

  close(code: number, reason: string): void {
    this.#waiting.clear();
    this.#connection.close(code, reason);
  }
}
