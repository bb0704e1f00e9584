// In: the schema. Out: docs/abi.md, the tables a reader wants.
import type { Enum, Schema, Struct } from './schema.ts';

const row = (cells: (string | number)[]): string => `| ${cells.join(' | ')} |`;

function struct(s: Struct): string {
  return [
    `### ${s.name}: ${s.size} bytes`,
    '',
    s.doc,
    '',
    row(['offset', 'field', 'type', 'unit', 'null', 'meaning']),
    row(['---:', '---', '---', '---', '---', '---']),
    ...s.fields.map((f) => row([f.offset, `\`${f.name}\``, f.type, f.unit, f.null ?? '', f.doc])),
    '',
  ].join('\n');
}

function enumeration(e: Enum): string {
  return [
    `### ${e.name} (${e.repr})`,
    '',
    e.doc,
    '',
    row(['value', 'name', 'meaning']),
    row(['---:', '---', '---']),
    ...e.values.map((v) => row([v.value, `\`${v.name}\``, v.doc])),
    '',
  ].join('\n');
}

export function emitMarkdown(schema: Schema & { manifest: string }): string {
  return [
    '# The event ABI and the wire records',
    '',
    'Generated from `packages/abi/schema/abi.json` by `pnpm codegen`; `pnpm check` fails when it is stale.',
    'All integers are little endian. Every record is aligned to 8 bytes and has no hidden padding.',
    '',
    `Schema version ${schema.abi_version}, wire version ${schema.wire_version}.`,
    '',
    '## Constants',
    '',
    row(['name', 'value', 'unit', 'meaning']),
    row(['---', '---:', '---', '---']),
    ...schema.constants.map((c) => row([`\`${c.name}\``, c.value, c.unit, c.doc])),
    '',
    '## Records',
    '',
    ...schema.structs.map(struct),
    '## Enums',
    '',
    ...schema.enums.map(enumeration),
    '## Flags',
    '',
    ...schema.flags.map(enumeration),
    '## Storm kinds',
    '',
    ...schema.storm_kinds.flatMap((k) => [
      `### ${k.name} (${k.number})`,
      '',
      `Imitates ${k.imitates}.`,
      '',
      row(['parameter', 'unit', 'least', 'most', 'default', 'meaning']),
      row(['---', '---', '---:', '---:', '---:', '---']),
      ...k.params.map((p) => row([`\`${p.name}\``, p.unit, p.min, p.max, p.default, p.doc])),
      '',
    ]),
  ].join('\n');
}
