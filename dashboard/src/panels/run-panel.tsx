// In: what is being recorded and the runs on disk. Out: a run started or stopped, past verdicts read.
import { useEffect, useState } from 'react';
import { useAccess, useDesk } from '../desk-context.ts';
import { moneyText } from '../model/format.ts';
import { canCommand } from '../model/phase-words.ts';
import { isPlayed, PLAYED_SAYS } from '../model/played.ts';
import {
  type LiveRun,
  type RunSummary,
  reasonWords,
  runTime,
  stormWords,
  verdictWords,
} from '../model/runs.ts';
import { durationText } from '../model/venue-time.ts';
import { Notice, Panel } from './panel.tsx';
import css from './run-panel.module.css';
import { useAction, usePoll } from './use-rest.ts';

const LIST_EVERY_MS = 10_000;
const STATUS_EVERY_MS = 5000;

export function RunPanel() {
  const list = usePoll<{ runs: RunSummary[] }>('/run/list', LIST_EVERY_MS);
  const status = usePoll<{ run: LiveRun | null }>('/run/status', STATUS_EVERY_MS);
  const action = useAction();
  const [note, setNote] = useState('');
  const isRecording = useDesk((desk) => desk.heartbeat?.run_active === 1);
  const isReachable = useDesk((desk) => canCommand(desk.link.phase));
  const symbol = useDesk((desk) => desk.symbol);
  const isReplayed = useDesk(isPlayed);
  useRefresh(list.refresh, status.refresh);

  const toggle = async (): Promise<void> => {
    const told = note.trim() === '' ? {} : { note: note.trim() };
    const start = { ...(symbol === '' ? {} : { symbols: [symbol] }), ...told };
    await action.run(isRecording ? '/run/stop' : '/run/start', isRecording ? {} : start);
    list.refresh();
    status.refresh();
  };
  return (
    <Panel
      title="Runs"
      aside={isRecording ? <span className={css.recording}>● recording</span> : 'not recording'}
    >
      <div className={css.body}>
        <div className={css.controls}>
          <button
            type="button"
            disabled={!isReachable || isReplayed || action.pending}
            onClick={() => void toggle()}
          >
            {isRecording ? '■ Stop run' : '● Start run'}
          </button>
          {isReplayed ? (
            <p className={css.says}>{PLAYED_SAYS}</p>
          ) : (
            <input
              aria-label="Note of the run"
              placeholder="Note"
              maxLength={200}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          )}
        </div>
        <Notice error={action.error} dismiss={action.dismiss} />
        <ul className={css.list} aria-label="Past runs, newest first">
          {list.data === null && <li>{list.error?.message ?? 'Reading the runs…'}</li>}
          {list.data?.runs.length === 0 && <li>No run recorded yet.</li>}
          {list.data?.runs.map((run) => (
            <Run key={run.run_id} run={run} live={status.data?.run ?? null} />
          ))}
        </ul>
      </div>
    </Panel>
  );
}

/** A run that began or ended, or a storm in it, is news: not for the next poll. */
function useRefresh(list: () => void, status: () => void): void {
  const isRecording = useDesk((desk) => desk.heartbeat?.run_active === 1);
  const storms = useDesk((desk) => desk.storms.all.length);
  // biome-ignore lint/correctness/useExhaustiveDependencies: their change is what asks again
  useEffect(() => {
    list();
    status();
  }, [isRecording, storms, list, status]);
}

const TONES: Record<string, string | undefined> = {
  TARGET_INTACT: css.good,
  TARGET_DEGRADED: css.open,
  TARGET_DAMAGED: css.bad,
  TARGET_KILLED: css.bad,
};

function Run({ run, live }: { run: RunSummary; live: LiveRun | null }) {
  const { openRun } = useAccess();
  const verdict = run.verdict ?? run.status;
  const facts = [
    run.symbols.join(' '),
    run.class ?? '',
    run.duration_s === null ? '' : durationText(run.duration_s),
    stormWords(run, live),
  ];
  return (
    <li>
      <button
        type="button"
        className={css.open_run}
        title="Charts, play, verification, comparison, export"
        onClick={() => openRun(run.run_id)}
      >
        {runTime(run.run_id)} <small>UTC</small>
      </button>
      <span className={`${css.verdict} ${TONES[verdict] ?? css.open}`} title={reasonWords(run)}>
        {verdictWords(run)}
      </span>
      <small>{facts.filter((fact) => fact !== '').join(' · ')}</small>
      <small>{run.delta === null ? '' : moneyText(run.delta, '')}</small>
    </li>
  );
}
