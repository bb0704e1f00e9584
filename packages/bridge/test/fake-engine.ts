// An engine that speaks the wire contract and does what a test says: requests are kept, answers come
// from a table, frames leave when told.

import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import * as abi from '@wavetank/abi';

export class Refusal extends Error {
  readonly body: { status: number; code: string; title: string; detail: string };
  constructor(status: number, code: string, detail = 'because') {
    super(code);
    this.body = { status, code, title: code, detail };
  }
}

type Params = { [key: string]: unknown };
type Answers = { [method: string]: (params: Params) => unknown };

const zero = (size: number): DataView => new DataView(new ArrayBuffer(size));

export class FakeEngine {
  readonly requests: { method: string; params: Params }[] = [];
  readonly answers: Answers = {};
  header: Partial<abi.HeaderFrame> = {};
  port = 0;
  #server: Server | undefined;
  readonly #sockets = new Set<Socket>();

  static async start(answers: Answers = {}): Promise<FakeEngine> {
    const engine = new FakeEngine();
    Object.assign(engine.answers, answers);
    await engine.listen();
    return engine;
  }

  async listen(): Promise<void> {
    const server = createServer((socket) => this.#greet(socket));
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.port = (server.address() as AddressInfo).port;
  }

  get connections(): number {
    return this.#sockets.size;
  }

  #greet(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => this.#sockets.delete(socket));
    socket.write(this.headerBytes());
    const splitter = new abi.FrameSplitter();
    socket.on('data', (chunk: Buffer) =>
      splitter.push(chunk, (payload) => {
        const { id, body } = abi.decodeMessage(payload);
        void this.#serve(socket, id, body as { method: string; params: Params });
      }),
    );
  }

  async #serve(socket: Socket, id: number, request: { method: string; params: Params }) {
    this.requests.push(request);
    try {
      const answer = this.answers[request.method];
      if (answer === undefined) throw new Refusal(404, 'METHOD_UNKNOWN', request.method);
      const result = await answer(request.params);
      socket.write(abi.answerFrame(id, { ok: true, result }));
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown;
      socket.write(abi.answerFrame(id, { ok: false, error: thrown.body }));
    }
  }

  headerBytes(): Uint8Array {
    const view = zero(abi.HEADER_FRAME_SIZE);
    abi.encodeHeaderFrame(view, 0, {
      ...abi.decodeHeaderFrame(view),
      frame_kind: abi.FrameKind.Header,
      abi_hash: abi.ABI_HASH,
      abi_version: abi.ABI_VERSION,
      wire_version: abi.WIRE_VERSION,
      engine_pid: 4242,
      epoch: 1,
      source_kind: abi.SourceKind.Synthetic,
      seed: 7n,
      ...this.header,
    });
    return abi.wireFrame(new Uint8Array(view.buffer));
  }

  send(bytes: Uint8Array): void {
    for (const socket of this.#sockets) socket.write(bytes);
  }

  notice(body: object): void {
    this.send(abi.answerFrame(0, body));
  }

  beat(with_: Partial<abi.HeartbeatFrame> = {}): void {
    const view = zero(abi.HEARTBEAT_FRAME_SIZE);
    abi.encodeHeartbeatFrame(view, 0, {
      ...abi.decodeHeartbeatFrame(view),
      frame_kind: abi.FrameKind.Heartbeat,
      speed_milli: 1000,
      transport: abi.TransportState.Playing,
      ...with_,
    });
    this.send(abi.wireFrame(new Uint8Array(view.buffer)));
  }

  tick(with_: Partial<abi.TickFrame> = {}): void {
    const view = zero(abi.TICK_FRAME_SIZE);
    abi.encodeTickFrame(view, 0, {
      ...abi.decodeTickFrame(view),
      frame_kind: abi.FrameKind.Tick,
      symbol: 'AAPL',
      instrument_id: 1,
      mid_x2: 2_000_000,
      ...with_,
    });
    this.send(abi.wireFrame(new Uint8Array(view.buffer)));
  }

  book(with_: Partial<abi.BookFrame> = {}, bid = 999_900): void {
    const view = zero(abi.BOOK_FRAME_SIZE + 2 * abi.VIEW_LEVEL_SIZE);
    abi.encodeBookFrame(view, 0, {
      ...abi.decodeBookFrame(view),
      frame_kind: abi.FrameKind.Book,
      symbol: 'AAPL',
      instrument_id: 1,
      bid_count: 1,
      ask_count: 1,
      ...with_,
    });
    const level = { price: bid, qty: 500, injected_qty: 0, orders: 3, reserved: 0 };
    abi.encodeViewLevel(view, abi.BOOK_FRAME_SIZE, level);
    const ask = { ...level, price: bid + 200 };
    abi.encodeViewLevel(view, abi.BOOK_FRAME_SIZE + abi.VIEW_LEVEL_SIZE, ask);
    this.send(abi.wireFrame(new Uint8Array(view.buffer)));
  }

  storm(with_: Partial<abi.StormFrame> = {}): void {
    const view = zero(abi.STORM_FRAME_SIZE);
    abi.encodeStormFrame(view, 0, {
      ...abi.decodeStormFrame(view),
      frame_kind: abi.FrameKind.Storm,
      frame_flags: abi.FrameFlags.RECORD,
      symbol: 'AAPL',
      instrument_id: 1,
      storm_id: 1,
      kind: abi.StormKind.FlashCrash,
      kind_name: 'FlashCrash',
      severity_ppm: 800_000,
      duration_ms: 10_000,
      seed: 7n,
      phase: abi.StormPhase.Running,
      events: 10,
      ...with_,
    });
    this.send(abi.wireFrame(new Uint8Array(view.buffer)));
  }

  /** Breaks every connection, as a death would. */
  drop(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.drop();
    const server = this.#server;
    if (server?.listening) await new Promise((resolve) => server.close(resolve));
  }
}
