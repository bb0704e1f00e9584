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
  readonly #messages = new Map<StreamFormat, Uint8Array | undefined>();

  /** Copies the bytes: a frame outlives the buffer it came in. */
  constructor(arrived: DataView) {
    const bytes = new Uint8Array(arrived.buffer, arrived.byteOffset, arrived.byteLength);
    this.#wire = wireFrame(bytes);
    this.payload = new DataView(this.#wire.buffer, WIRE_HEAD_SIZE);
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
    const made = this.#messages.get(format);
    if (made !== undefined || this.#messages.has(format)) return made;
    const message = format === 'binary' ? binaryMessage(this.#wire) : this.#text();
    this.#messages.set(format, message);
    return message;
  }

  #text(): Uint8Array | undefined {
    const json = frameJson(this.payload);
    return json === undefined ? undefined : textMessage(JSON.stringify(json));
  }
}
