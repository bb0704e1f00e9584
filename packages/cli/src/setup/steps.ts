// Out: the build steps in their order: Zig, parser, native addon, desk.
// Knows the commands of each tool; knows nothing of when they are stale.
import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { command, ROOT, type Step, TOOLS } from './step.ts';

const ZIG_VERSION = '0.17.0';
const PARSER = 'zig-parser/zig-out/lib/libwavetank_itch.a';
const ADDON = 'packages/native/addon/wavetank.node';

const LIBRARY: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'libwavetank_node.so',
  darwin: 'libwavetank_node.dylib',
  win32: 'wavetank_node.dll',
};

/** Environment in which `python3 -m ziglang` runs, caches inside the checkout. */
const zigEnv = {
  PYTHONPATH: join(TOOLS, 'zig'),
  ZIG_GLOBAL_CACHE_DIR: join(TOOLS, 'zig-cache'),
  ZIG_LOCAL_CACHE_DIR: join(TOOLS, 'zig-cache'),
};

const zig: Step = {
  name: `zig-${ZIG_VERSION}`,
  inputs: [],
  outputs: ['.tools/zig/ziglang/__init__.py'],
  remedy: 'check the network, then run again',
  run: () => {
    rmSync(join(TOOLS, 'zig'), { recursive: true, force: true });
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps'];
    const where = ['--root-user-action=ignore', '--target', join(TOOLS, 'zig')];
    command('python3', [...pip, ...where, `ziglang==${ZIG_VERSION}`]);
  },
};

const parser: Step = {
  name: 'zig-parser',
  inputs: ['zig-parser/src'],
  outputs: [PARSER],
  remedy: 'read the compiler message above; delete .tools/zig if Zig itself is damaged',
  run: () => {
    mkdirSync(join(ROOT, 'zig-parser/zig-out/lib'), { recursive: true });
    const build = ['-m', 'ziglang', 'build-lib', '-fPIC', '-fcompiler-rt', '-O', 'ReleaseFast'];
    const out = ['-mcpu=baseline', `-femit-bin=${PARSER}`, 'zig-parser/src/main.zig'];
    command('python3', [...build, ...out], { env: zigEnv });
  },
};

const addon: Step = {
  name: 'native',
  inputs: ['native', 'zig-parser/src'],
  outputs: [ADDON],
  remedy: 'read the compiler message above; Rust 1.88 or newer and a C++20 compiler are needed',
  run: () => {
    command('cargo', ['build', '--release', '--locked', '-p', 'wavetank-node'], {
      cwd: join(ROOT, 'native'),
      env: { CARGO_TARGET_DIR: join(ROOT, 'native/target') },
    });
    const library = LIBRARY[process.platform];
    if (library === undefined) throw new Error(`no addon for platform ${process.platform}`);
    mkdirSync(join(ROOT, 'packages/native/addon'), { recursive: true });
    // A running engine holds the old file open: replace the name, never the bytes under it.
    if (existsSync(join(ROOT, ADDON))) rmSync(join(ROOT, ADDON));
    copyFileSync(join(ROOT, 'native/target/release', library), join(ROOT, ADDON));
  },
};

const desk: Step = {
  name: 'dashboard',
  inputs: ['dashboard', 'packages/abi/src', 'pnpm-lock.yaml'],
  outputs: ['dashboard/dist/index.html'],
  remedy: 'read the bundler message above',
  run: () => {
    const vite = join(ROOT, 'dashboard/node_modules/vite/bin/vite.js');
    command(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
      cwd: join(ROOT, 'dashboard'),
    });
  },
};

export const STEPS: Step[] = [zig, parser, addon, desk];
