// In: the schema. Out: packages/abi/src/generated.ts: constants, offsets, decoders and encoders.
import {
  type Constant,
  type Enum,
  type Field,
  isArray,
  notice,
  type Schema,
  type Struct,
  shape,
  upper,
} from './schema.ts';

const isText = (f: Field): boolean => f.unit === 'text';
const GETTER: Record<string, string> = {
  u8: 'getUint8',
  u16: 'getUint16',
  u32: 'getUint32',
  i32: 'getInt32',
};

function tsType(f: Field): string {
  if (isText(f)) return 'string';
  if (isArray(f)) return 'Uint8Array';
  return f.js === 'bigint' ? 'bigint' : 'number';
}

function read(f: Field): string {
  const { scalar, width, count } = shape(f.type);
  const at = `at + ${f.offset}`;
  if (isText(f)) return `readText(view, ${at}, ${count})`;
  if (isArray(f)) return `readBytes(view, ${at}, ${width * count})`;
  if (scalar === 'u64')
    return f.js === 'bigint' ? `view.getBigUint64(${at}, true)` : `readU64(view, ${at})`;
  if (scalar === 'i64') return `readI64(view, ${at})`;
  return width === 1 ? `view.${GETTER[scalar]}(${at})` : `view.${GETTER[scalar]}(${at}, true)`;
}

function write(f: Field): string {
  const { scalar, width, count } = shape(f.type);
  const at = `at + ${f.offset}`;
  const v = `value.${f.name}`;
  if (isText(f)) return `writeText(view, ${at}, ${count}, ${v}, ${f.null === 'spaces' ? 32 : 0});`;
  if (isArray(f)) return `writeBytes(view, ${at}, ${width * count}, ${v});`;
  if (scalar === 'u64' && f.js !== 'bigint') return `writeU64(view, ${at}, ${v});`;
  if (scalar === 'u64') return `view.setBigUint64(${at}, ${v}, true);`;
  if (scalar === 'i64') return `writeI64(view, ${at}, ${v});`;
  const setter = (GETTER[scalar] ?? '').replace('get', 'set');
  return width === 1 ? `view.${setter}(${at}, ${v});` : `view.${setter}(${at}, ${v}, true);`;
}

function struct(s: Struct): string {
  const doc = (f: Field): string =>
    `  /** ${f.doc} (${f.unit}).${f.null === undefined ? '' : ` Null: ${f.null}.`} */`;
  return [
    `/** ${s.doc} */`,
    `export interface ${s.name} {`,
    ...s.fields.map((f) => `${doc(f)}\n  ${f.name}: ${tsType(f)};`),
    '}',
    `export const ${upper(s.name)}_SIZE = ${s.size};`,
    `/** Byte offset of every field of ${s.name}. */`,
    `export const ${upper(s.name)} = {`,
    ...s.fields.map((f) => `  ${f.name}: ${f.offset},`),
    '} as const;',
    `/** Reads a ${s.name} at byte \`at\`. */`,
    `export function decode${s.name}(view: DataView, at = 0): ${s.name} {`,
    '  return {',
    ...s.fields.map((f) => `    ${f.name}: ${read(f)},`),
    '  };',
    '}',
    `/** Writes a ${s.name} at byte \`at\`. */`,
    `export function encode${s.name}(view: DataView, at: number, value: ${s.name}): void {`,
    ...s.fields.map((f) => `  ${write(f)}`),
    '}',
  ].join('\n');
}

function enumeration(e: Enum): string {
  return [
    `/** ${e.doc} */`,
    `export const ${e.name} = {`,
    ...e.values.map((v) => `  /** ${v.doc}. */\n  ${v.name}: ${v.value},`),
    '} as const;',
  ].join('\n');
}

function constant(c: Constant): string {
  const big = BigInt(c.value) > BigInt(Number.MAX_SAFE_INTEGER);
  return `/** ${c.doc} (${c.unit}). */\nexport const ${c.name} = ${c.value}${big ? 'n' : ''};`;
}

export function emitTypeScript(schema: Schema & { hash: bigint; manifest: string }): string {
  const nulls = schema.structs.map((s) => {
    const rows = s.fields.filter((f) => f.null !== undefined && /^-?\d+$/.test(f.null));
    return `  ${s.name}: { ${rows.map((f) => `${f.name}: ${f.null}`).join(', ')} },`;
  });
  const enums = schema.structs.map((s) => {
    const rows = s.fields.filter((f) => f.unit.startsWith('enum '));
    return `  ${s.name}: { ${rows.map((f) => `${f.name}: ${f.unit.slice(5)}`).join(', ')} },`;
  });
  const kinds = schema.storm_kinds.map((k) => `  ${JSON.stringify(k)},`);
  return [
    notice('//'),
    "import { readBytes, readI64, readText, readU64, writeBytes, writeI64, writeText, writeU64 } from './scalars.ts';",
    '',
    `export const ABI_VERSION = ${schema.abi_version};`,
    `export const WIRE_VERSION = ${schema.wire_version};`,
    `export const ABI_HASH = ${schema.hash}n;`,
    `export const MANIFEST =\n  '${schema.manifest}';`,
    ...schema.constants.map(constant),
    ...schema.enums.map(enumeration),
    ...schema.flags.map(enumeration),
    ...schema.structs.map(struct),
    '/** Null value of every field that has one, by struct. */',
    'export const NULLS = {',
    ...nulls,
    '} as const;',
    '/** Enum of every field that has one, by struct. */',
    'export const FIELD_ENUMS = {',
    ...enums,
    '} as const;',
    '/** Kinds of storm that ship, with the ranges of their parameters. */',
    'export const STORM_KINDS = [',
    ...kinds,
    '] as const;',
    '',
  ].join('\n');
}
