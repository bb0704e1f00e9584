// The throw-away project. In: an empty folder, peers. Out: a built program, an installed driver, or
// the names of what could not be had. Everything it writes is in that folder or in cargo's target.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './native.ts';
import type { Peer } from './peer-list.ts';

const NATIVE = join(ROOT, 'native');
const SOURCES = join(ROOT, 'packages/bench/peers');
const BENCH = join(NATIVE, 'crates/session/examples/bench_market');
const DRIVER = 'book_driver.py';
/** Of the native bench, so that both measure alike. */
const SHARED = ['clock', 'decode', 'gauges', 'measure', 'plain', 'report', 'written'];
const CRATES = ['abi', 'book', 'feed', 'synth'];
const LIBRARIES = ['bytemuck', 'libc', 'memmap2', 'serde_json', 'xxhash-rust'];

/** Lines of the workspace's manifest, so that libraries and profile are its own. */
function manifest(crates: readonly Peer[]): string {
  const workspace = readFileSync(join(NATIVE, 'Cargo.toml'), 'utf8');
  const line = (name: string): string => {
    const found = workspace.split('\n').find((text) => text.startsWith(`${name} =`));
    if (found === undefined) throw new Error(`native/Cargo.toml: expected a line for ${name}`);
    return found;
  };
  const path = (name: string): string => JSON.stringify(join(NATIVE, 'crates', name));
  const profile = /\[profile\.release\][^[]*/.exec(workspace)?.[0] ?? '';
  return [
    '[workspace]',
    '[package]\nname = "wavetank-peers"\nversion = "0.0.0"\nedition = "2024"\npublish = false',
    '[features]',
    ...['itch5', 'itchy'].map((name) => {
      const had = crates.some((peer) => peer.name === name);
      return `${name} = [${had ? `"dep:${name}"` : ''}]`;
    }),
    `default = [${crates.map((peer) => `"${peer.name}"`).join(', ')}]`,
    '[dependencies]',
    ...crates.map(({ name, version }) => `${name} = { version = "=${version}", optional = true }`),
    ...CRATES.map((name) => `wavetank-${name} = { path = ${path(name)} }`),
    ...LIBRARIES.map(line),
    profile,
  ].join('\n');
}

export function writeProject(folder: string): void {
  const src = join(folder, 'src');
  mkdirSync(src);
  for (const name of SHARED) copyFileSync(join(BENCH, `${name}.rs`), join(src, `${name}.rs`));
  for (const name of readdirSync(SOURCES).filter((file) => file.endsWith('.rs')))
    copyFileSync(join(SOURCES, name), join(src, name));
}

/** Path of the program, or null when it does not build with these crates. */
export function buildPeers(folder: string, crates: readonly Peer[]): string | null {
  writeFileSync(join(folder, 'Cargo.toml'), manifest(crates));
  // Begins with the workspace's own versions; the peers' are added.
  copyFileSync(join(NATIVE, 'Cargo.lock'), join(folder, 'Cargo.lock'));
  const target = process.env.CARGO_TARGET_DIR ?? join(folder, 'target');
  const build = spawnSync('cargo', ['build', '--release', '--quiet'], {
    cwd: folder,
    env: { ...process.env, CARGO_TARGET_DIR: target },
    stdio: ['ignore', 2, 2],
  });
  if (build.error !== undefined) throw build.error;
  return build.status === 0 ? join(target, 'release/wavetank-peers') : null;
}

/** Path of the driver beside the installed package, or null when no wheel could be had. */
export function installDriver(folder: string, { name, version }: Peer): string | null {
  const where = join(folder, 'python');
  mkdirSync(where);
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  const words = ['--root-user-action=ignore', '--only-binary', ':all:', '--target', where];
  const run = spawnSync('python3', [...pip, ...words, `${name}==${version}`], {
    stdio: ['ignore', 2, 2],
  });
  if (run.status !== 0) return null;
  const driver = join(where, DRIVER);
  copyFileSync(join(SOURCES, DRIVER), driver);
  return driver;
}
