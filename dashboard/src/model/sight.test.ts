import { describe, expect, it } from 'vitest';
import { LEAST_S, Sight, windowFor } from './sight.ts';

const past = { from_s: 1000, to_s: 1600 };
const shown = (sight: Sight): [number, number] => {
  const { from_s, to_s } = sight.span(1600, 60);
  return [from_s, to_s];
};

describe('what the charts show', () => {
  it('follows the newest instant', () => {
    expect(shown(new Sight())).toEqual([1540, 1600]);
  });

  it('zooms about the instant under the pointer, which stays where it is', () => {
    const sight = new Sight();
    sight.zoom(0.5, 1570, { from_s: 1540, to_s: 1600 }, past);
    expect([sight.isBack, ...shown(sight)]).toEqual([true, 1555, 1585]);
  });

  it('points at instants by key, from the newest on and inside what is in sight', () => {
    const sight = new Sight();
    const now = { from_s: 1540, to_s: 1600 };
    sight.aim(-0.5, now);
    expect([sight.isAimed, sight.pointed_s]).toEqual([true, 1570]);
    sight.aim(-0.75, now);
    expect(sight.pointed_s).toBe(1540);
    sight.point(1580);
    expect(sight.isAimed).toBe(false);
    sight.unaim();
    expect(sight.pointed_s).toBe(1580);
    sight.aim(0, now);
    sight.unaim();
    expect([sight.isAimed, sight.pointed_s]).toEqual([false, null]);
  });

  it('never leaves what history holds', () => {
    const sight = new Sight();
    sight.show({ from_s: 900, to_s: 1000 }, past);
    expect(shown(sight)).toEqual([1000, 1100]);
    sight.pan(-5, sight.span(1600, 60), past);
    expect(shown(sight)).toEqual([1000, 1100]);
  });

  it('has a closest look and shows all at most', () => {
    const sight = new Sight();
    sight.zoom(1e-6, 1570, { from_s: 1540, to_s: 1600 }, past);
    expect(shown(sight)[1] - shown(sight)[0]).toBeCloseTo(LEAST_S);
    sight.zoom(1e6, 1570, sight.span(1600, 60), past);
    expect(shown(sight)).toEqual([1000, 1600]);
  });

  it('follows again when it is moved past the newest instant, or told to', () => {
    const sight = new Sight();
    sight.show({ from_s: 1100, to_s: 1200 }, past);
    sight.pan(0.5, sight.span(1600, 60), past);
    expect(shown(sight)).toEqual([1150, 1250]);
    sight.pan(9, sight.span(1600, 60), past);
    expect(sight.isBack).toBe(false);
    sight.show({ from_s: 1100, to_s: 1200 }, past);
    sight.live();
    expect(shown(sight)).toEqual([1540, 1600]);
  });

  it('has nothing to look back at before there is a past', () => {
    const sight = new Sight();
    sight.show({ from_s: 0, to_s: 5 }, { from_s: 5, to_s: 5 });
    expect(sight.isBack).toBe(false);
  });

  it('reads the finest track that holds the beginning', () => {
    expect([1590, 1540, 1539, 1, -5000, -9000].map((from) => windowFor(from, 1600))).toEqual([
      60, 60, 300, 1800, 7200, 86_400,
    ]);
  });
});
