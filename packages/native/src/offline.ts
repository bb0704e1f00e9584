// In: a file, standard input or bytes. Out: the native walk over it, typed: the book after any message, digests,
// totals. Also the streams the gate is fed. No logic lives here.
import { decodeViewLevel, VIEW_LEVEL_SIZE } from '@wavetank/abi';
import { loadAddon } from './addon.ts';
import { nativeError } from './errors.ts';

export type Parser = 'zig' | 'rust';
/** Standard input can be walked once. */
export type WalkSource = { path: string } | { bytes: Uint8Array } | { stdin: true };

export interface WalkOptions {
  source: WalkSource;
  framing: 'auto' | 'binaryfile' | 'raw';
  parser: Parser;
  /** `undefined`: events are read but applied nowhere. */
  implementation: 'rust' | 'reference' | 'cpp' | undefined;
}

/** Totals of a walk; times are ns since venue midnight, digests hex. */
export interface WalkSummary {
  messages: number;
  messages_by_type: Record<string, number>;
  parse_errors: number;
  first_error: { offset_bytes: number; reason: string } | null;
  skipped_bytes: number;
  position_bytes: number;
  length_bytes: number;
  input_digest: string;
  symbols: number;
  first_ts_ns: number | null;
  last_ts_ns: number;
  ts_regressions: number;
  book: {
    events: number;
    statuses: Record<string, number>;
    live_orders: number;
    instruments: number;
    market_digest: string;
    run_digest: string;
  } | null;
}

export interface WalkLevel {
  price: number;
  qty: number;
  orders: number;
}

/** The walk as the addon exports it. */
interface AddonWalk {
  readonly messages: number;
  readonly ended: boolean;
  readonly lastTsNs: number;
  readonly position: number[];
  advance(maxMessages: number): boolean;
  toMessage(n: number): void;
  toTime(tsNs: number): void;
  events(maxMessages: number): Buffer;
  levels(instrument: number, side: number, depth: number): Buffer;
  l2Hash(instrument: number): string;
  marketDigest(): string;
  chain(): string;
  symbols(): string;
  instruments(): number[];
  summary(): string;
}

interface OfflineAddon {
  Walk: new (options: string, bytes: Uint8Array | null) => AddonWalk;
  referenceBytes(messages: number, framed: boolean): Buffer;
  gateStream(seed: number, messages: number, profile: string): Buffer;
  gateProfiles(): string[];
  manifests(): Record<string, string>;
}

const addon = (): OfflineAddon => loadAddon() as unknown as OfflineAddon;

function typed<T>(call: () => T): T {
  try {
    return call();
  } catch (thrown) {
    throw nativeError(thrown);
  }
}

/** A source walked forward from its first message. */
export class Walk {
  readonly #inner: AddonWalk;

  constructor(inner: AddonWalk) {
    this.#inner = inner;
  }

  get messages(): number {
    return this.#inner.messages;
  }
  get ended(): boolean {
    return this.#inner.ended;
  }
  get lastTsNs(): number {
    return this.#inner.lastTsNs;
  }
  /** Bytes read, and bytes in all (0 while not known). */
  get position(): [at: number, length: number] {
    const [at = 0, length = 0] = this.#inner.position;
    return [at, length];
  }
  /** Reads up to `messages` more; false at the end of the source. */
  advance(messages: number): boolean {
    return typed(() => this.#inner.advance(messages));
  }
  /** Goes on until `n` messages are read in all. */
  toMessage(n: number): void {
    typed(() => this.#inner.toMessage(n));
  }
  /** Goes on until the next event is later than `tsNs`. */
  toTime(tsNs: number): void {
    typed(() => this.#inner.toTime(tsNs));
  }
  /** Events of the next messages as 40-byte records, applied nowhere. */
  events(messages: number): Uint8Array {
    return typed(() => this.#inner.events(messages));
  }
  /** The best `depth` levels of a side. */
  levels(instrument: number, side: 0 | 1, depth: number): WalkLevel[] {
    const most = Math.min(depth, 0xffff_ffff);
    const bytes = typed(() => this.#inner.levels(instrument, side, most));
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return Array.from({ length: bytes.length / VIEW_LEVEL_SIZE }, (_, i) => {
      const { price, qty, orders } = decodeViewLevel(view, i * VIEW_LEVEL_SIZE);
      return { price, qty, orders };
    });
  }
  l2Hash(instrument: number): string {
    return typed(() => this.#inner.l2Hash(instrument));
  }
  marketDigest(): string {
    return typed(() => this.#inner.marketDigest());
  }
  chain(): string {
    return typed(() => this.#inner.chain());
  }
  /** Locate of every symbol named so far. */
  symbols(): Map<string, number> {
    return new Map(JSON.parse(this.#inner.symbols()) as [string, number][]);
  }
  /** Locates that events have named so far, ascending. */
  instruments(): number[] {
    return this.#inner.instruments();
  }
  summary(): WalkSummary {
    return JSON.parse(this.#inner.summary()) as WalkSummary;
  }
}

/** Opens a walk; a NativeError says what is wrong with the source. */
export function openWalk(options: WalkOptions): Walk {
  const { source, framing, parser, implementation } = options;
  const path = 'path' in source ? source.path : null;
  const bytes = 'bytes' in source ? source.bytes : null;
  const stdin = 'stdin' in source;
  const how = { framing, parser, implementation: implementation ?? null };
  const spec = JSON.stringify({ path, stdin, ...how });
  return typed(() => new Walk(new (addon().Walk)(spec, bytes)));
}

/** The reference stream of the L2 hash. */
export const referenceBytes = (messages: number, framed: boolean): Uint8Array =>
  addon().referenceBytes(messages, framed);

/** An adversarial ITCH stream of every message type, framed as BinaryFILE. */
export const gateStream = (seed: number, messages: number, profile: string): Uint8Array =>
  typed(() => addon().gateStream(seed, messages, profile));

/** Names of the adversarial profiles. */
export const gateProfiles = (): string[] => addon().gateProfiles();

/** ABI manifest of every native library inside the addon, by language. */
export const nativeManifests = (): Record<string, string> => addon().manifests();
