// House rules that no linter knows: sizes, clocks and chance in leaf libraries, names, README.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './suites.ts';
import { trackedFiles } from './tracked.ts';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const SOURCE = /\.(ts|tsx|rs|zig|cpp|hpp|sh|css)$/;
const GENERATED =
  /generated|abi_golden|wavetank_abi|src\/abi\.zig|crates\/abi\/tests\/golden|vendor\//;
const sources = trackedFiles(SOURCE).filter((path) => !GENERATED.test(path));

describe('house rules', () => {
  it('no file has more than 500 lines', () => {
    const long = sources.filter((path) => read(path).split('\n').length > 500);
    expect(long).toEqual([]);
  });

  it('no file is named after nothing', () => {
    const names = /(manager|helper|utils?|common|misc)\b/i;
    expect(sources.filter((path) => names.test(path))).toEqual([]);
  });

  it('leaf packages read no clock, chance or environment', () => {
    const banned = /Date\.now|new Date\(|performance\.now|Math\.random|process\.env|setTimeout/;
    const leaf = /^packages\/(abi|book|storms)\/src\//;
    const wrong = sources.filter(
      (path) => leaf.test(path) && !path.includes('.test.') && banned.test(read(path)),
    );
    expect(wrong).toEqual([]);
  });

  it('leaf crates read no clock, chance or environment', () => {
    const banned = /Instant::now|SystemTime|thread_rng|rand::|std::env::var/;
    const leaf = /^native\/crates\/(abi|book|feed|synth|resolve|flow|detect|risk|session)\/src\//;
    const wrong = sources.filter((path) => leaf.test(path) && banned.test(read(path)));
    expect(wrong).toEqual([]);
  });

  it('no path of one machine and no planted leftovers', () => {
    const banned = /\/home\/[a-z]|\/root\/|\/tmp\/wt|\bTODO\b|\bFIXME\b|\bXXX\b/;
    const rules = 'packages/tidy/src/rules.test.ts';
    const wrong = trackedFiles(/\.(ts|tsx|rs|zig|cpp|hpp|sh|md|json|yml|toml)$/).filter(
      (path) => path !== rules && !path.includes('vendor/') && banned.test(read(path)),
    );
    expect(wrong).toEqual([]);
  });

  it('README has at most 120 lines', () => {
    expect(read('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(120);
  });
});
