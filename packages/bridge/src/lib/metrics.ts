// In: the parts, read when asked. Out: Prometheus text. Nothing is counted twice: where a part
// counts already, its count is shown.
import { enumName, FrameKind, snakeName } from '@wavetank/abi';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Parts } from '../parts.ts';

type Label = 'kind' | 'reason' | 'code';

/** What checkpoints of a recorded run have cost, as the engine's status tells it. */
interface Checkpoints {
  written: number;
  bytes: number;
  last_ms: number;
  total_ms: number;
}

export class Metrics {
  readonly #registry = new Registry();
  readonly #parts: Parts;
  #checkpoints: Checkpoints | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    collectDefaultMetrics({ register: this.#registry, prefix: 'wavetank_bridge_' });
    this.#gauge('wavetank_engine_up', 'Engine greeted and beating', () =>
      Number(parts.engine.ready),
    );
    this.#gauge(
      'wavetank_engine_restarts_total',
      'Deaths of the engine process',
      () => parts.engine.status.restarts,
    );
    this.#gauge('wavetank_viewers', 'Viewers connected', () => parts.viewers.count);
    this.#gauge(
      'wavetank_viewer_frames_dropped_total',
      'Frames that slow viewers missed',
      () => parts.viewers.dropped,
    );
    this.#gauge('wavetank_bots', 'Bots on /feed', () => parts.feedClients.count);
    this.#gauge(
      'wavetank_bot_messages_lost_total',
      'Messages that slow bots missed',
      () => parts.feedClients.lost,
    );
    this.#gauge('wavetank_delivery_waiting', 'Frames that wait for the disk', () => parts.waiting);
    this.#gauge('wavetank_run_active', 'A run is being recorded', () =>
      Number(parts.recording.state === 'recording'),
    );
    this.#gauge('wavetank_target_online', 'The target answered its last poll', () =>
      Number(parts.poller.last?.online ?? false),
    );
    this.#labelled('wavetank_frames_total', 'Frames delivered, by kind', 'kind', () =>
      frames(parts),
    );
    this.#labelled(
      'wavetank_viewers_closed_total',
      'Viewers that went, by reason',
      'reason',
      () => parts.viewers.closed,
    );
    this.#labelled(
      'wavetank_bots_closed_total',
      'Bots that went, by reason',
      'reason',
      () => parts.feedClients.closed,
    );
    this.#labelled(
      'wavetank_requests_refused_total',
      'Requests of other sites, under other names or without the token, by code',
      'code',
      () => parts.guard.refused,
    );
    this.#heartbeat('wavetank_events_total', 'Events sequenced since source start', 'events');
    this.#heartbeat('wavetank_events_rejected_total', 'Events that did not apply', 'rejected');
    this.#heartbeat(
      'wavetank_parse_errors_total',
      'Messages that could not be read',
      'parse_errors',
    );
    this.#heartbeat(
      'wavetank_frames_conflated_total',
      'View frames replaced in the engine',
      'conflated',
    );
    this.#heartbeat('wavetank_live_orders', 'Orders resting in all books', 'live_orders');
    this.#heartbeat('wavetank_storms_active', 'Storms running', 'storms_active');
    this.#heartbeat('wavetank_lag_ns', 'Virtual time behind wall time', 'lag_ns');
    this.#heartbeat(
      'wavetank_virtual_time_ns',
      'Virtual now, ns since venue midnight',
      'ts_run_ns',
    );
    this.#checkpoint('wavetank_checkpoints_total', 'Checkpoints of this run', (of) => of.written);
    this.#checkpoint('wavetank_checkpoint_bytes_total', 'Bytes of them', (of) => of.bytes);
    this.#checkpoint(
      'wavetank_checkpoint_seconds_total',
      'Wall time they took of the engine',
      (of) => of.total_ms / 1000,
    );
    this.#checkpoint(
      'wavetank_checkpoint_last_seconds',
      'Wall time the last one took',
      (of) => of.last_ms / 1000,
    );
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  async text(): Promise<string> {
    const session = await this.#parts.sessionStatus();
    this.#checkpoints = (session?.checkpoints ?? undefined) as Checkpoints | undefined;
    return this.#registry.metrics();
  }

  #gauge(name: string, help: string, read: () => number | undefined): void {
    const registers = [this.#registry];
    new Gauge({
      name,
      help,
      registers,
      collect() {
        const value = read();
        if (value === undefined) this.remove();
        else this.set(value);
      },
    });
  }

  /** Absent while no engine beats, so that nothing stale is scraped as fresh. */
  #heartbeat(
    name: string,
    help: string,
    field:
      | 'events'
      | 'rejected'
      | 'parse_errors'
      | 'conflated'
      | 'live_orders'
      | 'storms_active'
      | 'lag_ns'
      | 'ts_run_ns',
  ): void {
    this.#gauge(name, help, () => this.#parts.latest.heartbeat?.[field]);
  }

  /** Absent while no run is recorded. */
  #checkpoint(name: string, help: string, read: (of: Checkpoints) => number): void {
    this.#gauge(name, help, () => this.#checkpoints && read(this.#checkpoints));
  }

  #labelled(
    name: string,
    help: string,
    label: Label,
    read: () => ReadonlyMap<string, number>,
  ): void {
    const registers = [this.#registry];
    new Gauge({
      name,
      help,
      labelNames: [label],
      registers,
      collect() {
        for (const [key, value] of read()) this.set({ [label]: key }, value);
      },
    });
  }
}

function frames(parts: Parts): Map<string, number> {
  const named = new Map<string, number>();
  for (const [kind, count] of parts.delivered) {
    named.set(snakeName(enumName(FrameKind, kind) ?? `kind_${kind}`), count);
  }
  return named;
}
