// In: bytes under a DataView. Out: 64-bit integers as exact numbers, padded text, byte copies.
// Knows nothing of the records it serves.

const TWO_32 = 4294967296;

/** Unsigned 64-bit, exact to 2^53. */
export function readU64(view: DataView, at: number): number {
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * TWO_32;
}

/** Signed 64-bit, exact to 2^53. */
export function readI64(view: DataView, at: number): number {
  return view.getUint32(at, true) + view.getInt32(at + 4, true) * TWO_32;
}

export function writeU64(view: DataView, at: number, value: number): void {
  // What is set is taken modulo 2^32, and most values have no high word: a division is slow.
  view.setUint32(at, value, true);
  view.setUint32(at + 4, value < TWO_32 ? 0 : Math.floor(value / TWO_32), true);
}

export function writeI64(view: DataView, at: number, value: number): void {
  view.setBigInt64(at, BigInt(value), true);
}

/** ASCII text without its padding of spaces or zeros. */
export function readText(view: DataView, at: number, bytes: number): string {
  let end = bytes;
  while (end > 0) {
    const last = view.getUint8(at + end - 1);
    if (last !== 0 && last !== 32) break;
    end--;
  }
  let text = '';
  for (let i = 0; i < end; i++) text += String.fromCharCode(view.getUint8(at + i));
  return text;
}

/** Text cut to the field and padded; characters outside ASCII become `?`. */
export function writeText(
  view: DataView,
  at: number,
  bytes: number,
  text: string,
  pad: number,
): void {
  for (let i = 0; i < bytes; i++) {
    const code = i < text.length ? text.charCodeAt(i) : pad;
    view.setUint8(at + i, code < 128 ? code : 63);
  }
}

export function readBytes(view: DataView, at: number, bytes: number): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset + at, bytes).slice();
}

export function writeBytes(view: DataView, at: number, bytes: number, value: Uint8Array): void {
  new Uint8Array(view.buffer, view.byteOffset + at, bytes).set(value.subarray(0, bytes));
}
