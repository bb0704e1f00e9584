// In: a past run. Out: the button that plays it on the desk, and why not while a run is recorded.
import { useDesk } from '../desk-context.ts';
import { canCommand } from '../model/phase-words.ts';
import { Notice } from './panel.tsx';
import css from './run-dialog.module.css';
import { usePlayRun } from './use-played.ts';

export function RunPlay({ id, close }: { id: string; close: () => void }) {
  const { action, play } = usePlayRun();
  const isReachable = useDesk((desk) => canCommand(desk.link.phase));
  const isRecording = useDesk((desk) => desk.heartbeat?.run_active === 1);
  const start = async (): Promise<void> => {
    if (await play(id)) close();
  };
  return (
    <section aria-label="Play">
      <h3>Play</h3>
      <p className={css.says}>
        {isRecording
          ? 'A run is being recorded: stop it first.'
          : 'Its market again on the desk, storms included, to the bit.'}
      </p>
      <button
        type="button"
        disabled={!isReachable || isRecording || action.pending}
        onClick={() => void start()}
      >
        {action.pending ? 'Opening…' : '▶ Play'}
      </button>
      <Notice error={action.error} dismiss={action.dismiss} />
    </section>
  );
}
