import { MANIFEST } from '@wavetank/abi';
import { expect, test } from 'vitest';
import { compareManifests, loadAddon } from './addon.ts';
import { nativeError } from './errors.ts';

test('an addon of another ABI is refused by name of what differs', () => {
  expect(compareManifests(MANIFEST, MANIFEST)).toBeUndefined();
  const other = MANIFEST.replace('Event=40', 'Event=48');
  expect(compareManifests(other, MANIFEST)).toContain('addon has Event=48');
});

test('a missing addon says how to build it', () => {
  expect(() => loadAddon('/nowhere/wavetank.node')).toThrow(/run-desk\.sh --setup/);
});

test.each([
  ['STORM_HALTED: AAPL is in state H', 'STORM_HALTED', 409],
  ['SOMETHING_ELSE: of no table', 'NATIVE_PANIC', 500],
  ['plain words', 'NATIVE_PANIC', 500],
])('%s becomes %s', (message, code, status) => {
  const error = nativeError(new Error(message));
  expect([error.code, error.status]).toEqual([code, status]);
});
