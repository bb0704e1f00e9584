// In: books as they come. Out: for each time window the resting size over time and price, and how much
// of it storms placed. Bounded: 600 columns of forty levels a window. Knows no canvas.
import { type BookRows, LEVEL_WIDTH } from '../stream/frames.ts';
import { GRAINS_S, type GrainS } from './tracks.ts';

export const HEAT_COLUMNS = 600;
/** Levels of both sides that a column keeps. */
export const HEAT_LEVELS = 40;
/** A book stands until the next one, but no longer than this many columns. */
const STANDS_FOR = 20;
/** Fields of a cell: price, shares (negative: asks), injected shares, orders. */
const CELL = 4;
const EMPTY = -1;

export interface Cell {
  price: number;
  qty: number;
  injected_qty: number;
  orders: number;
  isBid: boolean;
}

/** Columns of one width; a column is named by its number: its time divided by its width. */
export class HeatRing {
  readonly step_s: number;
  /** Number of the newest column; -1 before the first. */
  newest = EMPTY;
  /** Grows with every column that changed. */
  version = 0;
  /** Largest size of a level ever kept, for the scale. */
  most = 0;
  private readonly numbers = new Float64Array(HEAT_COLUMNS).fill(EMPTY);
  private readonly counts = new Uint8Array(HEAT_COLUMNS);
  private readonly cells = new Float64Array(HEAT_COLUMNS * HEAT_LEVELS * CELL);

  constructor(step_s: number) {
    this.step_s = step_s;
  }

  clear(): void {
    this.newest = EMPTY;
    this.numbers.fill(EMPTY);
    this.most = 0;
    this.version += 1;
  }

  /** `isBroken`: nothing was seen since the last book, so it may not be held up to this one. */
  push(book: BookRows, isBroken: boolean): void {
    const number = Math.floor(book.ts_run_ns / 1e9 / this.step_s);
    if (number < this.newest) return;
    const before = this.newest;
    const stands = before !== EMPTY && !isBroken && number - before <= STANDS_FOR;
    if (stands) for (let n = before + 1; n < number; n++) this.copy(before, n);
    this.newest = number;
    this.write(book, number);
    this.version += 1;
  }

  /** How many cells a column has; 0 when it was not seen or is forgotten. */
  count(number: number): number {
    const slot = number % HEAT_COLUMNS;
    return this.numbers[slot] === number ? (this.counts[slot] as number) : 0;
  }

  /** Fills `out`, so that reading makes nothing to collect. */
  read(number: number, at: number, out: Cell): Cell {
    const base = ((number % HEAT_COLUMNS) * HEAT_LEVELS + at) * CELL;
    const signed = this.cells[base + 1] as number;
    out.price = this.cells[base] as number;
    out.qty = Math.abs(signed);
    out.isBid = signed >= 0;
    out.injected_qty = this.cells[base + 2] as number;
    out.orders = this.cells[base + 3] as number;
    return out;
  }

  /** The column that holds an instant; EMPTY when none was seen. */
  numberAt(t_s: number): number {
    const number = Math.floor(t_s / this.step_s);
    return this.count(number) > 0 ? number : EMPTY;
  }

  /** What rests at a price at an instant, within half a tick; false when nothing was seen there. */
  find(t_s: number, price: number, tick_size: number, out: Cell): boolean {
    const number = this.numberAt(t_s);
    if (number === EMPTY) return false;
    for (let i = 0; i < this.count(number); i++) {
      if (Math.abs(this.read(number, i, out).price - price) <= tick_size / 2) return true;
    }
    return false;
  }

  private write(book: BookRows, number: number): void {
    const slot = number % HEAT_COLUMNS;
    const count = Math.min(HEAT_LEVELS, book.bids + book.asks);
    this.numbers[slot] = number;
    this.counts[slot] = count;
    for (let i = 0; i < count; i++) {
      const from = i * LEVEL_WIDTH;
      const qty = book.levels[from + 1] as number;
      const base = (slot * HEAT_LEVELS + i) * CELL;
      this.cells[base] = book.levels[from] as number;
      this.cells[base + 1] = i < book.bids ? qty : -qty;
      this.cells[base + 2] = book.levels[from + 2] as number;
      this.cells[base + 3] = book.levels[from + 3] as number;
      if (qty > this.most) this.most = qty;
    }
  }

  private copy(from: number, to: number): void {
    const width = HEAT_LEVELS * CELL;
    const [source, slot] = [from % HEAT_COLUMNS, to % HEAT_COLUMNS];
    this.numbers[slot] = to;
    this.counts[slot] = this.counts[source] as number;
    this.cells.copyWithin(slot * width, source * width, (source + 1) * width);
  }
}

export class Heat {
  private readonly rings = GRAINS_S.map((grain) => new HeatRing(grain / (HEAT_COLUMNS - 8)));
  private isBroken = false;

  clear(): void {
    for (const ring of this.rings) ring.clear();
    this.isBroken = false;
  }

  /** The link was lost: what stood before it is not known to stand until the next book. */
  breakHere(): void {
    this.isBroken = true;
  }

  push(book: BookRows): void {
    for (const ring of this.rings) ring.push(book, this.isBroken);
    this.isBroken = false;
  }

  /** The book that stood at an instant, as far as a column kept it; null when none was seen. */
  bookAt(grain_s: GrainS, t_s: number, like: BookRows): BookRows | null {
    const ring = this.ring(grain_s);
    const number = ring.numberAt(t_s);
    if (number === EMPTY) return null;
    const count = ring.count(number);
    const levels = new Float64Array(count * LEVEL_WIDTH);
    const cell: Cell = { price: 0, qty: 0, injected_qty: 0, orders: 0, isBid: false };
    let bids = 0;
    for (let i = 0; i < count; i++) {
      const { price, qty, injected_qty, orders, isBid } = ring.read(number, i, cell);
      levels.set([price, qty, injected_qty, orders], i * LEVEL_WIDTH);
      if (isBid) bids += 1;
    }
    const ts_run_ns = number * ring.step_s * 1e9;
    return { ...like, bids, asks: count - bids, levels, ts_run_ns };
  }

  ring(grain_s: GrainS): HeatRing {
    return this.rings[GRAINS_S.indexOf(grain_s)] as HeatRing;
  }
}
