// In: how to read what a panel is drawn from. Out: those words over the panel while its head is pointed
// at, or `i` asked for those of every panel. Nothing moves for them; nothing is written while hidden.
import { useEffect, useRef } from 'react';
import { useAccess } from '../desk-context.ts';
import type { Facts as Read } from '../model/facts.ts';
import { loop } from '../model/loop.ts';
import css from './facts.module.css';

const TEXT_HZ = 5;
const ALL = 'data-facts';

export function Facts({ read }: { read: Read }) {
  const { desk } = useAccess();
  const host = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const element = host.current;
    const head = element?.parentElement;
    if (element === null || head == null) return;
    let shown = '';
    const write = (): void => {
      const isAsked = document.documentElement.hasAttribute(ALL) || head.matches(':hover');
      const text = isAsked ? read(desk) : '';
      if (text === shown) return;
      shown = text;
      element.textContent = text;
    };
    head.addEventListener('pointerenter', write);
    const leave = loop.add(TEXT_HZ, write);
    return () => {
      leave();
      head.removeEventListener('pointerenter', write);
    };
  }, [desk, read]);
  return <span ref={host} className={css.facts} role="note" />;
}

/** Shows the facts of every panel, or hides them. */
export const toggleFacts = (): void => void document.documentElement.toggleAttribute(ALL);
