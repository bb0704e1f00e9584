// In: the ticks of a fake market. Out: an answer in the form of GET /history, one bucket width only.
import { decodeTickFrame, FrameKind, type TickFrame } from '@wavetank/abi';

const BUCKET_MS = 100;
const WIRE_HEAD = 6;
const MEASURES: Record<string, (tick: TickFrame) => number> = {
  mid: (tick) => tick.mid_x2 / 2,
  microprice: (tick) => tick.microprice_milli / 1000,
  twin_mid: (tick) => tick.twin_mid_x2 / 2,
  spread: (tick) => tick.spread,
  twin_spread: (tick) => tick.twin_spread,
  bid_depth: (tick) => tick.bid_depth,
  ask_depth: (tick) => tick.ask_depth,
  regime: (tick) => tick.regime,
};

export class FakeHistory {
  private readonly buckets = new Map<number, TickFrame[]>();

  take(frames: Uint8Array[]): void {
    for (const frame of frames) {
      const view = new DataView(frame.buffer, frame.byteOffset + WIRE_HEAD);
      if (view.getUint16(0, true) !== FrameKind.Tick) continue;
      const tick = decodeTickFrame(view);
      const bucket = Math.floor(tick.ts_run_ns / 1e6 / BUCKET_MS) * BUCKET_MS;
      const ticks = this.buckets.get(bucket) ?? [];
      ticks.push(tick);
      this.buckets.set(bucket, ticks);
    }
  }

  answer(symbol: string, query: URLSearchParams): object {
    const [from, to] = [Number(query.get('from')), Number(query.get('to'))];
    const found = [...this.buckets].filter(([t]) => t >= from && t <= to);
    const measures: Record<string, { min: number[]; max: number[] }> = {};
    for (const [name, read] of Object.entries(MEASURES)) {
      const values = found.map(([, ticks]) => ticks.map(read));
      measures[name] = {
        min: values.map((some) => Math.min(...some)),
        max: values.map((some) => Math.max(...some)),
      };
    }
    return { symbol, bucket_ms: BUCKET_MS, epoch: 1, t_ms: found.map(([t]) => t), measures };
  }
}
