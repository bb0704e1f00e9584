// In: frames by class from the engine, requests from clients. Out: every client served; the oldest is
// the primary, whose record class is lossless and holds virtual time when it backs up.
import { createServer, type Server, type Socket } from 'node:net';
import { answerFrame } from '@wavetank/abi';
import { type Request, WireClient } from './wire-client.ts';

export interface WireHandlers {
  /** First frame of a connection. */
  header: () => Uint8Array;
  /** Serves a request of `client`. */
  serve: (request: Request, client: object) => Promise<unknown>;
  toError: (thrown: unknown) => unknown;
  joined: (client: object) => void;
  left: (client: object) => void;
  /** A client that was behind takes bytes again. */
  drained: () => void;
  refused: (why: string) => void;
}

/** The telemetry and control link. */
export class WireServer {
  readonly #handlers: WireHandlers;
  readonly #server: Server;
  readonly #clients = new Set<WireClient>();

  constructor(handlers: WireHandlers) {
    this.#handlers = handlers;
    this.#server = createServer((socket) => this.#connect(socket));
  }

  /** Binds `port`, or any free one when it is taken; returns the port. */
  async listen(host: string, port: number): Promise<number> {
    try {
      return await this.#bind(host, port);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      return this.#bind(host, 0);
    }
  }

  #bind(host: string, port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ host, port }, () => {
        this.#server.off('error', reject);
        const address = this.#server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : port);
      });
    });
  }

  #connect(socket: Socket): void {
    const client = new WireClient(socket);
    this.#clients.add(client);
    client.send(this.#handlers.header());
    client.listen(
      (request) => void this.#answer(client, request),
      (why) => this.#handlers.refused(why),
    );
    client.onDrain(() => this.#handlers.drained());
    socket.on('error', () => {});
    socket.on('close', () => {
      this.#clients.delete(client);
      this.#handlers.left(client);
    });
    this.#handlers.joined(client);
  }

  async #answer(client: WireClient, request: Request): Promise<void> {
    let body: unknown;
    try {
      body = { ok: true, result: await this.#handlers.serve(request, client) };
    } catch (error) {
      body = { ok: false, error: this.#handlers.toError(error) };
    }
    client.send(answerFrame(request.id, body));
  }

  #primary(): WireClient | undefined {
    const [first] = this.#clients;
    return first;
  }

  get clients(): number {
    return this.#clients.size;
  }

  /** The primary's record class has backed up. */
  get backedUp(): boolean {
    return this.#primary()?.behind ?? false;
  }

  /** The primary takes no feed now: what there is waits in its ring. */
  get feedHeld(): boolean {
    const primary = this.#primary();
    return primary !== undefined && (primary.full || primary.feedHeld);
  }

  /** A client wants no feed for now, or wants it again. */
  holdFeed(client: object, held: boolean): void {
    if (client instanceof WireClient) client.feedHeld = held;
  }

  /** Frames that no client may miss. */
  record(bytes: Uint8Array): void {
    const primary = this.#primary();
    for (const client of this.#clients) {
      client.send(bytes);
      if (client !== primary) client.closeIfHopeless();
    }
  }

  /** Frames that a slow client misses. */
  lossy(bytes: Uint8Array, isFeed: boolean): void {
    for (const client of this.#clients) client.sendLossy(bytes, isFeed);
  }

  async close(): Promise<void> {
    for (const client of this.#clients) client.close();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}
