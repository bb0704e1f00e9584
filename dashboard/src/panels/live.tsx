// In: how to read one text from the desk. Out: an element that shows it, rewritten at most 5 times a
// second by the loop and only when it changed. React renders it once.
import { type ReactElement, useEffect, useRef } from 'react';
import { useAccess } from '../desk-context.ts';
import type { Desk } from '../model/desk.ts';
import { loop } from '../model/loop.ts';

interface Reader {
  element: HTMLElement;
  read: (desk: Desk) => string;
  /** What stands there: asking the page is slower. */
  shown: string;
}

const TEXT_HZ = 5;
const readers = new Set<Reader>();
let isRunning = false;

function start(desk: Desk): void {
  if (isRunning) return;
  isRunning = true;
  loop.add(TEXT_HZ, () => {
    for (const reader of readers) renew(reader, desk);
  });
}

function renew(reader: Reader, desk: Desk): void {
  const text = reader.read(desk);
  if (text === reader.shown) return;
  reader.shown = text;
  reader.element.textContent = text;
}

interface LiveProps {
  read: (desk: Desk) => string;
  className?: string | undefined;
  title?: string;
}

/** `read` must be stable: define it outside the component. */
export function Live({ read, className, title }: LiveProps): ReactElement {
  const { desk } = useAccess();
  const host = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    const reader = { element, read, shown: '' };
    readers.add(reader);
    element.textContent = '';
    renew(reader, desk);
    start(desk);
    return () => {
      readers.delete(reader);
    };
  }, [desk, read]);
  return <span ref={host} className={className} title={title} />;
}
