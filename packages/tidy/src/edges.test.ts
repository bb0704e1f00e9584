// The allowed dependency edges, against what manifests and imports really say.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './suites.ts';
import { trackedFiles } from './tracked.ts';

const TS_EDGES: Record<string, string[] | 'all'> = {
  abi: [],
  book: ['abi'],
  native: ['abi'],
  storms: ['abi'],
  recorder: ['abi'],
  'placed-yaml': [],
  target: ['abi', 'placed-yaml'],
  scenario: ['abi', 'placed-yaml'],
  engine: ['abi', 'native', 'storms', 'recorder'],
  bridge: ['abi', 'recorder', 'target', 'storms'],
  cli: 'all',
  bench: 'all',
  tidy: [],
  dashboard: ['abi'],
};

const RUST_EDGES: Record<string, string[] | 'all'> = {
  abi: [],
  kernels: ['abi'],
  book: ['abi', 'kernels'],
  feed: ['abi'],
  synth: ['abi', 'book', 'feed'],
  resolve: ['abi', 'book'],
  log: ['abi'],
  flow: ['abi', 'book', 'kernels'],
  detect: ['abi', 'book'],
  risk: ['abi'],
  session: 'all',
  node: ['abi', 'session'],
};

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const allowed = (edges: string[] | 'all' | undefined, to: string): boolean =>
  edges === 'all' || (edges?.includes(to) ?? false);

describe('dependency edges', () => {
  it('between packages, as imported', () => {
    const wrong: string[] = [];
    for (const path of trackedFiles(/^(packages\/[^/]+|dashboard)\/.*\.(ts|tsx)$/)) {
      const from = path.startsWith('dashboard') ? 'dashboard' : (path.split('/')[1] ?? '');
      if (path.includes('.test.') || path.includes('/test/')) continue;
      for (const [line, to] of imports(read(path))) {
        if (to === from || allowed(TS_EDGES[from], to)) {
          if (from !== 'bridge' || to !== 'storms' || line.includes('import type')) continue;
        }
        wrong.push(`${path}: ${from} -> ${to}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('between packages, as declared', () => {
    const wrong: string[] = [];
    for (const path of trackedFiles(/^(packages\/[^/]+|dashboard)\/package\.json$/)) {
      const from = path.startsWith('dashboard') ? 'dashboard' : (path.split('/')[1] ?? '');
      const manifest = JSON.parse(read(path)) as { dependencies?: Record<string, string> };
      for (const name of Object.keys(manifest.dependencies ?? {})) {
        const to = /^@wavetank\/(.+)$/.exec(name)?.[1];
        if (to !== undefined && !allowed(TS_EDGES[from], to)) wrong.push(`${path}: -> ${to}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('between crates, as declared', () => {
    const wrong: string[] = [];
    for (const path of trackedFiles(/^native\/(crates\/[^/]+|kernels)\/Cargo\.toml$/)) {
      const from = path.includes('kernels') ? 'kernels' : (path.split('/')[2] ?? '');
      const dependencies = read(path).split('[dev-dependencies]')[0] ?? '';
      for (const match of dependencies.matchAll(/^wavetank-(\w+)/gm)) {
        if (!allowed(RUST_EDGES[from], match[1] ?? '')) wrong.push(`${from} -> ${match[1]}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

function* imports(source: string): Generator<[line: string, to: string]> {
  for (const match of source.matchAll(
    /^(?:import|export)[^;]*?from '@wavetank\/([a-z-]+)[^']*';/gm,
  )) {
    yield [match[0], match[1] ?? ''];
  }
}
