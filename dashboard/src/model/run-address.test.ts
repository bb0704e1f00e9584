import { expect, it } from 'vitest';
import { readRunAddress, writeRunAddress } from './run-address.ts';

const A = '2026-11-21T09-11-13-878Z';
const B = '2026-11-21T09-54-05-657Z';
const desk = new URL('http://127.0.0.1:8080/?symbol=AAPL');

it('a copied link opens the same comparison', () => {
  const link = writeRunAddress(desk, { id: A, with: B });
  expect(link.search).toBe(`?symbol=AAPL&run=${A}&with=${B}`);
  expect(readRunAddress(link)).toEqual({ id: A, with: B });
  expect(writeRunAddress(link, null).href).toBe(desk.href);
});

it('what is no id of a run opens nothing', () => {
  expect(readRunAddress(new URL('http://x/?run=../../etc'))).toBeNull();
  expect(readRunAddress(new URL(`http://x/?run=${A}&with=%2F`))).toEqual({ id: A, with: null });
});
