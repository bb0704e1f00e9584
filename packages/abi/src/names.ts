// In: a generated enum object and a raw value. Out: its name, and back.

/** Name of a raw value; `undefined` when the schema has no such value. */
export function enumName(variants: Record<string, number>, raw: number): string | undefined {
  for (const name in variants) if (variants[name] === raw) return name;
  return undefined;
}

/** `FlashCrash` → `flash_crash`: the form of the JSON telemetry. */
export const snakeName = (name: string): string =>
  name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();

/** A little-endian digest as lower-case hex, most significant digit first. */
export function digestHex(bytes: Uint8Array): string {
  let text = '';
  for (let i = bytes.length - 1; i >= 0; i--) text += (bytes[i] ?? 0).toString(16).padStart(2, '0');
  return text;
}

/** A 64-bit digest as 16 lower-case hex digits. */
export const hashHex = (value: bigint): string => value.toString(16).padStart(16, '0');
