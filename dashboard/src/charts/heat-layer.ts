// In: a ring of books, the geometry of the price plot. Out: resting size over time and price on a canvas
// of its own behind the plot; what storms placed is hatched in their colour.
// Each column is painted once into a sheet of one pixel a cell; a frame only places the sheet.

import { countText, priceText } from '../model/format.ts';
import { type Cell, HEAT_COLUMNS, type HeatRing } from '../model/heat.ts';
import type { Canvas } from './marks.ts';
import type { Palette } from './palette.ts';

/** Least height of a row on the screen: thinner ones are joined, the largest size is shown. */
const ROW_PX = 2;
const ROWS_MOST = 600;
const DOLLAR = 10_000;
/** Pixels between the lines of the hatching. */
const HATCH_PX = 5;

interface Grid {
  ring: HeatRing;
  /** Price of the lowest row and height of a row, in 1/10000 dollar. */
  low: number;
  row: number;
  rows: number;
  /** Size that is drawn the strongest: a power of two, so that it seldom changes. */
  top: number;
}

export class HeatLayer {
  readonly canvas = document.createElement('canvas');
  private readonly sheet = document.createElement('canvas');
  private readonly mask = document.createElement('canvas');
  private readonly palette: Palette;
  private readonly cell: Cell = { price: 0, qty: 0, injected_qty: 0, orders: 0, isBid: false };
  private grid: Grid | null = null;
  private pixels = new ImageData(1, 1);
  private marks = new ImageData(1, 1);
  private painted = -1;
  private version = -1;
  /** First and newest column in which a storm had size; -1 without one. */
  private stormedFrom = -1;
  private stormed = -1;
  private hatching: HTMLCanvasElement | null = null;

  constructor(palette: Palette) {
    this.palette = palette;
    this.canvas.setAttribute('aria-hidden', 'true');
  }

  clear(): void {
    const { canvas } = this;
    canvas.getContext('2d')?.clearRect(0, 0, canvas.width, canvas.height);
  }

  /** `low` and `high`: limits of the price axis in dollars. */
  draw(c: Canvas, ring: HeatRing, limits: [low: number, high: number], tick_size: number): void {
    const { width, height } = c.ctx.canvas;
    if (this.canvas.width !== width || this.canvas.height !== height) {
      Object.assign(this.canvas, { width, height });
    }
    this.clear();
    if (ring.newest < 0) return;
    this.paint(gridOf(ring, limits, tick_size, c.height / c.ratio));
    const ctx = this.canvas.getContext('2d');
    if (ctx === null) return;
    const oldest = ring.newest - HEAT_COLUMNS;
    if (this.stormed > oldest) this.hatch(ctx, c, Math.max(oldest, this.stormedFrom));
    ctx.globalCompositeOperation = 'destination-over';
    this.place(ctx, this.sheet, c);
    ctx.globalCompositeOperation = 'source-over';
  }

  /** Brings the sheet up to the ring: all of it after another grid, else only what is new. */
  private paint(grid: Grid): void {
    const held = this.grid;
    const { ring } = grid;
    const isSame = held !== null && isAlike(held, grid);
    if (isSame && this.version === ring.version) return;
    const oldest = ring.newest - HEAT_COLUMNS + 1;
    const isNear = isSame && this.painted >= oldest && this.painted <= ring.newest;
    if (!isSame) this.renew(grid);
    const from = Math.max(0, isNear ? this.painted : oldest);
    for (let number = from; number <= ring.newest; number++) this.column(grid, number);
    this.painted = ring.newest;
    this.version = ring.version;
    this.flush(from, ring.newest);
  }

  private renew(grid: Grid): void {
    this.grid = grid;
    this.stormedFrom = -1;
    this.stormed = -1;
    this.pixels = new ImageData(HEAT_COLUMNS, grid.rows);
    this.marks = new ImageData(HEAT_COLUMNS, grid.rows);
    for (const canvas of [this.sheet, this.mask]) {
      Object.assign(canvas, { width: HEAT_COLUMNS, height: grid.rows });
    }
  }

  private column(grid: Grid, number: number): void {
    const { ring, rows } = grid;
    const slot = number % HEAT_COLUMNS;
    const [pixels, marks] = [this.pixels.data, this.marks.data];
    for (let row = 0; row < rows; row++) {
      const at = (row * HEAT_COLUMNS + slot) * 4 + 3;
      pixels[at] = 0;
      marks[at] = 0;
    }
    for (let i = 0; i < ring.count(number); i++) {
      const { price, qty, injected_qty, isBid } = ring.read(number, i, this.cell);
      const row = rows - 1 - Math.floor((price - grid.low) / grid.row);
      if (row < 0 || row >= rows) continue;
      const at = (row * HEAT_COLUMNS + slot) * 4;
      const alpha = alphaOf(qty, grid.top);
      if (alpha > (pixels[at + 3] as number)) {
        pixels.set(rgbOf(this.palette.colour(isBid ? 'buy' : 'sell')), at);
        pixels[at + 3] = alpha;
      }
      if (injected_qty > 0) {
        marks[at + 3] = 255;
        if (this.stormedFrom < 0) this.stormedFrom = number;
        this.stormed = number;
      }
    }
  }

