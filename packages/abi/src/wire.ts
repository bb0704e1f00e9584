// In: bytes of the telemetry link as they arrive. Out: payloads of whole frames; and the other way,
// frames of JSON requests and answers. Knows no socket and none of the telemetry records.
//
// A frame on the link: u32 LE length of the rest, u16 LE wire version, payload. A Control or Answer
// payload: u16 kind, u16 flags (0), u32 request id, UTF-8 JSON.
import { FrameKind, WIRE_VERSION } from './generated.ts';

/** Bytes before a payload: length and version. */
export const WIRE_HEAD_SIZE = 6;
/** Bytes of a Control or Answer payload before its JSON. */
export const MESSAGE_HEAD_SIZE = 8;
/** Largest length a decoder accepts unless told otherwise: nothing near it is ever sent. */
export const WIRE_LENGTH_MAX = 4 * 1024 * 1024;

/** A link that cannot be read on: its framing broke, or it speaks another version. */
export class WireError extends Error {
  readonly code: 'WIRE_LENGTH' | 'WIRE_VERSION' | 'WIRE_JSON';
  constructor(code: WireError['code'], message: string) {
    super(message);
    this.name = 'WireError';
    this.code = code;
  }
}

/** Cuts a byte stream into payloads. Memory is bounded by the largest length allowed. */
export class FrameSplitter {
  readonly #lengthMax: number;
  #held: Uint8Array = new Uint8Array(0);

  constructor(lengthMax: number = WIRE_LENGTH_MAX) {
    this.#lengthMax = lengthMax;
  }

  /** Calls `take` with each whole payload; the views are valid until the next push. */
  push(chunk: Uint8Array, take: (payload: DataView) => void): void {
    const bytes = this.#held.length === 0 ? chunk : joined(this.#held, chunk);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let at = 0;
    while (bytes.length - at >= 4) {
      const length = view.getUint32(at, true);
      this.#judgeLength(length);
      if (bytes.length - at < WIRE_HEAD_SIZE) break;
      judgeVersion(view.getUint16(at + 4, true));
      if (bytes.length - at < 4 + length) break;
      take(new DataView(view.buffer, view.byteOffset + at + WIRE_HEAD_SIZE, length - 2));
      at += 4 + length;
    }
    this.#held = bytes.slice(at);
  }

  #judgeLength(length: number): void {
    // Version, kind and flags at least: a shorter payload has no kind to read.
    if (length >= 6 && length <= this.#lengthMax) return;
    throw new WireError('WIRE_LENGTH', `frame length ${length}, expected 6 to ${this.#lengthMax}`);
  }
}

function judgeVersion(version: number): void {
  if (version === WIRE_VERSION) return;
  throw new WireError('WIRE_VERSION', `wire version ${version}, expected ${WIRE_VERSION}`);
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(a.length + b.length);
  bytes.set(a);
  bytes.set(b, a.length);
  return bytes;
}

/** Puts length and version before a payload; into `frame`, where it is given one of that size. */
export function wireFrame(
  payload: Uint8Array,
  frame: Uint8Array<ArrayBuffer> = new Uint8Array(WIRE_HEAD_SIZE + payload.length),
): Uint8Array<ArrayBuffer> {
  const view = new DataView(frame.buffer, frame.byteOffset);
  view.setUint32(0, payload.length + 2, true);
  view.setUint16(4, WIRE_VERSION, true);
  frame.set(payload, WIRE_HEAD_SIZE);
  return frame;
}

/** The kind of a payload; see FrameKind. */
export const payloadKind = (payload: DataView): number => payload.getUint16(0, true);

/** A whole Control frame, ready to write. */
export const controlFrame = (id: number, body: unknown): Uint8Array<ArrayBuffer> =>
  messageFrame(FrameKind.Control, id, body);

/** A whole Answer frame; id 0 is a notice that nobody asked for. */
export const answerFrame = (id: number, body: unknown): Uint8Array<ArrayBuffer> =>
  messageFrame(FrameKind.Answer, id, body);

function messageFrame(kind: number, id: number, body: unknown): Uint8Array<ArrayBuffer> {
  const json = new TextEncoder().encode(JSON.stringify(body));
  const payload = new Uint8Array(MESSAGE_HEAD_SIZE + json.length);
  const view = new DataView(payload.buffer);
  view.setUint16(0, kind, true);
  view.setUint32(4, id, true);
  payload.set(json, MESSAGE_HEAD_SIZE);
  return wireFrame(payload);
}

/** Request id and parsed JSON of a Control or Answer payload. */
export function decodeMessage(payload: DataView): { id: number; body: unknown } {
  if (payload.byteLength < MESSAGE_HEAD_SIZE) {
    throw new WireError('WIRE_LENGTH', `message of ${payload.byteLength} bytes has no head`);
  }
  const json = new Uint8Array(
    payload.buffer,
    payload.byteOffset + MESSAGE_HEAD_SIZE,
    payload.byteLength - MESSAGE_HEAD_SIZE,
  );
  try {
    return { id: payload.getUint32(4, true), body: JSON.parse(new TextDecoder().decode(json)) };
  } catch (cause) {
    throw new WireError('WIRE_JSON', `message is not JSON: ${String(cause)}`);
  }
}
