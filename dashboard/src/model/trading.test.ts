import { expect, it } from 'vitest';
import { stoppedWords } from './trading.ts';

it('says why an instrument may not trade, and nothing while it may', () => {
  const words = ['\0', 'T', 'H', 'P', 'Q', 'Z'].map((state) => stoppedWords(state.charCodeAt(0)));
  expect(words).toEqual(['', '', 'halted', 'paused', 'quotation only', 'not trading (Z)']);
});
