// In: the payload of a telemetry frame. Out: one Frame that every viewer shares: the message that carries
// it, made once for each form that is asked for, and how it may be treated on the way.
import {
  FRAME_PREFIX,
  FrameFlags,
  FrameKind,
  frameJson,
  payloadKind,
  readText,
  readU64,
  WIRE_HEAD_SIZE,
  wireFrame,
} from '@wavetank/abi';
import { binaryMessage, textMessage } from './ws-message.ts';

export type StreamFormat = 'json' | 'binary';

const LOSSLESS: ReadonlySet<number> = new Set([FrameKind.Risk, FrameKind.Chaos, FrameKind.Storm]);

export class Frame {
  readonly kind: number;
  /** With length and version, as the link carried it. */
  readonly #wire: Uint8Array<ArrayBuffer>;
  readonly payload: DataView;
  readonly instrument: number;
  readonly symbol: string;
  #binary: Uint8Array | undefined;
  /** Null where the frame has no such form. */
  #json: Uint8Array | null | undefined;

  /** Copies the bytes: a frame outlives the buffer it came in. Small ones share a piece of Node's pool. */
  constructor(arrived: DataView) {
    const bytes = new Uint8Array(arrived.buffer, arrived.byteOffset, arrived.byteLength);
    const { buffer, byteOffset, byteLength } = wireFrame(
      bytes,
      Buffer.allocUnsafe(WIRE_HEAD_SIZE + bytes.length),
    );
    this.#wire = new Uint8Array(buffer, byteOffset, byteLength);
    this.payload = new DataView(buffer, byteOffset + WIRE_HEAD_SIZE, bytes.length);
    this.kind = payloadKind(this.payload);
    this.instrument = this.payload.getUint32(FRAME_PREFIX.instrument_id, true);
    this.symbol = readText(this.payload, FRAME_PREFIX.symbol, 8);
  }

  /** Never dropped on the way to a viewer. */
  get lossless(): boolean {
    return LOSSLESS.has(this.kind);
  }

  /** The tick of a run's record: 1 Hz of virtual time. */
  get recorded(): boolean {
    return (this.payload.getUint16(FRAME_PREFIX.frame_flags, true) & FrameFlags.RECORD) !== 0;
  }

  get seq(): number {
    return readU64(this.payload, FRAME_PREFIX.seq);
  }

  get tsRunNs(): number {
    return readU64(this.payload, FRAME_PREFIX.ts_run_ns);
  }

  /** As a WebSocket message; undefined when the frame has no such form. */
  message(format: StreamFormat): Uint8Array | undefined {
    if (format === 'binary') {
      this.#binary ??= binaryMessage(this.#wire);
      return this.#binary;
    }
    if (this.#json === undefined) this.#json = this.#text();
    return this.#json ?? undefined;
  }

  #text(): Uint8Array | null {
    const json = frameJson(this.payload);
    return json === undefined ? null : textMessage(JSON.stringify(json));
  }
}
