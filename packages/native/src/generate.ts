// In: what market to write, and where. Out: the bytes, written off this thread, and its totals in the
// words of a walk's summary. No logic lives here.
import { loadAddon } from './addon.ts';
import { nativeError } from './errors.ts';

export interface Generation {
  /** Written over; null: standard output. */
  path: string | null;
  messages: number;
  framed: boolean;
  /** Unsigned 64-bit, decimal. */
  seed: string;
  instruments: number;
  live_orders?: number | undefined;
  events_per_s?: number | undefined;
  halts_per_hour?: number | undefined;
}

/** What was written; the names are those of `WalkSummary` where both have the thing. */
export interface GenerationTotals {
  messages: number;
  messages_by_type: Record<string, number>;
  length_bytes: number;
  events: number;
  trades: number;
  volume: number;
  live_orders: number;
  levels: number;
  market_digest: string;
  input_digest: string;
  last_ts_ns: number;
}

interface AddonGenerator {
  readonly messages: number;
  run(): Promise<string>;
  stop(): void;
}

interface GenerateAddon {
  Generator: new (wish: string) => AddonGenerator;
}

/** A market being written. */
export interface Generating {
  /** Messages so far. */
  readonly messages: number;
  readonly totals: Promise<GenerationTotals>;
  /** Makes `totals` fail soon; what is written stays. */
  stop(): void;
}

export function generate(wish: Generation): Generating {
  const addon = loadAddon() as unknown as GenerateAddon;
  const inner = new addon.Generator(JSON.stringify(wish));
  const totals = inner.run().then(
    (json) => JSON.parse(json) as GenerationTotals,
    (thrown: unknown) => {
      throw nativeError(thrown);
    },
  );
  return {
    get messages() {
      return inner.messages;
    },
    totals,
    stop: () => inner.stop(),
  };
}
