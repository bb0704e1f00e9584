// In: schema/abi.json. Out: the schema as typed data, refused unless every offset is proven.
// Knows nothing of any target language.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

export interface Field {
  name: string;
  type: string;
  offset: number;
  unit: string;
  null?: string;
  js?: 'bigint';
  doc: string;
}
export interface Struct {
  name: string;
  size: number;
  align: number;
  doc: string;
  fields: Field[];
}
export interface Variant {
  name: string;
  value: number;
  doc: string;
}
export interface Enum {
  name: string;
  repr: string;
  doc: string;
  values: Variant[];
}
export interface Constant {
  name: string;
  type: string;
  value: string;
  unit: string;
  doc: string;
}
export interface StormParam {
  name: string;
  unit: string;
  min: number;
  max: number;
  default: number;
  doc: string;
}
export interface StormKind {
  name: string;
  number: number;
  imitates: string;
  params: StormParam[];
}
export interface Schema {
  abi_version: number;
  wire_version: number;
  doc: string;
  constants: Constant[];
  enums: Enum[];
  flags: Enum[];
  structs: Struct[];
  storm_kinds: StormKind[];
}

const WIDTH: Record<string, number> = { u8: 1, u16: 2, u32: 4, u64: 8, i32: 4, i64: 8 };

/** A field type taken apart: scalar name, bytes of one element, element count (1 for scalars). */
export function shape(type: string): { scalar: string; width: number; count: number } {
  const match = /^([ui]\d+)(?:\[(\d+)\])?$/.exec(type);
  const scalar = match?.[1] ?? '';
  const width = WIDTH[scalar];
  if (width === undefined) throw new Error(`schema: unknown type ${type}`);
  return { scalar, width, count: Number(match?.[2] ?? 1) };
}

/** True for a field of more than one element. */
export const isArray = (field: Field): boolean => field.type.includes('[');

function prove(struct: Struct): void {
  let end = 0;
  const names = new Set(struct.fields.map((f) => f.name));
  if (names.size < struct.fields.length) throw new Error(`schema: ${struct.name} repeats a field`);
  for (const field of struct.fields) {
    const { width, count } = shape(field.type);
    if (field.offset !== end) throw new Error(`schema: ${struct.name}.${field.name} leaves a hole`);
    if (field.offset % width !== 0)
      throw new Error(`schema: ${struct.name}.${field.name} is askew`);
    end += width * count;
  }
  if (end !== struct.size || end % struct.align !== 0) {
    throw new Error(`schema: ${struct.name} has size ${struct.size}, its fields end at ${end}`);
  }
}

/** Reads and proves the schema; `hash` is 64 bits of SHA-256 over its canonical JSON. */
export function loadSchema(path: URL): Schema & { hash: bigint; manifest: string } {
  const schema = JSON.parse(readFileSync(path, 'utf8')) as Schema;
  for (const struct of schema.structs) prove(struct);
  const digest = createHash('sha256').update(JSON.stringify(schema)).digest();
  const hash = digest.readBigUInt64LE(0);
  const sizes = schema.structs.map((s) => `${s.name}=${s.size}`).join(' ');
  const hex = hash.toString(16).padStart(16, '0');
  return { ...schema, hash, manifest: `wavetank-abi ${schema.abi_version} ${hex} ${sizes}` };
}

/** `FramePrefix` → `FRAME_PREFIX`. */
export const upper = (name: string): string =>
  name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase();
/** `FramePrefix` → `frame_prefix`. */
export const snake = (name: string): string => upper(name).toLowerCase();
/** First line of every generated file, in the comment style given. */
export const notice = (comment: string): string =>
  `${comment} Generated from packages/abi/schema/abi.json by pnpm codegen. Do not edit.`;