  private flush(from: number, to: number): void {
    const count = to - from + 1;
    const slot = from % HEAT_COLUMNS;
    const isOnePiece = slot + count <= HEAT_COLUMNS;
    const [left, width] = isOnePiece ? [slot, count] : [0, HEAT_COLUMNS];
    const height = this.pixels.height;
    this.sheet.getContext('2d')?.putImageData(this.pixels, 0, 0, left, 0, width, height);
    this.mask.getContext('2d')?.putImageData(this.marks, 0, 0, left, 0, width, height);
  }

  /** Puts the columns of a sheet where their time and their prices are. */
  private place(ctx: CanvasRenderingContext2D, sheet: HTMLCanvasElement, c: Canvas): void {
    const { ring, low, row, rows } = this.grid as Grid;
    const top = c.toY((low + rows * row) / DOLLAR);
    const height = c.toY(low / DOLLAR) - top;
    ctx.save();
    ctx.beginPath();
    ctx.rect(c.left, c.top, c.width, c.height);
    ctx.clip();
    ctx.imageSmoothingEnabled = false;
    let from = Math.max(0, ring.newest - HEAT_COLUMNS + 1);
    while (from <= ring.newest) {
      const slot = from % HEAT_COLUMNS;
      const count = Math.min(HEAT_COLUMNS - slot, ring.newest - from + 1);
      const left = c.toX(from * ring.step_s);
      const width = c.toX((from + count) * ring.step_s) - left;
      ctx.drawImage(sheet, slot, 0, count, rows, left, top, width, height);
      from += count;
    }
    ctx.restore();
  }

  /** The storms' cells become the only hatched ones; the sheet is put under them afterwards. */
  private hatch(ctx: CanvasRenderingContext2D, c: Canvas, from: number): void {
    const { step_s } = (this.grid as Grid).ring;
    const left = Math.max(c.left, Math.floor(c.toX(from * step_s)));
    const right = Math.min(c.left + c.width, Math.ceil(c.toX((this.stormed + 1) * step_s)));
    if (right <= left) return;
    const tile = this.hatching ?? hatchTile(this.palette.colour('storm'), c.ratio);
    this.hatching = tile;
    ctx.save();
    ctx.beginPath();
    ctx.rect(left, c.top, right - left, c.height);
    ctx.clip();
    this.place(ctx, this.mask, c);
    ctx.globalCompositeOperation = 'source-in';
    ctx.fillStyle = ctx.createPattern(tile, 'repeat') ?? this.palette.colour('storm');
    ctx.fillRect(left, c.top, right - left, c.height);
    ctx.restore();
  }
}

interface Place {
  t_s: number;
  price: number;
  tick_size: number;
  /** The only storm that can have placed anything there. */
  storm: number | undefined;
}

/** `585.30: bid 1,200 in 3, 400 by storm #7`; empty where nothing was seen to rest. */
export function restingText(ring: HeatRing, { t_s, price, tick_size, storm }: Place): string {
  const cell: Cell = { price: 0, qty: 0, injected_qty: 0, orders: 0, isBid: false };
  if (!ring.find(t_s, price, tick_size, cell)) return '';
  const by = storm === undefined ? 'storms' : `storm #${storm}`;
  const placed = cell.injected_qty > 0 ? `, ${countText(cell.injected_qty)} by ${by}` : '';
  const side = cell.isBid ? 'bid' : 'ask';
  return `${priceText(price, tick_size)}: ${side} ${countText(cell.qty)} in ${cell.orders}${placed}`;
}

function gridOf(
  ring: HeatRing,
  [low, high]: [low: number, high: number],
  tick_size: number,
  height: number,
): Grid {
  const span = Math.max(1, ((high - low) * DOLLAR) / tick_size);
  const most = Math.max(1, Math.min(ROWS_MOST, Math.floor(height / ROW_PX)));
  const row = Math.ceil(span / most) * tick_size;
  // Rows are centred on their price.
  const base = Math.floor((low * DOLLAR) / row) * row - row / 2;
  const rows = Math.min(2 * ROWS_MOST, Math.ceil((high * DOLLAR - base) / row) + 1);
  return { ring, low: base, row, rows, top: 2 ** Math.ceil(Math.log2(Math.max(2, ring.most))) };
}

const isAlike = (a: Grid, b: Grid): boolean =>
  a.ring === b.ring && a.low === b.low && a.row === b.row && a.rows === b.rows && a.top === b.top;

/** Sizes spread over decades: their logarithm, cubed, lets walls stand out and dust recede. */
export function alphaOf(qty: number, top: number): number {
  if (qty <= 0) return 0;
  const share = Math.min(1, Math.log1p(qty) / Math.log1p(top));
  return Math.round(6 + 150 * share ** 3);
}

const rgbOf = (hex: string): [number, number, number] => {
  const number = Number.parseInt(hex.slice(1), 16);
  return [number >> 16, (number >> 8) & 0xff, number & 0xff];
};

function hatchTile(colour: string, ratio: number): HTMLCanvasElement {
  const tile = document.createElement('canvas');
  const size = Math.round(HATCH_PX * ratio);
  Object.assign(tile, { width: size, height: size });
  const ctx = tile.getContext('2d');
  if (ctx === null) return tile;
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.3 * ratio;
  ctx.beginPath();
  for (const shift of [-size, 0, size]) {
    ctx.moveTo(shift - 1, size + 1);
    ctx.lineTo(shift + size + 1, -1);
  }
  ctx.stroke();
  return tile;
}
