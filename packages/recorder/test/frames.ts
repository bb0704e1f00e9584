// Frames for tests: everything zero but what a test says.
import * as abi from '@wavetank/abi';

const empty = (size: number): DataView => new DataView(new ArrayBuffer(size));

export const tickFrame = (with_: Partial<abi.TickFrame>): abi.TickFrame => ({
  ...abi.decodeTickFrame(empty(abi.TICK_FRAME_SIZE)),
  frame_kind: abi.FrameKind.Tick,
  frame_flags: abi.FrameFlags.RECORD,
  symbol: 'AAPL',
  instrument_id: 1,
  ...with_,
});

export const stormFrame = (with_: Partial<abi.StormFrame>): abi.StormFrame => ({
  ...abi.decodeStormFrame(empty(abi.STORM_FRAME_SIZE)),
  frame_kind: abi.FrameKind.Storm,
  frame_flags: abi.FrameFlags.RECORD,
  symbol: 'AAPL',
  instrument_id: 1,
  storm_id: 1,
  kind: abi.StormKind.FlashCrash,
  kind_name: 'FlashCrash',
  severity_ppm: 800_000,
  duration_ms: 10_000,
  seed: 7n,
  started_ts_ns: 34_201_000_000_000,
  expires_ts_ns: 34_211_000_000_000,
  start_seq: 1000,
  phase: abi.StormPhase.Running,
  ...with_,
});

export const chaosFrame = (with_: Partial<abi.ChaosFrame>): abi.ChaosFrame => ({
  ...abi.decodeChaosFrame(empty(abi.CHAOS_FRAME_SIZE)),
  frame_kind: abi.FrameKind.Chaos,
  symbol: 'AAPL',
  detector: abi.Detector.FlashCrash,
  ...with_,
});

export const riskFrame = (with_: Partial<abi.RiskFrame>): abi.RiskFrame => ({
  ...abi.decodeRiskFrame(empty(abi.RISK_FRAME_SIZE)),
  frame_kind: abi.FrameKind.Risk,
  target: 'bot',
  state: abi.RiskState.Armed,
  ...with_,
});
