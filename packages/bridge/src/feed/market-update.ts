// What a subscriber of an instrument gets at once: the records of one quantum, and what they did.
import type { Record } from '@wavetank/abi';
import type { Effect, Level } from './resting-book.ts';

/** A record with what it did. */
export interface Told {
  record: Record;
  effects: Effect[];
}

export interface MarketUpdate {
  symbol: string;
  instrument: number;
  /** Last record of the update before: the chain that has no hole. */
  prev_seq: number;
  seq: number;
  /** End of the quantum that the records fell in. */
  ts_run_ns: number;
  ts_event_ns: number;
  told: Told[];
  /** Messages of the Coinbase dialect and prints before it, since the feed began. */
  messages_before: number;
  prints_before: number;
  /** Levels that changed, as they are after the update. */
  bids: Level[];
  asks: Level[];
  /** Its records as the engine wrote them, without the storms' label. */
  bytes: Uint8Array;
}
