// The pictures of docs/storms.md are what the storms do now: made again, they are the same bytes.
import { readFileSync } from 'node:fs';
import { stormNames } from '@wavetank/storms';
import { expect, it } from 'vitest';
import { PICTURE, pictureOf } from './picture.ts';
import { fileName } from './template.ts';

const DOCS = new URL('../../../../docs/', import.meta.url);

it.each(stormNames())('%s is drawn as it is', async (kind) => {
  const path = new URL(`storms/${fileName(kind)}.svg`, DOCS);
  // Make them again: npx wavetank storm picture --out docs/storms
  expect((await pictureOf(kind, PICTURE)) === readFileSync(path, 'utf8')).toBe(true);
});

it('shows every picture in docs/storms.md', () => {
  const text = readFileSync(new URL('storms.md', DOCS), 'utf8');
  for (const kind of stormNames()) expect(text).toContain(`(storms/${fileName(kind)}.svg)`);
});
