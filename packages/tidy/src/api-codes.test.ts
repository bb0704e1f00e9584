// The codes that docs/api.md tells are those that programs answer, and the bridge's own are all told.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from './suites.ts';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** Keys of a table, or words of a union. */
const codesOf = (path: string): string[] =>
  [...read(path).matchAll(/^ +(?:\| ')?([A-Z][A-Z_]+)(?:: [[{]|')/gm)].map(
    ([, code]) => code ?? '',
  );

const bridge = codesOf('packages/bridge/src/lib/problem.ts');
const others = [
  'packages/engine/src/errors.ts',
  'packages/native/src/errors.ts',
  'packages/storms/src/fault.ts',
].flatMap(codesOf);

const told = read('docs/api.md')
  .split('\n')
  .flatMap((line) => /^\| ([A-Z_]+(?:, [A-Z_]+)*) \| \d{3} \|/.exec(line)?.[1]?.split(', ') ?? []);

it('tells codes that exist', () => {
  expect(told.length).toBeGreaterThan(60);
  expect(told.filter((code) => ![...bridge, ...others].includes(code))).toEqual([]);
});

it('tells every code of the bridge', () => {
  expect(bridge.length).toBeGreaterThan(30);
  expect(bridge.filter((code) => !told.includes(code))).toEqual([]);
});
