// In: what happened on the socket and when (ms of any steady clock). Out: the one state of the link.
// Knows no socket, no timer and no page: time is an argument, so tests run it in virtual time.
import { TransportState } from '@wavetank/abi';

/** What the desk shows; only `live` may look alive. */
export type LinkPhase =
  | 'connecting'
  | 'incompatible'
  | 'offline'
  | 'no_symbol'
  | 'engine_down'
  | 'stale'
  | 'silent'
  | 'idle'
  | 'opening'
  | 'live'
  | 'paused'
  | 'stalled'
  | 'ended';

/** What asking the bridge about its engine gave. */
export type Probe = 'unknown' | 'engine_up' | 'engine_down' | 'no_symbol' | 'unreachable';

export interface LinkView {
  phase: LinkPhase;
  /** Wall ms since the last heartbeat; null before the first. */
  heartbeat_age_ms: number | null;
  /** Wall ms since the last tick; null before the first. */
  tick_age_ms: number | null;
  /** Connections tried since the last that delivered a heartbeat. */
  attempt: number;
  /** Wall ms until the next attempt; null while one is under way. */
  retry_in_ms: number | null;
  /** Why, in words for a person; empty when there is nothing to add. */
  detail: string;
}

/** States in which asking the bridge may tell why. */
const SICK: ReadonlySet<LinkPhase> = new Set(['stale', 'offline', 'engine_down', 'no_symbol']);

/** Four heartbeats: without one for this long nothing may look alive, and it must show within a second. */
export const STALE_AFTER_MS = 800;
const BACKOFF_FIRST_MS = 250;
const BACKOFF_MOST_MS = 8000;

const TRANSPORT_PHASE: Record<number, LinkPhase> = {
  [TransportState.Idle]: 'idle',
  [TransportState.Opening]: 'opening',
  [TransportState.Playing]: 'live',
  [TransportState.Paused]: 'paused',
  [TransportState.Stalled]: 'stalled',
  [TransportState.Ended]: 'ended',
};

/** Delay before attempt n (1, 2, …): doubles, capped, spread by `jitter` in 0..1 over its upper half. */
export function backoffMs(attempt: number, jitter: number): number {
  const full = Math.min(BACKOFF_MOST_MS, BACKOFF_FIRST_MS * 2 ** Math.min(attempt - 1, 10));
  return Math.round(full * (0.5 + 0.5 * jitter));
}

export class Link {
  private socket: 'closed' | 'connecting' | 'open' = 'connecting';
  private since: number;
  private beatAt: number | null = null;
  private tickAt: number | null = null;
  private transport: number = TransportState.Idle;
  private transportSince = 0;
  private probed: Probe = 'unknown';
  private tries = 0;
  private retryAt: number | null = null;
  private refusal = '';
  private reason = '';

  constructor(now: number) {
    this.since = now;
  }

  connecting(now: number): void {
    this.socket = 'connecting';
    this.since = now;
    this.retryAt = null;
  }

  opened(now: number): void {
    this.socket = 'open';
    this.since = now;
    this.beatAt = null;
    this.tickAt = null;
    this.probed = 'unknown';
    this.reason = '';
  }

  /** Returns the delay before the next attempt. */
  closed(now: number, reason: string, jitter: number): number {
    this.socket = 'closed';
    this.since = now;
    this.tries += 1;
    this.reason = reason;
    const delay = backoffMs(this.tries, jitter);
    this.retryAt = now + delay;
    return delay;
  }

  heartbeat(now: number, transport: number): void {
    if (transport !== this.transport || this.beatAt === null) this.transportSince = now;
    this.beatAt = now;
    this.transport = transport;
    this.probed = 'engine_up';
    this.tries = 0;
  }

  tick(now: number): void {
    this.tickAt = now;
  }

  /** What the bridge says of its engine: asked, or told by it. The next heartbeat overrules it. */
  probe(result: Probe): void {
    this.probed = result;
  }

  /** The other side speaks another format: shown as such, never as waiting. */
  refuse(reason: string): void {
    this.refusal = reason;
  }

  accept(): void {
    this.refusal = '';
  }

  /** True when somebody should ask the bridge whether its engine lives. */
  wantsProbe(now: number): boolean {
    const phase = this.phase(now);
    return SICK.has(phase);
  }

  phase(now: number): LinkPhase {
    if (this.refusal !== '') return 'incompatible';
    if (this.socket !== 'open') return this.unopened();
    if (this.probed === 'engine_down') return 'engine_down';
    if (now - (this.beatAt ?? this.since) > STALE_AFTER_MS) return 'stale';
    if (this.beatAt === null) return 'connecting';
    const phase = TRANSPORT_PHASE[this.transport] ?? 'stale';
    return phase === 'live' && this.isSilent(now) ? 'silent' : phase;
  }

  view(now: number): LinkView {
    return {
      phase: this.phase(now),
      heartbeat_age_ms: this.beatAt === null ? null : now - this.beatAt,
      tick_age_ms: this.tickAt === null ? null : now - this.tickAt,
      attempt: this.tries,
      retry_in_ms: this.retryAt === null ? null : Math.max(0, this.retryAt - now),
      detail: this.refusal || this.reason,
    };
  }

  private unopened(): LinkPhase {
    if (this.probed === 'engine_down' || this.probed === 'no_symbol') return this.probed;
    return this.tries === 0 ? 'connecting' : 'offline';
  }

  /** The engine says it plays, yet no tick of this symbol came. */
  private isSilent(now: number): boolean {
    const quietSince = Math.max(this.tickAt ?? this.since, this.transportSince);
    return now - quietSince > STALE_AFTER_MS;
  }
}
