import { expect, it } from 'vitest';
import { fullHex } from './palette.ts';

it.each([
  ['#fff', '#ffffff'],
  ['#1aF', '#11aaFF'],
  ['#4ff5e4', '#4ff5e4'],
  ['', ''],
])('takes %j as %j, so that an alpha can follow', (short, full) => {
  expect(fullHex(short)).toBe(full);
});
