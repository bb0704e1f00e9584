// In: the runs on disk. Out: one of them chosen, as the field `run` of the form around it; newest first,
// found by letters of its time, verdict, symbols, storms or note.
import { useState } from 'react';
import { matching, type RunSummary, runTime, runWords, verdictWords } from '../model/runs.ts';
import css from './run-choice.module.css';
import { usePoll } from './use-rest.ts';

const LIST_EVERY_MS = 10_000;

export function RunChoice() {
  const list = usePoll<{ runs: RunSummary[] }>('/run/list', LIST_EVERY_MS);
  const [text, setText] = useState('');
  const [chosen, choose] = useState('');
  const ended = list.data?.runs.filter(isEnded) ?? [];
  const found = matching(ended, text);
  const shown = found.some(({ run_id }) => run_id === chosen) ? chosen : found[0]?.run_id;
  return (
    <div className={css.choice}>
      <label>
        Find a run
        <input
          type="search"
          placeholder="time (UTC), verdict, symbol, storm, note"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <fieldset className={css.runs}>
        <legend className="visually-hidden">Recorded runs, newest first</legend>
        {list.data === null && <p>{list.error?.message ?? 'Reading the runs…'}</p>}
        {list.data !== null && found.length === 0 && (
          <p>{ended.length === 0 ? 'No run recorded yet.' : 'No run has that.'}</p>
        )}
        {found.map((run) => (
          <label key={run.run_id}>
            <input
              type="radio"
              name="run"
              required
              value={run.run_id}
              checked={run.run_id === shown}
              onChange={() => choose(run.run_id)}
            />
            <b>{runTime(run.run_id)}</b>
            <span>{verdictWords(run)}</span>
            <small title={runWords(run)}>{runWords(run)}</small>
          </label>
        ))}
      </fieldset>
    </div>
  );
}

/** One that is being recorded, or cannot be read, cannot be played. */
const isEnded = ({ status }: RunSummary): boolean => status === 'complete' || status === 'aborted';
