// In: the desk and its publisher. Out: hooks through which panels read it. No panel touches the stream.
import { createContext, useContext, useRef, useSyncExternalStore } from 'react';
import type { Desk } from './model/desk.ts';
import type { Publisher } from './model/publisher.ts';
import type { Theme } from './model/theme.ts';

export type DialogName = 'source' | 'seek' | 'targets' | 'keys' | 'palette';

export interface DeskAccess {
  desk: Desk;
  publisher: Publisher;
  follow: (symbol: string) => void;
  theme: Theme;
  setTheme: (theme: Theme) => void;
  /** Opens one of the dialogs over the page. */
  show: (dialog: DialogName) => void;
  /** Opens a recorded run over the page. */
  openRun: (id: string) => void;
}

export const DeskContext = createContext<DeskAccess | null>(null);

export function useAccess(): DeskAccess {
  const access = useContext(DeskContext);
  if (access === null) throw new Error('a panel stands outside the desk');
  return access;
}

/** What `select` gives, again only when a publication changed it (shallowly). */
export function useDesk<T>(select: (desk: Desk) => T): T {
  const { desk, publisher } = useAccess();
  const held = useRef<{ edition: number; value: T } | null>(null);
  return useSyncExternalStore(publisher.subscribe, () => {
    const before = held.current;
    if (before !== null && before.edition === publisher.edition) return before.value;
    const fresh = select(desk);
    const value = before !== null && isSame(before.value, fresh) ? before.value : fresh;
    held.current = { edition: publisher.edition, value };
    return value;
  });
}

function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const left = Object.entries(a);
  const right = b as Record<string, unknown>;
  if (left.length !== Object.keys(b).length) return false;
  return left.every(([key, value]) => Object.is(value, right[key]));
}
