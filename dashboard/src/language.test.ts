import { expect, it } from 'vitest';
import { languageOf } from './language.ts';

it.each([
  ['en-US', 'en-US'],
  ['de', 'de'],
  ['zh-Hant-TW', 'zh-Hant-TW'],
  ['en-US@posix', 'en-US'],
  ['de_CH.UTF-8', 'de-CH'],
  ['C', 'en-US'],
  ['', 'en-US'],
  [undefined, 'en-US'],
])('%s becomes %s', (given, wanted) => {
  expect(languageOf(given)).toBe(wanted);
  expect(() => new Intl.NumberFormat(languageOf(given))).not.toThrow();
});
