// In: letters. Out: the symbol this page follows, found by type-ahead over the source's directory.
import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import { useAccess, useDesk } from '../desk-context.ts';
import { findSymbols } from '../stream/symbols.ts';
import css from './symbol-picker.module.css';

const PAUSE_MS = 120;

export function SymbolPicker() {
  const { follow } = useAccess();
  const symbol = useDesk((desk) => desk.symbol);
  const [text, setText] = useState<string | null>(null);
  const found = useMatches(text);
  const [at, setAt] = useState(0);
  const list = useId();
  const isOpen = text !== null;

  const choose = (chosen: string | undefined): void => {
    if (chosen !== undefined && chosen !== symbol) follow(chosen);
    setText(null);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) setAt((at + step + found.names.length) % Math.max(1, found.names.length));
    else if (event.key === 'Enter') choose(found.names[at]);
    else if (event.key === 'Escape') setText(null);
    else return;
    event.preventDefault();
  };
  return (
    <div className={css.picker}>
      <input
        role="combobox"
        aria-label="Symbol to follow"
        aria-expanded={isOpen}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && found.names[at] ? `${list}-${at}` : undefined}
        autoComplete="off"
        spellCheck={false}
        value={text ?? symbol}
        placeholder="Symbol"
        onFocus={(event) => event.target.select()}
        onChange={(event) => {
          setText(event.target.value.toUpperCase());
          setAt(0);
        }}
        onBlur={() => setText(null)}
        onKeyDown={onKeyDown}
      />
      {isOpen && (
        <div className={css.list}>
          <div id={list} role="listbox" aria-label="Symbols">
            {found.names.map((name, i) => (
              <div
                key={name}
                id={`${list}-${i}`}
                role="option"
                tabIndex={-1}
                aria-selected={i === at}
                onPointerDown={(event) => {
                  event.preventDefault();
                  choose(name);
                }}
              >
                {name}
              </div>
            ))}
          </div>
          {found.names.length === 0 && <p className={css.none}>{found.says}</p>}
        </div>
      )}
    </div>
  );
}

function useMatches(text: string | null): { names: string[]; says: string } {
  const [found, setFound] = useState({ names: [] as string[], says: '' });
  useEffect(() => {
    if (text === null) return;
    const stop = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const names = await findSymbols(text, stop.signal);
        setFound({ names, says: 'No such symbol in this source' });
      } catch (cause) {
        if (!stop.signal.aborted) setFound({ names: [], says: String((cause as Error).message) });
      }
    }, PAUSE_MS);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [text]);
  return found;
}
