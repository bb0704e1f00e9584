// Words find their storm whether the answer or the frame comes first, and no other.
import { decodeStormFrame, STORM_FRAME_SIZE, type StormFrame } from '@wavetank/abi';
import { describe, expect, it } from 'vitest';
import { type StormNote, StormNotes } from './storm-notes.ts';

const frame = (storm_id: number, kind_name = 'FlashCrash', symbol = 'AAPL'): StormFrame => ({
  ...decodeStormFrame(new DataView(new ArrayBuffer(STORM_FRAME_SIZE))),
  storm_id,
  kind_name,
  symbol,
});

const said = (note: string, symbol?: string): StormNote => ({ kind: 'FlashCrash', symbol, note });

describe('StormNotes', () => {
  it('gives the words to the first frame only', () => {
    const notes = new StormNotes();
    notes.add(said('one'));
    expect([notes.take(frame(1)), notes.take(frame(1)), notes.take(frame(2))]).toEqual([
      'one',
      null,
      null,
    ]);
  });

  it('keeps them from storms that ran before, of another kind, or on another symbol', () => {
    const notes = new StormNotes();
    notes.take(frame(1));
    notes.add(said('one', 'MSFT'));
    expect([
      notes.take(frame(1)),
      notes.take(frame(2)),
      notes.take(frame(3, 'Spoof', 'MSFT')),
    ]).toEqual([null, null, null]);
    expect(notes.take(frame(4, 'FlashCrash', 'MSFT'))).toBe('one');
  });

  it('goes by the number once the engine told it', () => {
    const notes = new StormNotes();
    const mine = said('mine');
    notes.add(mine);
    mine.id = 7;
    expect(notes.take(frame(6))).toBeNull();
    expect(notes.take(frame(7))).toBe('mine');
  });

  it('drops them when the storm was refused, and on another timeline', () => {
    const notes = new StormNotes();
    const refused = said('refused');
    notes.add(refused);
    notes.drop(refused);
    notes.add(said('old'));
    notes.take(frame(5, 'Spoof'));
    notes.forget();
    expect(notes.take(frame(5))).toBeNull();
    notes.add(said('new'));
    notes.forget();
    expect(notes.take(frame(6))).toBeNull();
  });
});
