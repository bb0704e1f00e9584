// In: a file or standard input. Out: its trading status after any message, as state: for the market and each symbol
// the latest message of each kind. No logic lives here.
import { loadAddon } from './addon.ts';
import { nativeError } from './errors.ts';
import type { Parser } from './offline.ts';

/** What one message said; `fields` by the names of docs, prices in 1/10000 dollar. */
export interface StatusState {
  name: string;
  type: string;
  ts_ns: number;
  fields: Record<string, string | number>;
}

export interface SymbolStatus {
  symbol: string;
  locate: number;
  states: StatusState[];
}

export interface TradingStatus {
  market: StatusState[];
  symbols: SymbolStatus[];
}

interface AddonStatusWalk {
  readonly messages: number;
  readonly position: number[];
  advance(maxMessages: number): boolean;
  status(): string;
}

interface StatusAddon {
  StatusWalk: new (path: string | null, framing: string, parser: string) => AddonStatusWalk;
}

/** A source read forward for its trading status. */
export interface StatusWalk {
  readonly messages: number;
  /** Bytes read and bytes in all. */
  readonly position: [at: number, length: number];
  /** Reads up to `messages` more; false at the end. */
  advance(messages: number): boolean;
  status(): TradingStatus;
}

function typed<T>(call: () => T): T {
  try {
    return call();
  } catch (thrown) {
    throw nativeError(thrown);
  }
}

/** Opens a file, or standard input where `path` is null. */
export function openStatusWalk(path: string | null, framing: string, parser: Parser): StatusWalk {
  const addon = loadAddon() as unknown as StatusAddon;
  const inner = typed(() => new addon.StatusWalk(path, framing, parser));
  return {
    get messages() {
      return inner.messages;
    },
    get position(): [number, number] {
      const [at = 0, length = 0] = inner.position;
      return [at, length];
    },
    advance: (messages) => typed(() => inner.advance(messages)),
    status: () => JSON.parse(inner.status()) as TradingStatus,
  };
}
