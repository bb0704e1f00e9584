// In: the commands and what a person types. Out: the one that was chosen, run.
import { type KeyboardEvent, useId, useState } from 'react';
import { type Command, keyName, matching } from '../model/keys.ts';
import { Dialog } from './dialog.tsx';
import css from './palette-dialog.module.css';

interface PaletteProps {
  isOpen: boolean;
  close: () => void;
  commands: Command[];
}

export function PaletteDialog({ isOpen, close, commands }: PaletteProps) {
  return (
    <Dialog isOpen={isOpen} close={close} title="Commands">
      <Palette close={close} commands={commands} />
    </Dialog>
  );
}

function Palette({ close, commands }: Omit<PaletteProps, 'isOpen'>) {
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const list = useId();
  const found = matching(commands, typed);

  const choose = (command: Command | undefined): void => {
    if (command === undefined) return;
    close();
    command.run();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) setAt((at + step + found.length) % Math.max(1, found.length));
    else if (event.key === 'Enter') choose(found[at]);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <input
        role="combobox"
        aria-label="Find a command"
        aria-expanded="true"
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={found[at] === undefined ? undefined : `${list}-${at}`}
        // biome-ignore lint/a11y/noAutofocus: a dialog puts the focus into itself
        autoFocus
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div className={css.list} id={list} role="listbox" aria-label="Commands found">
        {found.map((command, i) => (
          <div
            key={command.title}
            id={`${list}-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === at}
            ref={(element) => {
              if (i === at) element?.scrollIntoView({ block: 'nearest' });
            }}
            onPointerUp={() => choose(command)}
          >
            <span>{command.title}</span>
            <kbd>{command.keys.map(keyName)[0] ?? ''}</kbd>
          </div>
        ))}
      </div>
      {found.length === 0 && <p className={css.none}>No such command</p>}
    </>
  );
}
