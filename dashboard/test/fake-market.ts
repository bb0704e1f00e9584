// In: a seed and storms that a test fires. Out: the frames of one tick after another. It only has to
// look like a market on a page: it is no source of the product and proves nothing about one.
import * as abi from '@wavetank/abi';
import * as fake from './fake-frames.ts';

const TICK_NS = 20_000_000;
const TICK_SIZE = 100;

export interface FakeStorm {
  id: number;
  kind: string;
  severity: number;
  seed: bigint;
  started_ns: number;
  duration_ms: number;
  stopped: boolean;
}

export class FakeMarket {
  readonly symbol: string;
  transport: number = abi.TransportState.Playing;
  speed_milli = 1000;
  run_active = 0;
  /** Another number: another engine took over. */
  engine_pid = 7;
  now_ns: number;
  private seq = 0;
  private ticks = 0;
  private twin: number;
  private slide = 0;
  private trades = 0;
  private flags = 0;
  private state: number;
  private storms: FakeStorm[] = [];
  private readonly told = new Map<number, number>();

  constructor(symbol: string, price: number, start_ns = 36_000_000_000_000) {
    this.symbol = symbol;
    this.twin = price;
    this.now_ns = start_ns;
    this.state = 0x2545f491;
  }

  header(abi_hash = abi.ABI_HASH): Uint8Array {
    const source_kind = abi.SourceKind.Synthetic;
    const source = { source_kind, seed: 42n, epoch: 1, engine_pid: this.engine_pid };
    return fake.headerFrame(this.stamp(), { ...source, abi_hash });
  }

  fire(storm: Omit<FakeStorm, 'id' | 'started_ns' | 'stopped'>): FakeStorm {
    const id = this.told.size + this.storms.length + 1;
    const fired = { ...storm, id, started_ns: this.now_ns, stopped: false };
    this.storms.push(fired);
    return fired;
  }

  stop(id: number | undefined): void {
    for (const storm of this.storms) if (id === undefined || storm.id === id) storm.stopped = true;
  }

  heartbeat(): Uint8Array {
    return fake.heartbeatFrame(this.stamp(), {
      transport: this.transport,
      speed_milli: this.speed_milli,
      source_kind: abi.SourceKind.Synthetic,
      run_active: this.run_active,
      events: this.seq,
      rejected: 3,
      live_orders: 1_482 + this.draw(40),
      conflated: Math.floor(this.ticks / 100),
      lag_ns: 1_240_000,
      run_digest: this.digest(),
      storms_active: this.storms.length,
    });
  }

  latency(): Uint8Array {
    return fake.latFrame(this.stamp(), 12_000 + this.draw(900));
  }

  risk(): Uint8Array {
    const state = abi.RiskState.Armed;
    const judged = { target: 'demo-target', state, checks: this.ticks, refused: 2, position: 120 };
    return fake.riskFrame(this.stamp(), { ...judged, pnl: -183_400 });
  }

  /** One tick of virtual time. */
  step(): Uint8Array[] {
    this.ticks += 1;
    this.seq += 200 + this.draw(80);
    this.now_ns += TICK_NS;
    if (this.draw(4) === 0) this.twin += (this.draw(3) - 1) * TICK_SIZE;
    const pressure = this.pressure();
    this.slide += (pressure * 12_000 - this.slide) * 0.02;
    const out = [this.tick(pressure), ...this.prints(pressure), ...this.tellStorms()];
    if (this.ticks % 5 === 0) out.push(this.book(pressure));
    if (pressure > 0.1 && this.ticks % 90 === 0) out.push(this.flag());
    return out;
  }

  private tick(pressure: number): Uint8Array {
    const { bid, ask } = this.touch(pressure);
    const wave = Math.sin(this.ticks / 60);
    const bid_depth = Math.round((4200 + 600 * wave + this.draw(200)) * (1 - 0.8 * pressure));
    const ask_depth = 4300 - Math.round(500 * wave) + this.draw(200);
    return fake.tickFrame(this.stamp(), {
      run_digest: this.digest(),
      market_digest: Uint8Array.from({ length: 16 }, () => this.draw(256)),
      mid_x2: bid + ask,
      microprice_milli: Math.round(
        ((bid * ask_depth + ask * bid_depth) / (bid_depth + ask_depth)) * 1000,
      ),
      twin_mid_x2: 2 * this.twin + TICK_SIZE,
      best_bid: bid,
      best_ask: ask,
      bid_depth,
      ask_depth,
      twin_bid_depth: 4200 + Math.round(600 * wave),
      twin_ask_depth: ask_depth,
      injected_qty: Math.round(pressure * 3000),
      displaced_qty: Math.round(pressure * 9000),
      spread: ask - bid,
      twin_spread: TICK_SIZE,
      imbalance_ppm: Math.round(((bid_depth - ask_depth) / (bid_depth + ask_depth)) * 1e6),
      vpin_ppm:
        this.ticks < 200 ? 0xffffffff : Math.round(300_000 + 120_000 * wave + 300_000 * pressure),
      velocity_milli: 6000 + this.draw(3000) + Math.round(9000 * pressure),
      velocity_ewma_milli: 7000 + Math.round(6000 * pressure),
      event_rate_milli: 610_000 + this.draw(90_000) + Math.round(2_000_000 * pressure),
      tick_size: TICK_SIZE,
      regime: pressure > 0.5 ? 4 : pressure > 0.1 ? 3 : wave > 0.7 ? 2 : 1,
      trading_state: 84,
      storms_active: this.storms.length,
      volume: this.trades * 184,
      transport: this.transport,
    });
  }

