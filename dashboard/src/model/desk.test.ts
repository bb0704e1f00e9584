import { StormPhase } from '@wavetank/abi';
import { describe, expect, it } from 'vitest';
import * as fake from '../../test/fake-frames.ts';
import { type Batch, BatchWriter } from '../stream/frames.ts';
import { Desk } from './desk.ts';
import { COLUMN } from './series.ts';

const S = 1e9;

function batch(...frames: Uint8Array[]): Batch {
  const writer = new BatchWriter('AAPL');
  for (const frame of frames) writer.push(frame);
  return writer.take();
}

const stamp = (t_s: number, symbol = 'AAPL') => ({ seq: t_s * 10, ts_run_ns: t_s * S, symbol });
const tick = (t_s: number, symbol = 'AAPL') =>
  fake.tickFrame(stamp(t_s, symbol), { mid_x2: 2_000_000, tick_size: 100 });
const header = (epoch: number) => fake.headerFrame(stamp(0), { epoch, engine_pid: 7 });
const trade = (trade_no: number) => fake.tradeFrame(stamp(1), { trade_no, price: 100, qty: 1 });
const storm = (t_s: number, phase: number) =>
  fake.stormFrame(stamp(t_s), {
    storm_id: 1,
    started_ts_ns: 10 * S,
    phase,
    kind_name: 'FlashCrash',
  });

const times = (desk: Desk): number[] => [...desk.tracks.track(60).window(COLUMN.t_s)];

describe('the desk', () => {
  it('follows the first symbol it sees when none was asked for', () => {
    const desk = new Desk();
    desk.apply(batch(header(1), tick(1), tick(2)), 1);
    expect([desk.symbol, times(desk)]).toEqual(['AAPL', [1, 2]]);
  });

  it('shows nothing of another symbol', () => {
    const desk = new Desk();
    desk.follow('MSFT');
    // What was on its way when the person chose.
    desk.apply(batch(tick(1), fake.bookFrame(stamp(1), [], [])), 1);
    expect([desk.tick, desk.book, times(desk)]).toEqual([null, null, []]);
  });

  it('leaves a gap where the link was lost, never a joined line', () => {
    const desk = new Desk();
    desk.apply(batch(header(1), tick(1)), 1);
    desk.apply(batch(header(1), tick(9)), 2);
    expect(desk.tracks.gaps).toEqual([{ from_s: 1, to_s: 9, label: 'link lost' }]);
    expect(desk.tracks.track(60).window(COLUMN.mid)[1]).toBeNaN();
  });

  it('leaves it though the new link first greets, and repeats what was known', () => {
    const desk = new Desk();
    desk.apply(batch(header(1), tick(1)), 1);
    desk.apply(batch(header(1)), 2);
    desk.apply(batch(tick(1)), 2);
    desk.apply(batch(tick(1), tick(9)), 2);
    expect(desk.tracks.gaps).toEqual([{ from_s: 1, to_s: 9, label: 'link lost' }]);
  });

  it('begins anew on another timeline', () => {
    const desk = new Desk();
    desk.apply(batch(header(1), tick(50), trade(4), storm(50, StormPhase.Running)), 1);
    desk.apply(batch(tick(51), trade(5), header(2), tick(3), trade(1)), 1);
    expect([times(desk), desk.tape.print(0).trade_no, desk.tape.dropped, desk.storms.all]).toEqual([
      [3],
      1,
      0,
      [],
    ]);
    expect(desk.now_s).toBe(3);
  });

  it('counts prints that never arrived', () => {
    const desk = new Desk();
    desk.apply(batch(trade(5), trade(6), trade(9), trade(9), trade(10)), 1);
    expect([desk.tape.length, desk.tape.dropped]).toEqual([4, 2]);
    expect(desk.tape.print(0).trade_no).toBe(10);
  });

  it('remembers when a storm let go and when it closed', () => {
    const desk = new Desk();
    desk.apply(batch(storm(10, StormPhase.Running)), 1);
    expect(desk.storms.open).toHaveLength(1);
    desk.apply(batch(storm(20, StormPhase.Returning), storm(21, StormPhase.Returning)), 1);
    desk.apply(batch(storm(25, StormPhase.Closed)), 1);
    expect(desk.storms.open).toHaveLength(0);
    expect(desk.storms.all[0]).toMatchObject({ started_s: 10, returning_s: 20, ended_s: 25 });
  });

  it('draws one flag once, though it is told to every newcomer again', () => {
    const desk = new Desk();
    const flag = fake.chaosFrame(stamp(3), { flag_no: 1, detector: 4 });
    desk.apply(batch(flag), 1);
    desk.apply(batch(flag), 2);
    expect(desk.flags).toHaveLength(1);
  });
});
