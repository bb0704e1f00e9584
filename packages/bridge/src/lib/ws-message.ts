// In: what one message says. Out: its bytes on a WebSocket, head included (RFC 6455, section 5.2): whole,
// not compressed, and not masked, since it comes from a server. So the same bytes serve every client.
const FIN = 0x80;
const TEXT = 0x01;
const BINARY = 0x02;
const SHORT_MAX = 125;
const U16_MAX = 0xffff;

export function textMessage(text: string): Uint8Array {
  const length = Buffer.byteLength(text);
  const bytes = headed(TEXT, length);
  bytes.write(text, bytes.length - length);
  return bytes;
}

export function binaryMessage(payload: Uint8Array): Uint8Array {
  const bytes = headed(BINARY, payload.length);
  bytes.set(payload, bytes.length - payload.length);
  return bytes;
}

/** From Node's pool: many small messages share a piece of memory, which is let go as a whole. */
function headed(opcode: number, length: number): Buffer {
  const extended = length <= SHORT_MAX ? 0 : length <= U16_MAX ? 2 : 8;
  const bytes = Buffer.allocUnsafe(2 + extended + length);
  bytes.writeUInt8(FIN | opcode, 0);
  bytes.writeUInt8(extended === 0 ? length : extended === 2 ? 126 : 127, 1);
  if (extended === 2) bytes.writeUInt16BE(length, 2);
  if (extended === 8) bytes.writeBigUInt64BE(BigInt(length), 2);
  return bytes;
}
