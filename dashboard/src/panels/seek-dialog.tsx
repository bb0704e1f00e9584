// In: an instant a person names. Out: the source moved there, with the progress of what must be read
// once for it. Where it landed is shown by the header that follows.
import { useState } from 'react';
import { useDesk } from '../desk-context.ts';
import { clockText, instantOf, ZONE } from '../model/venue-time.ts';
import { Dialog } from './dialog.tsx';
import { DialogForm } from './dialog-form.tsx';
import { usePlayed } from './use-played.ts';
import { useAction, usePoll } from './use-rest.ts';

/** A day that was never sought in is read whole first. */
const SEEK_MOST_MS = 1_800_000;
const ASK_EVERY_MS = 400;

interface SeekDialogProps {
  isOpen: boolean;
  close: () => void;
}

export function SeekDialog({ isOpen, close }: SeekDialogProps) {
  return (
    <Dialog isOpen={isOpen} close={close} title="Go to">
      <SeekForm close={close} />
    </Dialog>
  );
}

function SeekForm({ close }: { close: () => void }) {
  const action = useAction();
  const now = useDesk((desk) => clockText(desk.now_s));
  const [first] = useState(now);
  const run = usePlayed();

  const submit = async (fields: FormData): Promise<void> => {
    const at_s = instantOf(String(fields.get('at')));
    if (at_s === null) return;
    const to = { to_ms: Math.round(at_s * 1000) };
    if ((await action.run('/replay/seek', to, SEEK_MOST_MS)) !== null) close();
  };
  return (
    <DialogForm action={action} submit={submit} close={close} verb="Go" pending="Going…">
      <label>
        Venue time, {ZONE}
        <input
          name="at"
          required
          defaultValue={first}
          pattern="\s*\d{1,2}:\d\d(:\d\d([.]\d{1,3})?)?\s*"
          placeholder="09:31:00"
          autoComplete="off"
        />
      </label>
      {run === null ? (
        <p>A new timeline begins there: storms stop, and the run digest starts anew.</p>
      ) : (
        <p>
          The recorded run goes from {clockText(run.from_ms / 1000, 3)} to{' '}
          {clockText(run.to_ms / 1000, 3)}. Its storms are there as they were.
        </p>
      )}
      {action.pending && <Seeking />}
    </DialogForm>
  );
}

interface Progress {
  stage: 'inflate' | 'index';
  done: number;
  of: number;
}

const STAGES = { inflate: 'Inflating the file, once', index: 'Reading the source, once' };

function Seeking() {
  const status = usePoll<{ seeking: Progress | null }>('/replay/status', ASK_EVERY_MS);
  const progress = status.data?.seeking ?? null;
  if (progress === null) return <p role="status">Going there…</p>;
  const { stage, done, of } = progress;
  return (
    <div role="status">
      {STAGES[stage]}{' '}
      <progress aria-label={STAGES[stage]} {...(of > 0 && { value: done, max: of })} />
    </div>
  );
}
