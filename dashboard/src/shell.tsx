// In: the page. Out: the same under its keys and its dialogs: sources, the list of keys, commands.
import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react';
import { commandsOf } from './commands.ts';
import { type DeskAccess, DeskContext, type DialogName } from './desk-context.ts';
import { type Command, commandFor, type Focus } from './model/keys.ts';
import type { Publisher } from './model/publisher.ts';
import { type RunAddress, readRunAddress, writeRunAddress } from './model/run-address.ts';
import { keepTheme, readTheme, type Theme, wearTheme } from './model/theme.ts';
import { KeysDialog } from './panels/keys-dialog.tsx';
import { PaletteDialog } from './panels/palette-dialog.tsx';
import { Notice } from './panels/panel.tsx';
import { RunDialog } from './panels/run-dialog.tsx';
import { SeekDialog } from './panels/seek-dialog.tsx';
import { SourceDialog } from './panels/source-dialog.tsx';
import { TargetsDialog } from './panels/targets-dialog.tsx';
import { useAction } from './panels/use-rest.ts';
import css from './shell.module.css';

interface ShellProps {
  publisher: Publisher;
  follow: (symbol: string) => void;
  children: ReactNode;
}

export function Shell({ publisher, follow, children }: ShellProps) {
  const { desk } = publisher;
  const [dialog, show] = useState<DialogName | null>(null);
  const [theme, setTheme] = useState<Theme>(readTheme);
  const action = useAction();
  const [run, showRun] = useRunAddress();
  const wear = useCallback((chosen: Theme): void => {
    keepTheme(chosen);
    wearTheme(chosen);
    setTheme(chosen);
  }, []);
  const access = useMemo<DeskAccess>(
    () => ({
      desk,
      publisher,
      follow,
      theme,
      setTheme: wear,
      show,
      openRun: (id) => showRun({ id, with: null }),
    }),
    [desk, publisher, follow, theme, wear, showRun],
  );
  const { run: act } = action;
  const commands = useMemo(
    () =>
      commandsOf({
        desk,
        theme,
        show,
        setTheme: wear,
        act: (path, body) => void act(path, body),
        setWindow: (window) => {
          desk.window_s = window;
          desk.sight.live();
          publisher.changed();
        },
        toggleDepthMap: () => {
          desk.isHeatShown = !desk.isHeatShown;
          publisher.changed();
        },
        focus: (selector) => document.querySelector<HTMLElement>(selector)?.focus(),
        press: (selector) => document.querySelector<HTMLElement>(selector)?.click(),
      }),
    [desk, publisher, theme, wear, act],
  );
  useKeys(commands, dialog === null && run === null);
  const close = useCallback(() => show(null), []);
  return (
    <DeskContext value={access}>
      {children}
      <div className={css.notice}>
        <Notice error={action.error} dismiss={action.dismiss} />
      </div>
      <SeekDialog isOpen={dialog === 'seek'} close={close} />
      <SourceDialog isOpen={dialog === 'source'} close={close} />
      <RunDialog shown={run} show={showRun} />
      <TargetsDialog isOpen={dialog === 'targets'} close={close} />
      <KeysDialog isOpen={dialog === 'keys'} close={close} commands={commands} />
      <PaletteDialog isOpen={dialog === 'palette'} close={close} commands={commands} />
    </DeskContext>
  );
}

/** The run in the page's address, and how to put another there. */
function useRunAddress(): [RunAddress | null, (next: RunAddress | null) => void] {
  const [run, setRun] = useState(() => readRunAddress(new URL(location.href)));
  const showRun = useCallback((next: RunAddress | null): void => {
    history.replaceState(null, '', writeRunAddress(new URL(location.href), next));
    setRun(next);
  }, []);
  return [run, showRun];
}

function useKeys(commands: Command[], isHeard: boolean): void {
  useEffect(() => {
    if (!isHeard) return;
    const onKey = (event: KeyboardEvent): void => {
      const command = commandFor(commands, event, focusOf(event.target));
      if (command === undefined || event.defaultPrevented) return;
      event.preventDefault();
      command.run();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [commands, isHeard]);
}

function focusOf(target: EventTarget | null): Focus {
  if (!(target instanceof HTMLElement)) return 'page';
  if (target.matches('input, select, textarea')) return 'field';
  return target.matches('button, a, summary') ? 'button' : 'page';
}
