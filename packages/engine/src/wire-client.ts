// In: a connected socket and frames by class. Out: bytes on the socket as far as it takes them, and
// parsed requests. A slow client loses view frames, counted; record frames it never loses.
import type { Socket } from 'node:net';
import { decodeMessage, FrameKind, FrameSplitter, payloadKind } from '@wavetank/abi';

/** Unsent bytes above which a client gets no view or feed frames. */
const LOSSY_LIMIT = 512 * 1024;
/** Unsent bytes above which the primary client holds virtual time. */
export const RECORD_LIMIT = 4 * 1024 * 1024;
/** Unsent bytes above which any other client is closed. */
const SECONDARY_LIMIT = 16 * 1024 * 1024;
const CLOSE_GRACE_MS = 500;
/** Largest request. */
const REQUEST_MAX = 64 * 1024;

export interface Request {
  id: number;
  method: string;
  params: Record<string, unknown>;
}

/** One connection. */
export class WireClient {
  readonly #socket: Socket;
  readonly #splitter = new FrameSplitter(REQUEST_MAX);
  lossyDropped = 0;
  /** It asked to be spared the feed class for now. */
  feedHeld = false;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
  }

  /** Reads requests until the connection ends; `refuse` gets what is no request. */
  listen(serve: (request: Request) => void, refuse: (why: string) => void): void {
    this.#socket.on('data', (chunk: Buffer) => {
      try {
        this.#splitter.push(chunk, (payload) => {
          if (payloadKind(payload) !== FrameKind.Control) return;
          const { id, body } = decodeMessage(payload);
          serve(toRequest(id, body));
        });
      } catch (error) {
        refuse(error instanceof Error ? error.message : String(error));
        this.#socket.destroy();
      }
    });
  }

  /** The record class has backed up on this connection. */
  get behind(): boolean {
    return this.#socket.writableLength > RECORD_LIMIT;
  }

  /** It takes no view or feed frames now. */
  get full(): boolean {
    return this.#socket.writableLength > LOSSY_LIMIT;
  }

  send(bytes: Uint8Array): void {
    if (this.#socket.writable) this.#socket.write(bytes);
  }

  /** View or feed bytes; dropped whole when the connection is behind, or takes no feed. */
  sendLossy(bytes: Uint8Array, isFeed: boolean): void {
    if (this.full || (isFeed && this.feedHeld)) this.lossyDropped++;
    else this.send(bytes);
  }

  /** Closes a connection that is not the primary and takes nothing. */
  closeIfHopeless(): void {
    if (this.#socket.writableLength > SECONDARY_LIMIT) this.#socket.destroy();
  }

  onDrain(listener: () => void): void {
    this.#socket.on('drain', listener);
  }

  /** Ends the connection once what was sent is out, or when the peer does not take it. */
  close(): void {
    this.#socket.destroySoon();
    const force = setTimeout(() => this.#socket.destroy(), CLOSE_GRACE_MS);
    this.#socket.once('close', () => clearTimeout(force));
  }
}

function toRequest(id: number, body: unknown): Request {
  const { method, params } = (body ?? {}) as { method?: unknown; params?: unknown };
  if (typeof method !== 'string') return { id, method: '', params: {} };
  const object = typeof params === 'object' && params !== null && !Array.isArray(params);
  return { id, method, params: object ? (params as Record<string, unknown>) : {} };
}
