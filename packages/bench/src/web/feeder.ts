// The engine's end of the telemetry link, as far as frames go down it: greets, beats, sends what it is
// told. A bridge joins it, and so does the gauge.
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import * as abi from '@wavetank/abi';

const BEAT_MS = 200;

export class Feeder {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #beat: NodeJS.Timeout;

  private constructor() {
    this.#server = createServer({ noDelay: true }, (socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => this.#sockets.delete(socket));
      socket.resume();
      socket.write(header());
      socket.write(heartbeat());
    });
    this.#beat = setInterval(() => this.send(heartbeat()), BEAT_MS);
  }

  static async listen(): Promise<Feeder> {
    const feeder = new Feeder();
    feeder.#server.listen(0, '127.0.0.1');
    await once(feeder.#server, 'listening');
    return feeder;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  send(bytes: Uint8Array): void {
    for (const socket of this.#sockets) socket.write(bytes);
  }

  close(): void {
    clearInterval(this.#beat);
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
  }
}

function header(): Uint8Array {
  const view = new DataView(new ArrayBuffer(abi.HEADER_FRAME_SIZE));
  abi.encodeHeaderFrame(view, 0, {
    ...abi.decodeHeaderFrame(view),
    frame_kind: abi.FrameKind.Header,
    abi_hash: abi.ABI_HASH,
    abi_version: abi.ABI_VERSION,
    wire_version: abi.WIRE_VERSION,
    engine_pid: process.pid,
    epoch: 1,
    source_kind: abi.SourceKind.Synthetic,
  });
  return abi.wireFrame(new Uint8Array(view.buffer));
}

function heartbeat(): Uint8Array {
  const view = new DataView(new ArrayBuffer(abi.HEARTBEAT_FRAME_SIZE));
  abi.encodeHeartbeatFrame(view, 0, {
    ...abi.decodeHeartbeatFrame(view),
    frame_kind: abi.FrameKind.Heartbeat,
    speed_milli: 1000,
    transport: abi.TransportState.Playing,
  });
  return abi.wireFrame(new Uint8Array(view.buffer));
}
