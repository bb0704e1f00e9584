// In: what one message says. Out: its bytes on a WebSocket, head included (RFC 6455, section 5.2): whole,
// not compressed, and not masked, since it comes from a server. So the same bytes serve every client.
const FIN = 0x80;
const TEXT = 0x01;
const BINARY = 0x02;
const SHORT_MAX = 125;
const U16_MAX = 0xffff;

export const textMessage = (text: string): Uint8Array<ArrayBuffer> =>
  message(TEXT, new TextEncoder().encode(text));

export const binaryMessage = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => message(BINARY, bytes);

function message(opcode: number, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const { length } = payload;
  const extended = length <= SHORT_MAX ? 0 : length <= U16_MAX ? 2 : 8;
  const bytes = new Uint8Array(2 + extended + length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, FIN | opcode);
  view.setUint8(1, extended === 0 ? length : extended === 2 ? 126 : 127);
  if (extended === 2) view.setUint16(2, length);
  if (extended === 8) view.setBigUint64(2, BigInt(length));
  bytes.set(payload, 2 + extended);
  return bytes;
}
