// In: batches and link states from the stream worker. Out: the one picture of the market that charts
// read in place and panels read five times a second. Lives outside React; knows no DOM.
import type { ChaosFrame, HeaderFrame, HeartbeatFrame, RiskFrame, TickFrame } from '@wavetank/abi';
import type { Batch, BookRows, Latency, Notice } from '../stream/frames.ts';
import type { LinkView } from '../stream/link.ts';
import { Heat } from './heat.ts';
import { WIDTH } from './series.ts';
import { Sight, type Span, windowFor } from './sight.ts';
import { type StormMark, Storms } from './storms.ts';
import { Tape, TRADE_WIDTH } from './tape.ts';
import type { Track } from './track.ts';
import { type GrainS, Tracks, type WindowS } from './tracks.ts';

const FLAGS_MOST = 256;
/** Seconds shown before and after a storm that a person jumps to. */
const AROUND_S = 5;
/** A crosshair this near to the newest instant reads the book that stands now. */
const NEWEST_S = 0.2;

export interface LastControl {
  method: string;
  who: string;
  at_s: number;
}

export class Desk {
  readonly tracks = new Tracks();
  readonly tape = new Tape();
  readonly storms = new Storms();
  readonly heat = new Heat();
  readonly sight = new Sight();
  readonly flags: ChaosFrame[] = [];
  readonly risks = new Map<string, RiskFrame>();
  link: LinkView = {
    phase: 'connecting',
    heartbeat_age_ms: null,
    tick_age_ms: null,
    attempt: 0,
    retry_in_ms: null,
    detail: '',
  };
  header: HeaderFrame | null = null;
  heartbeat: HeartbeatFrame | null = null;
  tick: TickFrame | null = null;
  /** The first instant of this timeline that this page saw as it came. */
  since_s = Number.POSITIVE_INFINITY;
  book: BookRows | null = null;
  lat: Latency | null = null;
  /** Symbol whose picture this is; empty before the first tick. */
  symbol = '';
  window_s: WindowS = 60;
  /** The depth map behind the price. */
  isHeatShown = true;
  /** Counts changes that charts draw. */
  version = 0;
  /** Counts changes that panels show at once: first prices, storms, flags, sources. */
  news = 0;
  bytes = 0;
  /** Of this symbol on this timeline; `holes` are frames the engine says it lost. */
  readonly received = { ticks: 0, books: 0, holes: 0 };
  /** An engine died and another one took its place: said until a person has seen it. */
  isRestarted = false;
  /** Frames the bridge replaced or dropped because this page was slow. */
  skipped = 0;
  /** The last control that took effect, for all to see. */
  control: LastControl | null = null;
  private connection = 0;
  /** The connection that the newest tick came on; 0 before one of this symbol. */
  private tickedOn = 0;
  /** The storm a person jumped to, while that is what the charts show. */
  private jumped = { version: -1, at_s: 0 };

  /** Virtual now in seconds: the newest instant any frame told. */
  get now_s(): number {
    const beat = this.heartbeat?.ts_run_ns ?? 0;
    return Math.max(beat, this.tick?.ts_run_ns ?? 0, this.book?.ts_run_ns ?? 0) / 1e9;
  }

  /** What the charts show: the newest window, or the past that a person looks at. */
  get span(): Span {
    return this.sight.span(this.tracks.last_s, this.window_s);
  }

  /** All that is kept. */
  get past(): Span {
    const { first_s, last_s } = this.tracks;
    return { from_s: Number.isNaN(first_s) ? last_s : first_s, to_s: last_s };
  }

  /** Window whose track and depth map hold what the charts show. */
  get grain_s(): GrainS {
    if (!this.sight.isBack) return this.window_s;
    return windowFor(this.span.from_s, this.tracks.last_s);
  }

  /** The book at the crosshair's instant where it was seen, else the newest. */
  get shownBook(): BookRows | null {
    const at_s = this.sight.pointed_s;
    if (this.book === null || at_s === null) return this.book;
    if (this.tracks.last_s - at_s < NEWEST_S) return this.book;
    return this.heat.bookAt(this.grain_s, at_s, this.book) ?? this.book;
  }

  get track(): Track {
    return this.tracks.track(this.grain_s);
  }

  /** Shows the storm before or after the one shown last, or what is in sight, with seconds around it. */
  showStorm(direction: -1 | 1): void {
    const storm = this.storms.beside(this.jumpFrom_s, direction, this.symbol);
    if (storm === undefined) return;
    const to_s = storm.ended_s ?? this.tracks.last_s;
    this.sight.show({ from_s: storm.started_s - AROUND_S, to_s: to_s + AROUND_S }, this.past);
    this.jumped = { version: this.sight.version, at_s: storm.started_s };
  }

  private get jumpFrom_s(): number {
    const { sight, jumped } = this;
    if (sight.isBack && jumped.version === sight.version) return jumped.at_s;
    return sight.isBack ? (this.span.from_s + this.span.to_s) / 2 : Number.MAX_VALUE;
  }

