// The figures of a reduced synthetic grid with fixed seeds, through the real storms and the real session;
// and that a detector that says nothing is noticed.
import { beforeAll, expect, test } from 'vitest';
import { goals } from './goals.ts';
import { FIRST_SCORE_SEED, QUICK, trials } from './plan.ts';
import { runTrials } from './pool.ts';
import { muted, tally } from './tally.ts';
import type { Outcome } from './trial.ts';

let outcomes: Outcome[] = [];

beforeAll(async () => {
  const grid = { ...QUICK, seeds: 2, first_seed: FIRST_SCORE_SEED, recorded: undefined };
  outcomes = await runTrials(trials(grid), () => {});
}, 300_000);

const missed = (of: Outcome[]): string[] =>
  goals(tally(of))
    .filter((goal) => !goal.met)
    .map(({ name, measured, goal }) => `${name}: ${measured}, goal ${goal}`);

test('every figure is met', () => {
  expect(missed(outcomes)).toEqual([]);
});

test('a detector that says nothing turns the score red', () => {
  for (const { kind } of tally(outcomes).kinds) {
    const without = missed(outcomes.map((outcome) => muted(outcome, kind)));
    expect(without.map((line) => line.split(':')[0])).toContain(`${kind} recall`);
  }
});

test('a crash that the regime does not see turns it red', () => {
  const blind = outcomes.map((outcome) => ({
    ...outcome,
    crash: outcome.crash && { ...outcome.crash, crisis_ms: undefined },
  }));
  expect(missed(blind).join()).toContain('regime crisis');
});
