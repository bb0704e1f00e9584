import { expect, it } from 'vitest';
import { fillParams, stormKinds, stormModule, stormNames } from './registry.ts';

it('has a module for every kind of the schema, and no other', () => {
  expect(stormNames().sort()).toEqual(stormKinds.map((kind) => kind.name).sort());
  for (const kind of stormKinds) expect(stormModule(kind.name)?.number).toBe(kind.number);
  expect(stormModule('Tsunami')).toBeUndefined();
});

const kind = {
  name: 'K',
  number: 1,
  imitates: '',
  params: [{ name: 'depth', unit: 'levels', min: 1, max: 9, default: 3, doc: '' }],
};

it.each([
  [{}, { params: { depth: 3 } }],
  [{ depth: 9 }, { params: { depth: 9 } }],
])('takes parameters %j', (given, filled) => {
  expect(fillParams(kind, given)).toEqual(filled);
});

it.each([[{ depth: 10 }], [{ depth: 1.5 }], [{ depth: '3' }], [{ width: 3 }], [{ toString: 3 }]])(
  'refuses %j',
  (given) => expect(fillParams(kind, given)).toHaveProperty('fault.message'),
);
