// In: the tape. Out: its newest prints, one a row, rows standing still. Pointing at it holds it.
import { useCallback, useEffect, useRef, useState } from 'react';
import { useAccess } from '../desk-context.ts';
import type { Desk } from '../model/desk.ts';
import { printFacts } from '../model/facts.ts';
import { countText, priceText } from '../model/format.ts';
import { loop } from '../model/loop.ts';
import type { Aggressor } from '../model/tape.ts';
import { clockOfNs } from '../model/venue-time.ts';
import { Live } from './live.tsx';
import { Panel } from './panel.tsx';
import css from './tape.module.css';

const DRAW_HZ = 8;
const ROW_REM = 1.27;
const MARKS: Record<Aggressor, string> = { buy: '▲', sell: '▼', hidden: '◆', cross: '✕' };

const counters = ({ tape }: Desk): string => {
  const lost = tape.dropped === 0 ? 'none lost' : `${countText(tape.dropped)} lost`;
  return `${countText(tape.total)} prints · ${lost}`;
};

const emptyWords = ({ tape }: Desk): string => (tape.length === 0 ? 'No prints yet' : '');

export function Tape() {
  const { desk } = useAccess();
  const list = useRef<HTMLOListElement>(null);
  /** Prints that had come when the list was held; null while it is not. */
  const heldAt = useRef<number | null>(null);
  const aside = useCallback((now: Desk): string => {
    const at = heldAt.current;
    return at === null ? counters(now) : `held · ${countText(now.tape.total - at)} newer`;
  }, []);
  const [rows, setRows] = useState(8);

  useEffect(() => {
    const element = list.current;
    if (element === null) return;
    const sizes = new ResizeObserver(() => {
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      setRows(Math.max(1, Math.floor(element.clientHeight / (ROW_REM * rem))));
    });
    sizes.observe(element);
    return () => sizes.disconnect();
  }, []);

  useEffect(() => {
    const element = list.current;
    if (element === null) return;
    let shown = -1;
    return loop.add(DRAW_HZ, () => {
      if (heldAt.current !== null || shown === desk.tape.total) return;
      shown = desk.tape.total;
      for (let at = 0; at < rows; at++) rewrite(element.children[at], desk, at);
    });
  }, [desk, rows]);

  return (
    <Panel title="Tape" aside={<Live read={aside} />} facts={printFacts}>
      <ol
        ref={list}
        className={css.rows}
        aria-label="Prints, newest first; pointing at the list holds it"
        onPointerEnter={() => {
          heldAt.current = desk.tape.total;
        }}
        onPointerLeave={() => {
          heldAt.current = null;
        }}
      >
        {Array.from({ length: rows }, (_, at) => `print-${at}`).map((key) => (
          <li key={key}>
            <time />
            <span />
            <span />
            <span />
          </li>
        ))}
      </ol>
      <Live className={css.empty} read={emptyWords} />
    </Panel>
  );
}

function rewrite(row: Element | undefined, desk: Desk, back: number): void {
  if (row === undefined) return;
  const cells = row.children;
  if (back >= desk.tape.length) {
    for (const cell of cells) cell.textContent = '';
    row.className = '';
    return;
  }
  const print = desk.tape.print(back);
  const texts = [
    clockOfNs(print.ts_ns, 3),
    MARKS[print.aggressor],
    priceText(print.price, desk.tick?.tick_size ?? 100),
    countText(print.qty),
  ];
  texts.forEach((text, at) => {
    const cell = cells[at];
    if (cell !== undefined && cell.textContent !== text) cell.textContent = text;
  });
  const isStorm = print.injected || print.storm_id > 0;
  row.className = `${css[print.aggressor]} ${isStorm ? css.storm : ''}`;
  row.setAttribute('aria-label', `${print.aggressor}${isStorm ? `, storm ${print.storm_id}` : ''}`);
}
