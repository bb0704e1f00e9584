// In: rows of prints. Out: the newest of them, what they mean, and how many never arrived.
// A hole in the per-instrument print number is a print this page did not get: it is counted.
import { Channel, EventFlags, Side } from '@wavetank/abi';

export const TRADE_FIELDS = [
  'ts_ns',
  'price',
  'qty',
  'trade_no',
  'side',
  'channel',
  'flags',
  'storm_id',
] as const;
export const TRADE_WIDTH = TRADE_FIELDS.length;
export const TAPE_MOST = 4096;

export type Aggressor = 'buy' | 'sell' | 'hidden' | 'cross';

export interface Print {
  ts_ns: number;
  price: number;
  qty: number;
  trade_no: number;
  aggressor: Aggressor;
  /** Storm whose order took or was filled; 0 = none. */
  storm_id: number;
  /** Inserted by a storm, not by the source. */
  injected: boolean;
}

/** The side of a print is the resting order's: the aggressor stood on the other one. */
export function aggressorOf(side: number, flags: number): Aggressor {
  if (flags & EventFlags.CROSS) return 'cross';
  if (side === Side.Bid) return 'sell';
  if (side === Side.Ask) return 'buy';
  return 'hidden';
}

export class Tape {
  private readonly rows = new Float64Array(TAPE_MOST * TRADE_WIDTH);
  private written = 0;
  private lastNo = 0;
  private missing = 0;

  /** Prints held. */
  get length(): number {
    return Math.min(this.written, TAPE_MOST);
  }

  /** Grows with every print: lets a viewer see that there is something new. */
  get total(): number {
    return this.written;
  }

  /** Prints that happened and never reached this page. */
  get dropped(): number {
    return this.missing;
  }

  clear(): void {
    this.written = 0;
    this.lastNo = 0;
    this.missing = 0;
  }

  push(rows: Float64Array, at: number): void {
    const no = rows[at + 3] as number;
    if (no <= this.lastNo) return;
    if (this.lastNo > 0) this.missing += no - this.lastNo - 1;
    this.lastNo = no;
    const base = (this.written % TAPE_MOST) * TRADE_WIDTH;
    for (let i = 0; i < TRADE_WIDTH; i++) this.rows[base + i] = rows[at + i] as number;
    this.written += 1;
  }

  /** One field of the print `back` places from the newest (0). */
  field(back: number, field: number): number {
    const slot = (this.written - 1 - back) % TAPE_MOST;
    return this.rows[slot * TRADE_WIDTH + field] as number;
  }

  print(back: number): Print {
    const of = (field: number) => this.field(back, field);
    return {
      ts_ns: of(0),
      price: of(1),
      qty: of(2),
      trade_no: of(3),
      aggressor: aggressorOf(of(4), of(6)),
      storm_id: of(7),
      injected: of(5) === Channel.Storm,
    };
  }
}
