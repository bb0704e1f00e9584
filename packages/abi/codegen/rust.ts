// In: the schema. Out: native/crates/abi/src/generated.rs, with every offset asserted at compile time.
import { type Enum, notice, type Schema, type Struct, shape, snake } from './schema.ts';

const fieldName = (name: string): string => (name === 'type' ? 'event_type' : name);

function rustType(type: string): string {
  const { scalar, count } = shape(type);
  return type.includes('[') ? `[${scalar}; ${count}]` : scalar;
}

function struct(s: Struct): string {
  const fields = s.fields.map((f) => {
    const absent = f.null === undefined ? '' : ` Null: ${f.null}.`;
    return `    /// ${f.doc} (${f.unit}).${absent}\n    pub ${fieldName(f.name)}: ${rustType(f.type)},`;
  });
  const offsets = s.fields.map(
    (f) => `    assert!(offset_of!(${s.name}, ${fieldName(f.name)}) == ${f.offset});`,
  );
  return [
    `/// ${s.doc}`,
    '#[repr(C)]',
    '#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Pod, Zeroable)]',
    `pub struct ${s.name} {`,
    ...fields,
    '}',
    'const _: () = {',
    `    assert!(size_of::<${s.name}>() == ${s.size} && align_of::<${s.name}>() == ${s.align});`,
    ...offsets,
    '};',
  ].join('\n');
}

function enumeration(e: Enum): string {
  const variants = e.values.map((v) => `    /// ${v.doc}.\n    ${v.name} = ${v.value},`);
  const arms = e.values.map((v) => `            ${v.value} => Some(Self::${v.name}),`);
  const names = e.values.map((v) => `            Self::${v.name} => "${v.name}",`);
  return [
    `/// ${e.doc}`,
    `#[repr(${e.repr})]`,
    '#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]',
    `pub enum ${e.name} {`,
    ...variants,
    '}',
    `impl ${e.name} {`,
    '    /// The variant of a raw value; `None` when the schema has no such value.',
    '    #[inline]',
    `    pub const fn from_raw(raw: ${e.repr}) -> Option<Self> {`,
    '        match raw {',
    ...arms,
    '            _ => None,',
    '        }',
    '    }',
    '    /// The name in the schema.',
    `    pub const fn name(self) -> &'static str {`,
    '        match self {',
    ...names,
    '        }',
    '    }',
    '}',
  ].join('\n');
}

function flags(e: Enum): string {
  const all = e.values.reduce((sum, v) => sum | v.value, 0);
  return [
    `/// ${e.doc}`,
    `pub mod ${snake(e.name)} {`,
    ...e.values.map((v) => `    /// ${v.doc}.\n    pub const ${v.name}: ${e.repr} = ${v.value};`),
    `    /// Every bit the schema knows.\n    pub const ALL: ${e.repr} = ${all};`,
    '}',
  ].join('\n');
}

/** The golden test: one instance of every struct, as bytes and as values. */
export function rustGolden(schema: Schema, value: (s: Struct, index: number) => string): string {
  const checks = schema.structs.map((s) => {
    const sets = s.fields.map((f, i) => `    value.${fieldName(f.name)} = ${value(s, i)};`);
    return [
      '#[test]',
      `fn ${snake(s.name)}() {`,
      `    let mut value = ${s.name}::default();`,
      ...sets,
      `    let bytes = golden("${s.name}");`,
      '    assert_eq!(bytemuck::bytes_of(&value), &bytes[..], "encode");',
      `    let back: ${s.name} = bytemuck::pod_read_unaligned(&bytes);`,
      '    assert_eq!(back, value, "decode");',
      '}',
    ].join('\n');
  });
  return [
    notice('//!'),
    '//! Golden bytes of data/vectors/abi.txt, decoded and encoded again.',
    '#![allow(clippy::field_reassign_with_default)]',
    'use wavetank_abi::*;',
    '',
    'fn golden(name: &str) -> Vec<u8> {',
    '    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../data/vectors/abi.txt");',
    '    let text = std::fs::read_to_string(path).expect("data/vectors/abi.txt");',
    '    let line = text.lines().find(|l| l.split(\' \').next() == Some(name)).expect("a vector");',
    '    let hex = line.split(\' \').nth(1).expect("hex");',
    '    (0..hex.len() / 2)',
    '        .map(|i| u8::from_str_radix(&hex[2 * i..2 * i + 2], 16).expect("hex"))',
    '        .collect()',
    '}',
    '',
    ...checks,
    '',
  ].join('\n');
}

/** Rust literal of a golden field. */
export function rustLiteral(values: bigint[], array: boolean): string {
  return array ? `[${values.join(', ')}]` : `${values[0]}`;
}

export function emitRust(schema: Schema & { hash: bigint; manifest: string }): string {
  const constants = schema.constants.map(
    (c) => `/// ${c.doc} (${c.unit}).\npub const ${c.name}: ${c.type} = ${c.value};`,
  );
  return [
    notice('//'),
    'use core::mem::offset_of;',
    '',
    'use bytemuck::{Pod, Zeroable};',
    '',
    '/// Version of the schema.',
    `pub const ABI_VERSION: u32 = ${schema.abi_version};`,
    '/// Version of the framing on the wire.',
    `pub const WIRE_VERSION: u16 = ${schema.wire_version};`,
    '/// 64 bits of SHA-256 over the schema.',
    `pub const ABI_HASH: u64 = ${schema.hash};`,
    '/// What a loader compares: version, hash and the size of every record.',
    `pub const MANIFEST: &str = "${schema.manifest}";`,
    ...constants,
    '',
    ...schema.enums.map(enumeration),
    ...schema.flags.map(flags),
    ...schema.structs.map(struct),
    `/// Kinds of storm: name, number.\npub const STORM_KINDS: &[(&str, u16)] = &[${schema.storm_kinds
      .map((k) => `("${k.name}", ${k.number})`)
      .join(', ')}];`,
    '',
  ].join('\n');
}
