// In: the schema. Out: native/kernels/include/wavetank_abi.hpp and its golden test.
import { type Enum, notice, type Schema, type Struct, shape, snake } from './schema.ts';

const cppScalar = (scalar: string): string =>
  `std::${scalar.replace('u', 'uint').replace(/^i/, 'int')}_t`;

function field(f: Struct['fields'][number]): string {
  const { scalar, count } = shape(f.type);
  const array = f.type.includes('[') ? `[${count}]` : '';
  return `  ${cppScalar(scalar)} ${f.name}${array};  // ${f.doc} (${f.unit})`;
}

function struct(s: Struct): string {
  return [
    `// ${s.doc}`,
    `struct ${s.name} {`,
    ...s.fields.map(field),
    '};',
    `static_assert(sizeof(${s.name}) == ${s.size} && alignof(${s.name}) == ${s.align});`,
    ...s.fields.map((f) => `static_assert(offsetof(${s.name}, ${f.name}) == ${f.offset});`),
  ].join('\n');
}

function enumeration(e: Enum): string {
  return [
    `// ${e.doc}`,
    `enum class ${e.name} : ${cppScalar(e.repr)} {`,
    ...e.values.map((v) => `  ${v.name} = ${v.value},  // ${v.doc}`),
    '};',
  ].join('\n');
}

function flags(e: Enum): string {
  return [
    `// ${e.doc}`,
    `namespace ${snake(e.name)} {`,
    ...e.values.map(
      (v) => `inline constexpr ${cppScalar(e.repr)} ${v.name} = ${v.value};  // ${v.doc}`,
    ),
    '}',
  ].join('\n');
}

/** C++ literal of a golden field. */
export function cppLiteral(values: bigint[], array: boolean): string {
  return array
    ? `{${values.join(', ')}}`
    : `${values[0]}${(values[0] ?? 0n) > 0x7fffffffn ? 'ULL' : ''}`;
}

/** One C function per struct, called from the Rust side with the golden bytes: 0 = they agree. */
export function cppGolden(schema: Schema, value: (s: Struct, index: number) => string): string {
  const checks = schema.structs.map((s) =>
    [
      `  if (std::strcmp(name, "${s.name}") == 0) {`,
      `    const ${s.name} value{`,
      ...s.fields.map((f, i) => `        .${f.name} = ${value(s, i)},`),
      '    };',
      '    return agree(&value, sizeof value, bytes, size);',
      '  }',
    ].join('\n'),
  );
  return [
    notice('//'),
    '// Golden bytes of data/vectors/abi.txt: decoded into a struct, compared and encoded again.',
    '#include <cstring>',
    '',
    '#include "wavetank_abi.hpp"',
    '',
    'using namespace wavetank;',
    '',
    'template <typename T>',
    'static int agree(const T* value, std::size_t value_size, const unsigned char* bytes, std::size_t size) {',
    '  if (size != value_size) return 1;',
    '  T back;',
    '  std::memcpy(&back, bytes, size);',
    '  if (std::memcmp(&back, value, size) != 0) return 2;',
    '  return 0;',
    '}',
    '',
    'extern "C" int wt_abi_golden(const char* name, const unsigned char* bytes, std::size_t size) {',
    ...checks,
    '  return 3;',
    '}',
    '',
  ].join('\n');
}

export function emitCpp(schema: Schema & { hash: bigint; manifest: string }): string {
  return [
    notice('//'),
    '#pragma once',
    '#include <cstddef>',
    '#include <cstdint>',
    '',
    'namespace wavetank {',
    '',
    `inline constexpr std::uint32_t ABI_VERSION = ${schema.abi_version};`,
    `inline constexpr std::uint64_t ABI_HASH = ${schema.hash}ULL;`,
    `inline constexpr char MANIFEST[] =\n    "${schema.manifest}";`,
    ...schema.constants.map(
      (c) =>
        `inline constexpr ${cppScalar(c.type)} ${c.name} = ${c.value}${c.type === 'u64' ? 'ULL' : ''};  // ${c.doc}`,
    ),
    '',
    ...schema.enums.map(enumeration),
    ...schema.flags.map(flags),
    ...schema.structs.map(struct),
    '',
    '}  // namespace wavetank',
    '',
  ].join('\n');
}
