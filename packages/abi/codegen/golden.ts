// In: the schema. Out: one instance of every struct, as field values and as bytes.
// The values are a fixed pattern: every byte of every field is different from its neighbours.
import { type Field, isArray, type Schema, type Struct, shape } from './schema.ts';

/** Values of one field: one element for scalars. Text fields hold printable letters. */
export function goldenValues(s: Struct, index: number): bigint[] {
  const field = s.fields[index] as Field;
  const { width, count } = shape(field.type);
  const text = field.unit === 'text';
  return Array.from({ length: count }, (_, element) => {
    let value = 0n;
    for (let byte = 0; byte < width; byte++) {
      const at = field.offset + element * width + byte;
      const raw = text ? 65 + (at % 26) : (at * 37 + s.name.length * 11 + 1) & 0xff;
      // Top bytes stay small: numbers of the TypeScript side are exact to 2^53, and signs stay plus.
      const top = width === 8 && byte >= 6 ? 0 : width > 1 && byte === width - 1 ? raw & 0x7f : raw;
      value |= BigInt(top) << BigInt(8 * byte);
    }
    return value;
  });
}

function bytes(s: Struct): Uint8Array {
  const out = new Uint8Array(s.size);
  s.fields.forEach((field, index) => {
    const { width } = shape(field.type);
    goldenValues(s, index).forEach((value, element) => {
      for (let byte = 0; byte < width; byte++) {
        out[field.offset + element * width + byte] = Number((value >> BigInt(8 * byte)) & 0xffn);
      }
    });
  });
  return out;
}

/** data/vectors/abi.txt: a line a struct, `Name hex`. */
export function emitGolden(schema: Schema): string {
  return schema.structs.map((s) => `${s.name} ${Buffer.from(bytes(s)).toString('hex')}\n`).join('');
}

/** Binds a literal writer to the golden values. */
export const literals =
  (write: (values: bigint[], array: boolean) => string) =>
  (s: Struct, index: number): string =>
    write(goldenValues(s, index), isArray(s.fields[index] as Field));
