// In: the payload of a telemetry frame. Out: one Frame that every viewer shares: its wire bytes, its
// JSON made once and only when asked for, and how it may be treated on the way.
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

const LOSSLESS: ReadonlySet<number> = new Set([FrameKind.Risk, FrameKind.Chaos, FrameKind.Storm]);

export class Frame {
  readonly kind: number;
  /** With length and version, as the link carried it. */
  readonly wire: Uint8Array<ArrayBuffer>;
  readonly payload: DataView;
  readonly instrument: number;
  readonly symbol: string;
  #json: string | undefined;

  /** Copies the bytes: a frame outlives the buffer it came in. */
  constructor(arrived: DataView) {
    const bytes = new Uint8Array(arrived.buffer, arrived.byteOffset, arrived.byteLength);
    this.wire = wireFrame(bytes);
    this.payload = new DataView(this.wire.buffer, WIRE_HEAD_SIZE);
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

  get json(): string | undefined {
    this.#json ??= JSON.stringify(frameJson(this.payload));
    return this.#json;
  }
}
