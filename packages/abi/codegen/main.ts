// In: schema/abi.json. Out: every generated file of the repository; `--check` compares instead of writing.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cppGolden, cppLiteral, emitCpp } from './cpp.ts';
import { emitGolden, literals } from './golden.ts';
import { emitMarkdown } from './markdown.ts';
import { emitRust, rustGolden, rustLiteral } from './rust.ts';
import { loadSchema } from './schema.ts';
import { emitTypeScript } from './typescript.ts';
import { emitZig, zigGolden, zigLiteral } from './zig.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const schema = loadSchema(new URL('../schema/abi.json', import.meta.url));

/** rustfmt has the last word on Rust; elsewhere the emitters write what the formatters want. */
function rustfmt(source: string): string {
  const run = spawnSync('rustfmt', ['--edition', '2024', '--config', 'max_width=100'], {
    input: source,
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(`rustfmt: ${run.stderr || run.error?.message}`);
  return run.stdout;
}

const files: Record<string, string> = {
  'native/crates/abi/src/generated.rs': rustfmt(emitRust(schema)),
  'native/crates/abi/tests/golden.rs': rustfmt(rustGolden(schema, literals(rustLiteral))),
  'zig-parser/src/abi.zig': emitZig(schema),
  'zig-parser/src/abi_golden.zig': zigGolden(schema, literals(zigLiteral)),
  'native/kernels/include/wavetank_abi.hpp': emitCpp(schema),
  'native/kernels/src/abi_golden.cpp': cppGolden(schema, literals(cppLiteral)),
  'packages/abi/src/generated.ts': emitTypeScript(schema),
  'data/vectors/abi.txt': emitGolden(schema),
  'docs/abi.md': emitMarkdown(schema),
};

const check = process.argv.includes('--check');
let stale = 0;
for (const [path, text] of Object.entries(files)) {
  const full = root + path;
  if (existsSync(full) && readFileSync(full, 'utf8') === text) continue;
  if (check) {
    stale++;
    console.error(`stale: ${path}`);
    continue;
  }
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, text);
  console.error(`wrote ${path}`);
}
if (stale > 0) {
  console.error('Run pnpm codegen and commit what it writes.');
  process.exit(1);
}
