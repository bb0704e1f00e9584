// Every kind of status message of the golden file is told as state, in words.
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readStatus, stateLine } from './trading-status.ts';

const EVERY_TYPE = fileURLToPath(
  new URL('../../../data/vectors/itch-types.itch50', import.meta.url),
);

it('tells the market and the symbol', () => {
  const { market, symbols } = readStatus(EVERY_TYPE, { framing: 'auto', parser: 'zig' });
  expect(market.map((state) => state.type)).toEqual(['S', 'V', 'W']);
  const states = symbols.flatMap((symbol) => symbol.states);
  expect(states.map((state) => state.type).join('')).toBe('RHhYJKLINO');
  expect(states.every((state) => state.ts_ns > 0)).toBe(true);
  const told = Object.fromEntries(states.map((state) => [state.type, stateLine(state)]));
  expect(told.H).toMatch(/^halted/);
  expect(told.J).toMatch(/^reference_price \$/);
});

it('names what it does not know by its letter', () => {
  const state = { name: 'trading_action', type: 'H', ts_ns: 1, fields: { trading_state: 'Z' } };
  expect(stateLine(state)).toBe('Z');
});
