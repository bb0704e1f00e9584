// In: the fields of a dialog that moves the source, and what submitting does. Out: the form around them:
// refused while a run is recorded or nothing can be commanded, with its error and its two buttons.
import type { FormEvent, ReactNode } from 'react';
import { useDesk } from '../desk-context.ts';
import { canCommand } from '../model/phase-words.ts';
import css from './dialog-form.module.css';
import { Notice } from './panel.tsx';
import type { Action } from './use-rest.ts';

interface DialogFormProps {
  action: Action;
  submit: (fields: FormData) => Promise<void>;
  close: () => void;
  /** What the button says, and what it says while it is under way. */
  verb: string;
  pending: string;
  children: ReactNode;
}

export function DialogForm({ action, submit, close, verb, pending, children }: DialogFormProps) {
  const isReachable = useDesk((desk) => canCommand(desk.link.phase));
  const isRecording = useDesk((desk) => desk.heartbeat?.run_active === 1);
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void submit(new FormData(event.currentTarget));
  };
  return (
    <form className={css.form} onSubmit={onSubmit}>
      {children}
      {isRecording && <p className={css.says}>A run is being recorded: stop it first.</p>}
      <Notice error={action.error} dismiss={action.dismiss} />
      <div className={css.buttons}>
        <button type="button" onClick={close}>
          Cancel
        </button>
        <button
          type="submit"
          className={css.submit}
          disabled={!isReachable || isRecording || action.pending}
        >
          {action.pending ? pending : verb}
        </button>
      </div>
    </form>
  );
}
