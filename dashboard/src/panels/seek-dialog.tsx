// In: an instant a person names. Out: the source moved there, with the progress of what must be read
// once for it. Where it landed is shown by the header that follows.
import { type FormEvent, useState } from 'react';
import { useDesk } from '../desk-context.ts';
import { canCommand } from '../model/phase-words.ts';
import { clockText, instantOf, ZONE } from '../model/venue-time.ts';
import { Dialog } from './dialog.tsx';
import { Notice } from './panel.tsx';
import css from './source-dialog.module.css';
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
  const isReachable = useDesk((desk) => canCommand(desk.link.phase));
  const isRecording = useDesk((desk) => desk.heartbeat?.run_active === 1);
  const [first] = useState(now);

  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const at_s = instantOf(String(new FormData(event.currentTarget).get('at')));
    if (at_s === null) return;
    const to = { to_ms: Math.round(at_s * 1000) };
    if ((await action.run('/replay/seek', to, SEEK_MOST_MS)) !== null) close();
  };
  return (
    <form className={css.form} onSubmit={(event) => void submit(event)}>
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
      <p>A new timeline begins there: storms stop, and the run digest starts anew.</p>
      {isRecording && <p className={css.says}>A run is being recorded: stop it first.</p>}
      {action.pending && <Seeking />}
      <Notice error={action.error} dismiss={action.dismiss} />
      <div className={css.buttons}>
        <button type="button" onClick={close}>
          Cancel
        </button>
        <button
          type="submit"
          className={css.open}
          disabled={!isReachable || isRecording || action.pending}
        >
          {action.pending ? 'Going…' : 'Go'}
        </button>
      </div>
    </form>
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
