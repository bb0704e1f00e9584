// In: the state of the engine. Out: Header and Heartbeat frames, complete with their framing.
import {
  ABI_HASH,
  ABI_VERSION,
  encodeHeaderFrame,
  encodeHeartbeatFrame,
  FrameFlags,
  FrameKind,
  HEADER_FRAME_SIZE,
  HEARTBEAT_FRAME_SIZE,
  RunClass,
  SourceKind,
  TransportState,
  WIRE_VERSION,
  wireFrame,
} from '@wavetank/abi';
import type { NativeStatus } from './native-answers.ts';
import type { Speed } from './pacer.ts';

/** What the frames say beyond the session's own state. */
export interface EngineFacts {
  status: NativeStatus | undefined;
  transport: number;
  speed: Speed;
  lagNs: number;
  epoch: number;
  runClass: number;
  /** A recorded run is played. */
  isRun: boolean;
}

const hexBits = (hex: string): bigint => BigInt(`0x${hex}`);

function prefix(kind: number, { status }: EngineFacts) {
  const synthetic = status?.source.kind === 'synthetic';
  return {
    frame_kind: kind,
    frame_flags: synthetic ? FrameFlags.SYNTHETIC : 0,
    instrument_id: 0,
    seq: status?.seq ?? 0,
    ts_run_ns: status?.ts_run_ns ?? 0,
    ts_event_ns: status?.ts_event_ns ?? 0,
    symbol: '',
  };
}

function sourceKind({ status, isRun }: EngineFacts): number {
  if (status === undefined) return SourceKind.None;
  if (isRun) return SourceKind.Run;
  return status.source.kind === 'itch' ? SourceKind.Itch : SourceKind.Synthetic;
}

/** First frame of every connection and of every timeline. */
export function headerFrame(facts: EngineFacts): Uint8Array {
  const { status } = facts;
  const bytes = new Uint8Array(HEADER_FRAME_SIZE);
  encodeHeaderFrame(new DataView(bytes.buffer), 0, {
    ...prefix(FrameKind.Header, facts),
    abi_hash: ABI_HASH,
    input_digest: status === undefined ? 0n : hexBits(status.source.digest),
    seed: BigInt(status?.source.seed ?? '0'),
    abi_version: ABI_VERSION,
    wire_version: WIRE_VERSION,
    engine_pid: process.pid,
    epoch: facts.epoch,
    instruments: status?.instruments_named ?? 0,
    run_class: facts.runClass,
    source_kind: sourceKind(facts),
    reserved: 0,
  });
  return wireFrame(bytes);
}

/** Sent each 200 ms of wall time, whatever else happens. */
export function heartbeatFrame(facts: EngineFacts): Uint8Array {
  const { status, speed } = facts;
  const bytes = new Uint8Array(HEARTBEAT_FRAME_SIZE);
  encodeHeartbeatFrame(new DataView(bytes.buffer), 0, {
    ...prefix(FrameKind.Heartbeat, facts),
    ts_wall_ns: Date.now() * 1_000_000,
    durable_seq: status?.durable_seq ?? 0,
    events: status?.seq ?? 0,
    rejected: status?.rejected ?? 0,
    parse_errors: status?.parse?.errors ?? 0,
    ts_regressions: status?.ts_regressions ?? 0,
    conflated: status?.conflated ?? 0,
    feed_dropped: status?.feed_dropped ?? 0,
    live_orders: status?.live_orders ?? 0,
    lag_ns: facts.lagNs,
    run_digest: status === undefined ? 0n : hexBits(status.run_digest),
    source_position: status?.position ?? 0,
    source_length: status?.length ?? 0,
    speed_milli: speed === 'max' ? 0 : Math.round(speed * 1000),
    instruments: status?.instruments ?? 0,
    storms_active: status?.storms_running ?? 0,
    transport: facts.transport,
    run_active: status?.run?.recording ? 1 : 0,
    run_class: facts.runClass,
    source_kind: sourceKind(facts),
  });
  return wireFrame(bytes);
}

/** Name of a transport state in answers. */
export function transportName(state: number): string {
  for (const [name, value] of Object.entries(TransportState)) {
    if (value === state) return name.toLowerCase();
  }
  return 'idle';
}

/** Class by name; undefined when it is none that a live engine has. */
export const runClassOf = (name: string): number | undefined =>
  name === 'D0' ? RunClass.D0 : name === 'D1' ? RunClass.D1 : undefined;
