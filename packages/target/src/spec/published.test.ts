// The schema that is published is the one that the loader judges by.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { targetFileSchema } from './schema.ts';

it('docs/target.schema.json is fresh', () => {
  const path = new URL('../../../../docs/target.schema.json', import.meta.url);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(
    JSON.parse(JSON.stringify(targetFileSchema)),
  );
});
