// What a preview is asked with and what it answers: a storm's one future, beside the same market
// without it. Types only; prices in 1/10000 dollar, times in virtual ms.
import type { SessionConfig, SourceSpec } from '@wavetank/native';
import type { StormRequest } from '../tank/tank.ts';

/** How far a preview may go; beyond it is cut, and says so. */
export interface PreviewBounds {
  /** Virtual time behind the storm's end for what it displaced to return. */
  recovery_ms: number;
  /** Events of both markets together. */
  events: number;
  wall_ms: number;
}

/** What the process that looks ahead is told, beside the checkpoint. */
export interface PreviewOrder {
  config: SessionConfig;
  /** What is read: the configured source, or an inflated copy of it. */
  source: SourceSpec;
  digest: string;
  /** Files of own storms. */
  storms: string[];
  storm: StormRequest & { symbol: string };
  /** Code digest of the storm's kind, as the engine runs it. */
  code: string;
  bounds: PreviewBounds;
}

/** Why a preview ends before the market was calm again. */
export type PreviewCut = 'recovery' | 'events' | 'wall' | 'source_end';

/** Columns of one length, 200 at most; null where a side of the book is empty. */
export interface PreviewPoints {
  /** From the storm's start. */
  after_ms: number[];
  mid: (number | null)[];
  /** The same market without this storm. */
  mid_without: (number | null)[];
  spread: (number | null)[];
}

export interface PreviewFlag {
  detector: string;
  /** The first of its kind, from the storm's start. */
  after_ms: number;
  count: number;
}

export interface PreviewFacts {
  /** The farthest that the mid stands from the market without the storm. */
  price_move: { price: number; bps: number; after_ms: number } | null;
  widest_spread: { price: number; ticks: number; bps: number; after_ms: number } | null;
  /** The greatest change of the ten-level depth of both sides, against the market without it. */
  depth_change: { share: number; after_ms: number } | null;
  /** Events that the storm puts in. */
  events: number;
  /** Their share of all events of the symbol while it runs. */
  events_share: number;
  /** Source quantity that it takes, and that it withdraws, shares. */
  taken_qty: number;
  withdrawn_qty: number;
  /** Its own orders, shares. */
  placed_qty: number;
  /** Prints that it is a side of. */
  trades: number;
  /** Of the link to a target, and how long it stands in all. */
  delivery_stalls: { count: number; total_ms: number };
  /** Nothing of it rests and all that it displaced is back; null when that lies behind the cut. */
  calm_after_ms: number | null;
  /** Flags that are not raised without it. */
  flags: PreviewFlag[];
  /** Why its code is stopped. */
  failure: string | null;
}

export interface Foreseen {
  kind: string;
  symbol: string;
  severity: number;
  duration_ms: number;
  /** Given or derived: a storm that is fired with it is this one. */
  seed: string;
  /** The instant it would start at, and the last sequence before. */
  at_ms: number;
  at_seq: number;
  expires_at_ms: number;
  /** Where the preview ends, and the chain over everything sequenced until there. */
  until_ms: number;
  run_digest: string;
  market_digest: string;
  cut: PreviewCut | null;
  tick_size: number;
  points: PreviewPoints;
  facts: PreviewFacts;
}

/** What a preview took. */
export interface PreviewCost {
  checkpoint_bytes: number;
  /** Wall time for which the engine's loop stood. */
  stall_ms: number;
  /** Wall time until the answer. */
  wall_ms: number;
}

/** The answer to `storm.preview`. */
export interface Preview extends Foreseen {
  /** The timeline that it is of. */
  epoch: number;
  cost: PreviewCost;
}

export type PreviewSaid =
  | { type: 'foreseen'; foreseen: Foreseen }
  | { type: 'refused'; code: string; detail: string };
