// In: what a person wants to see. Out: the synthetic market, an ITCH file or a recorded run opened by the
// bridge.
// What is open is shown from the header that follows, never from what was asked.
import { useState } from 'react';
import { useAccess } from '../desk-context.ts';
import { Dialog } from './dialog.tsx';
import { DialogForm } from './dialog-form.tsx';
import { RunChoice } from './run-choice.tsx';
import css from './source-dialog.module.css';
import { OPEN_MOST_MS, usePlayRun } from './use-played.ts';
import { useAction } from './use-rest.ts';

type Kind = 'synthetic' | 'file' | 'run';

interface Opened {
  symbols: string[];
}

interface SourceDialogProps {
  isOpen: boolean;
  close: () => void;
}

export function SourceDialog({ isOpen, close }: SourceDialogProps) {
  return (
    <Dialog isOpen={isOpen} close={close} title="Open a source">
      <SourceForm close={close} />
    </Dialog>
  );
}

function SourceForm({ close }: { close: () => void }) {
  const { follow } = useAccess();
  const source = useAction();
  const recorded = usePlayRun();
  const [kind, setKind] = useState<Kind>('synthetic');

  const submit = async (fields: FormData): Promise<void> => {
    if (kind === 'run') {
      if (await recorded.play(String(fields.get('run')))) close();
      return;
    }
    const body = openRequest(kind, fields);
    const opened = await source.run<Opened>('/replay/open', body, OPEN_MOST_MS);
    if (opened === null) return;
    close();
    follow(body.symbol ?? opened.symbols[0] ?? '');
  };
  const action = kind === 'run' ? recorded.action : source;
  return (
    <DialogForm action={action} submit={submit} close={close} verb="Open" pending="Opening…">
      <fieldset className={css.kinds}>
        <legend className="visually-hidden">Kind of source</legend>
        {KINDS.map(([value, words]) => (
          <label key={value}>
            <input
              type="radio"
              name="kind"
              checked={kind === value}
              onChange={() => setKind(value)}
            />
            {words}
          </label>
        ))}
      </fieldset>
      {kind === 'synthetic' && <SyntheticFields />}
      {kind === 'file' && <FileFields />}
      {kind === 'run' ? (
        <RunChoice />
      ) : (
        <label>
          Symbol to follow, if known
          <input name="symbol" maxLength={8} placeholder="the first one" />
        </label>
      )}
    </DialogForm>
  );
}

const KINDS: [Kind, string][] = [
  ['synthetic', 'Synthetic market'],
  ['file', 'ITCH 5.0 file'],
  ['run', 'Recorded run'],
];

function SyntheticFields() {
  return (
    <div className={css.pair}>
      <label>
        Seed
        <input name="seed" required pattern="[0-9]{1,20}" inputMode="numeric" defaultValue="1" />
      </label>
      <label>
        Instruments
        <input
          name="instruments"
          type="number"
          required
          min={1}
          max={65_535}
          step={1}
          defaultValue={8}
        />
      </label>
    </div>
  );
}

function FileFields() {
  return (
    <label>
      Path of the file, inside a folder the desk was started with
      <input name="path" required maxLength={1024} spellCheck={false} autoComplete="off" />
    </label>
  );
}

interface OpenRequest {
  path?: string;
  synthetic?: { seed: string; instruments: number };
  symbol?: string;
}

function openRequest(kind: Kind, fields: FormData): OpenRequest {
  const text = (name: string): string => String(fields.get(name) ?? '').trim();
  const symbol = text('symbol').toUpperCase();
  const source =
    kind === 'file'
      ? { path: text('path') }
      : { synthetic: { seed: text('seed'), instruments: Number(text('instruments')) } };
  return { ...source, ...(symbol === '' ? {} : { symbol }) };
}
