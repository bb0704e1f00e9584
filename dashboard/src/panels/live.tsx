// In: how to read one text from the desk. Out: an element that shows it, rewritten by the loop 5 times
// a second, at once for news, and only when it changed. React renders it once.
import { type ReactElement, useEffect, useRef } from 'react';
import { type DeskAccess, useAccess } from '../desk-context.ts';
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

function start({ desk, publisher }: DeskAccess): void {
  if (isRunning) return;
  isRunning = true;
  const renewAll = (): void => {
    for (const reader of readers) renew(reader, desk);
  };
  loop.add(TEXT_HZ, renewAll);
  let { news } = desk;
  // A first price does not wait for plots that are due before it.
  publisher.subscribe(() => {
    if (news === desk.news) return;
    news = desk.news;
    renewAll();
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
  const access = useAccess();
  const { desk } = access;
  const host = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    const reader = { element, read, shown: '' };
    readers.add(reader);
    element.textContent = '';
    renew(reader, desk);
    start(access);
    return () => {
      readers.delete(reader);
    };
  }, [access, desk, read]);
  return <span ref={host} className={className} title={title} />;
}
