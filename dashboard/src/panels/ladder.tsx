// In: the newest book frame. Out: ten levels a side with order counts and the injected share.
// Rows stand still; the loop rewrites what changed in them.
import { useEffect, useRef } from 'react';
import { useAccess, useDesk } from '../desk-context.ts';
import type { Desk } from '../model/desk.ts';
import { bookFacts } from '../model/facts.ts';
import { countText, priceText } from '../model/format.ts';
import { loop } from '../model/loop.ts';
import { stoppedWords } from '../model/trading.ts';
import { clockText, ZONE } from '../model/venue-time.ts';
import { type BookRows, LEVEL_WIDTH } from '../stream/frames.ts';
import css from './ladder.module.css';
import { Live } from './live.tsx';
import { Panel } from './panel.tsx';

const LEVELS = 10;
const DRAW_HZ = 10;
/** The scale of the bars grows at once and shrinks within a second: bars do not jump with one big order. */
const SCALE_DECAY = 0.85;

interface Level {
  price: number;
  qty: number;
  injected_qty: number;
  orders: number;
}

const NO_LEVEL: Level = { price: 0, qty: 0, injected_qty: 0, orders: 0 };

function levelAt(book: BookRows | null, isBid: boolean, rank: number): Level {
  if (book === null || rank >= (isBid ? book.bids : book.asks)) return NO_LEVEL;
  const at = (isBid ? rank : book.bids + rank) * LEVEL_WIDTH;
  const of = (field: number): number => book.levels[at + field] ?? 0;
  return { price: of(0), qty: of(1), injected_qty: of(2), orders: of(3) };
}

function middleText({ shownBook: book, tick }: Desk): string {
  const bid = levelAt(book, true, 0).price;
  const ask = levelAt(book, false, 0).price;
  if (book === null) return 'No book yet';
  if (bid === 0 && ask === 0) return 'Book empty';
  if (bid === 0 || ask === 0) return 'One-sided';
  if (bid > ask) return `Crossed by ${priceText(bid - ask, book.tick_size)}`;
  if (bid === ask) return 'Locked';
  const stopped = stoppedWords(tick?.trading_state ?? 0);
  const words = `spread ${priceText(ask - bid, book.tick_size)}`;
  return stopped === '' ? words : `${words} · ${stopped}`;
}

const isPast = (desk: Desk): boolean => desk.shownBook !== desk.book;

const asideText = (desk: Desk): string => {
  const { tick, shownBook } = desk;
  if (shownBook !== null && isPast(desk))
    return `at ${clockText(shownBook.ts_run_ns / 1e9, 1)} ${ZONE}`;
  if (tick === null) return '';
  if (tick.injected_qty === 0 && tick.displaced_qty === 0) return 'as the source has it';
  return `injected ${countText(tick.injected_qty)} · displaced ${countText(tick.displaced_qty)}`;
};

export function Ladder() {
  const { desk } = useAccess();
  const past = useDesk(isPast);
  const body = useRef<HTMLTableSectionElement>(null);
  useEffect(() => {
    const rows = [...(body.current?.rows ?? [])].filter((row) => row.cells.length > 1);
    let scale = 1;
    return loop.add(DRAW_HZ, () => {
      const book = desk.shownBook;
      scale = Math.max(1, scale * SCALE_DECAY, largest(book));
      rows.forEach((row, at) => {
        const isBid = at >= LEVELS;
        const level = levelAt(book, isBid, isBid ? at - LEVELS : LEVELS - 1 - at);
        rewrite(row, level, book?.tick_size ?? 100, scale);
      });
    });
  }, [desk]);
  return (
    <Panel title="Book" aside={<Live read={asideText} />} facts={bookFacts}>
      <table className={`${css.table} ${past ? css.past : ''}`}>
        <caption className="visually-hidden">Ten best levels of each side</caption>
        <colgroup>
          <col style={{ width: '14%' }} />
          <col style={{ width: '16%' }} />
          <col />
          <col style={{ width: '34%' }} />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">orders</th>
            <th scope="col" title="Share of the level that storms placed">
              storm
            </th>
            <th scope="col">shares</th>
            <th scope="col">price</th>
          </tr>
        </thead>
        <tbody ref={body}>
          {ROWS.slice(0, LEVELS).map((key) => (
            <Row key={key} side={css.ask} />
          ))}
          <tr className={css.middle}>
            <td colSpan={4}>
              <Live read={middleText} />
            </td>
          </tr>
          {ROWS.slice(LEVELS).map((key) => (
            <Row key={key} side={css.bid} />
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

const ROWS = Array.from({ length: 2 * LEVELS }, (_, at) => `level-${at}`);

function Row({ side }: { side: string | undefined }) {
  return (
    <tr className={side}>
      <td className={css.orders} />
      <td className={css.share} />
      <td>
        <i className={css.bar} />
        <i className={css.injected} />
        <span className={css.size} />
      </td>
      <td className={css.price} />
    </tr>
  );
}

function largest(book: BookRows | null): number {
  let most = 0;
  for (let rank = 0; rank < LEVELS; rank++) {
    most = Math.max(most, levelAt(book, true, rank).qty, levelAt(book, false, rank).qty);
  }
  return most;
}

function rewrite(row: HTMLTableRowElement, level: Level, tick_size: number, scale: number): void {
  const [orders, share, shares, price] = row.cells;
  const isThere = level.qty > 0;
  write(orders, isThere ? String(level.orders) : '');
  const ratio = isThere ? level.injected_qty / level.qty : 0;
  write(share, ratio > 0 ? `${Math.max(1, Math.round(ratio * 100))} %` : '');
  write(price, isThere ? priceText(level.price, tick_size) : '');
  const [bar, injected, size] = (shares?.children ?? []) as unknown as HTMLElement[];
  write(size, isThere ? countText(level.qty) : '');
  stretch(bar, 0, level.qty / scale);
  stretch(injected, (level.qty - level.injected_qty) / scale, level.injected_qty / scale);
}

function write(element: HTMLElement | undefined, text: string): void {
  if (element !== undefined && element.textContent !== text) element.textContent = text;
}

/** A bar from `from` to `from + ratio` of the cell, counted from its right edge. */
function stretch(element: HTMLElement | undefined, from: number, ratio: number): void {
  const transform = `translateX(${(-100 * from).toFixed(1)}%) scaleX(${ratio.toFixed(3)})`;
  if (element !== undefined && element.style.transform !== transform) {
    element.style.transform = transform;
  }
}