  /** A person chose another symbol: nothing of the old one may stay in sight. */
  follow(symbol: string): void {
    this.symbol = symbol;
    this.clearMarket();
    this.tickedOn = 0;
    this.news += 1;
  }

  apply(batch: Batch, connection: number): void {
    this.bytes += batch.bytes;
    if (batch.header !== null) this.takeHeader(batch.header);
    if (connection !== this.connection) this.skipped = 0;
    this.connection = connection;
    this.takeTicks(batch);
    if (batch.heartbeat !== null) this.heartbeat = batch.heartbeat;
    if (batch.lat !== null) this.lat = batch.lat;
    if (batch.book !== null && this.isOurs(batch.book.symbol)) this.takeBook(batch.book);
    for (let i = 0; i < batch.trade_count; i++) this.tape.push(batch.trade_rows, i * TRADE_WIDTH);
    for (const risk of batch.risks) this.risks.set(risk.target, risk);
    for (const storm of batch.storms) if (this.storms.apply(storm)) this.news += 1;
    for (const flag of batch.flags) this.takeFlag(flag);
    for (const notice of batch.notices) this.takeNotice(notice);
    this.version += 1;
  }

  /** Puts the past before what is there. */
  remember(rows: Float64Array, count: number): void {
    if (count === 0) return;
    this.tracks.backfill(rows, count);
    this.version += 1;
  }

  /** Puts storms that were over before this page looked before those it knows. */
  rememberStorms(over: StormMark[]): void {
    this.storms.remember(over);
    this.news += 1;
  }

  private takeHeader(header: HeaderFrame): void {
    const before = this.header;
    this.header = header;
    this.news += 1;
    const same = before?.epoch === header.epoch && before.engine_pid === header.engine_pid;
    if (before !== null && !same) this.clearTimeline();
    if (before !== null && before.engine_pid !== header.engine_pid) this.isRestarted = true;
  }

  private takeTicks(batch: Batch): void {
    const tick = batch.tick;
    if (tick === null || batch.tick_count === 0) return;
    if (this.symbol === '') this.symbol = tick.symbol;
    if (!this.isOurs(tick.symbol)) return;
    const first_s = batch.tick_rows[0] as number;
    if (first_s < this.tracks.last_s - 1) this.clearTimeline();
    this.markHole(batch);
    for (let i = 0; i < batch.tick_count; i++) this.tracks.push(batch.tick_rows, i * WIDTH);
    this.since_s = Math.min(this.since_s, first_s);
    this.received.ticks += batch.tick_count;
    this.received.holes += batch.gaps;
    if (this.tick === null) this.news += 1;
    this.tick = tick;
  }

  /** A new connection greets with a tick that was known: the hole ends at the first one that was not. */
  private markHole(batch: Batch): void {
    const { last_s } = this.tracks;
    let at = 0;
    while (at < batch.tick_count && (batch.tick_rows[at * WIDTH] as number) <= last_s) at += 1;
    if (at === batch.tick_count) return;
    const to_s = batch.tick_rows[at * WIDTH] as number;
    const isResumed = this.tickedOn !== 0 && this.tickedOn !== this.connection;
    if (isResumed) this.tracks.gap(to_s, 'link lost');
    else if (batch.gaps > 0) this.tracks.gap(to_s, 'frames lost');
    if (isResumed) this.heat.breakHere();
    this.tickedOn = this.connection;
  }

  private takeBook(book: BookRows): void {
    this.book = book;
    this.received.books += 1;
    this.heat.push(book);
  }

  private takeNotice(notice: Notice): void {
    if (notice.notice === 'dropped') this.skipped = Number(notice.dropped);
    if (notice.notice === 'control') this.control = controlOf(notice);
  }

  private takeFlag(flag: ChaosFrame): void {
    if (this.flags.some((known) => known.flag_no === flag.flag_no)) return;
    this.flags.push(flag);
    if (this.flags.length > FLAGS_MOST) this.flags.shift();
    this.news += 1;
  }

  /** Another source or a seek: time itself starts anew. */
  private clearTimeline(): void {
    this.clearMarket();
    this.storms.clear();
    this.flags.length = 0;
    this.since_s = Number.POSITIVE_INFINITY;
    this.heartbeat = null;
    this.news += 1;
  }

  private clearMarket(): void {
    Object.assign(this.received, { ticks: 0, books: 0, holes: 0 });
    this.tracks.clear();
    this.tape.clear();
    this.heat.clear();
    this.sight.live();
    this.tick = null;
    this.book = null;
    this.version += 1;
  }

  private isOurs(symbol: string): boolean {
    return this.symbol === '' || symbol === this.symbol;
  }
}

function controlOf(notice: Notice): LastControl {
  const { who } = (notice.params ?? {}) as { who?: unknown };
  return {
    method: String(notice.method),
    who: typeof who === 'string' ? who : '',
    at_s: Number(notice.ts_run_ns) / 1e9,
  };
}