  private touch(pressure: number): { bid: number; ask: number } {
    const slid = Math.round(this.slide / TICK_SIZE) * TICK_SIZE;
    const wide = Math.round(pressure * 9) * TICK_SIZE;
    const bid = this.twin - slid - wide;
    return { bid, ask: this.twin + TICK_SIZE * (1 + (this.draw(9) === 0 ? 1 : 0)) - slid };
  }

  private prints(pressure: number): Uint8Array[] {
    const out: Uint8Array[] = [];
    const { bid, ask } = this.touch(pressure);
    const count =
      this.draw(7) === 0 ? 1 + this.draw(2) : pressure > 0.2 && this.draw(3) === 0 ? 2 : 0;
    for (let i = 0; i < count; i++) {
      this.trades += this.draw(300) === 0 ? 2 : 1;
      const isStorm = pressure > 0.2 && this.draw(2) === 0;
      const isHidden = !isStorm && this.draw(6) === 0;
      const side = isHidden
        ? abi.Side.Inherit
        : isStorm || this.draw(2) === 0
          ? abi.Side.Bid
          : abi.Side.Ask;
      const flags = isHidden ? abi.EventFlags.NON_DISPLAYED : isStorm ? abi.EventFlags.INJECTED : 0;
      out.push(
        fake.tradeFrame(this.stamp(), {
          price: side === abi.Side.Ask ? ask : bid,
          qty: 1 + this.draw(20) * this.draw(30),
          trade_no: this.trades,
          side,
          channel: isStorm ? abi.Channel.Storm : abi.Channel.Source,
          flags,
          storm_id: isStorm ? (this.storms[0]?.id ?? 0) : 0,
        }),
      );
    }
    return out;
  }

  private book(pressure: number): Uint8Array {
    const { bid, ask } = this.touch(pressure);
    const side = (touch: number, step: number): fake.FakeLevel[] =>
      Array.from({ length: 20 }, (_, i) => {
        const qty = Math.max(
          10,
          Math.round((120 + 60 * i + this.draw(400)) * (1 - 0.7 * pressure)),
        );
        const injected_qty = step > 0 && pressure > 0.1 && i < 4 ? Math.round(qty * 0.4) : 0;
        return { price: touch + i * step, qty, injected_qty, orders: 1 + Math.floor(qty / 90) };
      });
    return fake.bookFrame(this.stamp(), side(bid, -TICK_SIZE), side(ask, TICK_SIZE));
  }

  private flag(): Uint8Array {
    this.flags += 1;
    return fake.chaosFrame(this.stamp(), {
      detector: abi.Detector.FlashCrash,
      flag_no: this.flags,
      severity_ppm: 800_000,
      truth_storm_id: this.storms[0]?.id ?? 0,
      time_to_detect_ms: 640,
    });
  }

  private tellStorms(): Uint8Array[] {
    const out: Uint8Array[] = [];
    for (const storm of this.storms) {
      const phase = this.phaseOf(storm);
      const due = this.told.get(storm.id) !== phase || this.ticks % 50 === 0;
      if (!due) continue;
      this.told.set(storm.id, phase);
      out.push(
        fake.stormFrame(this.stamp(), {
          storm_id: storm.id,
          kind: abi.StormKind.FlashCrash,
          kind_name: storm.kind,
          severity_ppm: Math.round(storm.severity * 1e6),
          asked_ppm: Math.round(storm.severity * 1e6),
          realised_ppm: Math.round((this.slide / 12_000) * 1e6),
          seed: storm.seed,
          started_ts_ns: storm.started_ns,
          expires_ts_ns: storm.started_ns + storm.duration_ms * 1e6,
          duration_ms: storm.duration_ms,
          phase,
          cause: storm.stopped ? abi.StormCause.Stopped : abi.StormCause.Expired,
          taken_qty: 154_210,
          withdrawn_qty: 208_903,
          placed_qty: 134_400,
          displaced_qty: 5120,
        }),
      );
    }
    this.storms = this.storms.filter((storm) => this.phaseOf(storm) !== abi.StormPhase.Closed);
    return out;
  }

  private phaseOf(storm: FakeStorm): number {
    const end = storm.started_ns + storm.duration_ms * 1e6;
    if (storm.stopped || this.now_ns > end + 4e9) return abi.StormPhase.Closed;
    return this.now_ns > end ? abi.StormPhase.Returning : abi.StormPhase.Running;
  }

  private pressure(): number {
    const running = this.storms.filter((s) => this.phaseOf(s) === abi.StormPhase.Running);
    return Math.min(
      1,
      running.reduce((sum, storm) => sum + storm.severity, 0),
    );
  }

  private stamp(): fake.Stamp {
    return { seq: this.seq, ts_run_ns: this.now_ns, symbol: this.symbol };
  }

  private digest(): bigint {
    return BigInt(this.seq) * 0x9e37_79b9_7f4an;
  }

  /** xorshift: the same page for the same seed. */
  private draw(below: number): number {
    this.state ^= this.state << 13;
    this.state ^= this.state >>> 17;
    this.state ^= this.state << 5;
    return (this.state >>> 0) % below;
  }
}
