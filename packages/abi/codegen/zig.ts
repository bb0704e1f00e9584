// In: the schema. Out: zig-parser/src/abi.zig and its golden test, offsets asserted at compile time.
import { type Enum, notice, type Schema, type Struct, shape, snake } from './schema.ts';

const fieldName = (name: string): string => (name === 'type' ? 'event_type' : name);

const RESERVED = new Set([
  'return',
  'error',
  'test',
  'align',
  'resume',
  'suspend',
  'defer',
  'volatile',
  'opaque',
]);
const variant = (name: string): string =>
  RESERVED.has(snake(name)) ? `@"${snake(name)}"` : snake(name);

function zigType(type: string): string {
  const { scalar, count } = shape(type);
  return type.includes('[') ? `[${count}]${scalar}` : scalar;
}

function struct(s: Struct): string {
  return [
    `/// ${s.doc}`,
    `pub const ${s.name} = extern struct {`,
    ...s.fields.map(
      (f) => `    /// ${f.doc} (${f.unit}).\n    ${fieldName(f.name)}: ${zigType(f.type)},`,
    ),
    '};',
    'comptime {',
    `    std.debug.assert(@sizeOf(${s.name}) == ${s.size} and @alignOf(${s.name}) == ${s.align});`,
    ...s.fields.map(
      (f) => `    std.debug.assert(@offsetOf(${s.name}, "${fieldName(f.name)}") == ${f.offset});`,
    ),
    '}',
  ].join('\n');
}

function enumeration(e: Enum): string {
  return [
    `/// ${e.doc}`,
    `pub const ${e.name} = enum(${e.repr}) {`,
    ...e.values.map((v) => `    /// ${v.doc}.\n    ${variant(v.name)} = ${v.value},`),
    '};',
  ].join('\n');
}

function flags(e: Enum): string {
  return [
    `/// ${e.doc}`,
    `pub const ${e.name} = struct {`,
    ...e.values.map((v) => `    /// ${v.doc}.\n    pub const ${v.name}: ${e.repr} = ${v.value};`),
    '};',
  ].join('\n');
}

/** Zig literal of a golden field. */
export function zigLiteral(values: bigint[], array: boolean): string {
  return array ? `.{ ${values.join(', ')} }` : `${values[0]}`;
}

/** The golden test: expects the vectors under the name `abi_vectors` as an embedded file. */
export function zigGolden(schema: Schema, value: (s: Struct, index: number) => string): string {
  const tests = schema.structs.map((s) =>
    [
      `test "${s.name}" {`,
      `    const value = abi.${s.name}{`,
      ...s.fields.map((f, i) => `        .${fieldName(f.name)} = ${value(s, i)},`),
      '    };',
      `    try check(abi.${s.name}, "${s.name}", value);`,
      '}',
    ].join('\n'),
  );
  return [
    notice('//!'),
    '//! Golden bytes of data/vectors/abi.txt, decoded and encoded again.',
    'const std = @import("std");',
    'const abi = @import("abi.zig");',
    'const text = @embedFile("abi_vectors");',
    '',
    'fn check(comptime T: type, name: []const u8, value: T) !void {',
    "    var lines = std.mem.splitScalar(u8, text, '\\n');",
    '    while (lines.next()) |line| {',
    "        var words = std.mem.splitScalar(u8, line, ' ');",
    '        if (!std.mem.eql(u8, words.next().?, name)) continue;',
    '        var bytes: [@sizeOf(T)]u8 = undefined;',
    '        _ = try std.fmt.hexToBytes(&bytes, words.next().?);',
    '        try std.testing.expectEqualSlices(u8, &bytes, std.mem.asBytes(&value));',
    '        const back = std.mem.bytesToValue(T, &bytes);',
    '        try std.testing.expectEqualDeep(value, back);',
    '        return;',
    '    }',
    '    return error.NoVector;',
    '}',
    '',
    ...tests,
    '',
  ].join('\n');
}

export function emitZig(schema: Schema & { hash: bigint; manifest: string }): string {
  return [
    notice('//!'),
    'const std = @import("std");',
    '',
    `pub const ABI_VERSION: u32 = ${schema.abi_version};`,
    `pub const ABI_HASH: u64 = ${schema.hash};`,
    `pub const MANIFEST: []const u8 = "${schema.manifest}";`,
    ...schema.constants.map(
      (c) => `/// ${c.doc} (${c.unit}).\npub const ${c.name}: ${c.type} = ${c.value};`,
    ),
    '',
    ...schema.enums.map(enumeration),
    ...schema.flags.map(flags),
    ...schema.structs.map(struct),
    '',
  ].join('\n');
}
