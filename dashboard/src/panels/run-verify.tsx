// In: a run. Out: its verification by the bridge: begun here, how far it is, and its three parts with
// the first things that are wrong.
import { useEffect, useState } from 'react';
import { get } from '../stream/rest.ts';
import { Notice } from './panel.tsx';
import css from './run-dialog.module.css';
import { useAction } from './use-rest.ts';

const ASK_EVERY_MS = 400;

interface Fault {
  where: string;
  what: string;
  seq?: number;
}

interface Part {
  state: 'ok' | 'failed' | 'skipped';
  faults: Fault[];
  note: string;
}

interface Verification {
  state: 'none' | 'running' | 'done' | 'refused' | 'failed';
  part: string | null;
  done: number;
  of: number;
  detail: string | null;
  report: { verified: boolean; integrity: Part; replay: Part; regenerate: Part } | null;
}

const PARTS = ['integrity', 'replay', 'regenerate'] as const;
const MARKS = { ok: '✓', failed: '✗', skipped: '–' } as const;

export function RunVerify({ id }: { id: string }) {
  const action = useAction();
  const [now, setNow] = useState<Verification | null>(null);
  const isRunning = now?.state === 'running';
  useEffect(() => {
    const stop = new AbortController();
    const ask = (): void => {
      get<Verification>(`/run/${id}/verify`, stop.signal).then(setNow, () => undefined);
    };
    ask();
    if (!isRunning) return () => stop.abort();
    const timer = setInterval(ask, ASK_EVERY_MS);
    return () => {
      clearInterval(timer);
      stop.abort();
    };
  }, [id, isRunning]);

  const begin = async (): Promise<void> => {
    const begun = await action.run<Verification>(`/run/${id}/verify`);
    if (begun !== null) setNow(begun);
  };
  return (
    <section aria-label="Verification">
      <h3>Verify</h3>
      <p className={css.says}>Is the folder whole, does its log replay, do its storms run again?</p>
      <button type="button" disabled={isRunning || action.pending} onClick={() => void begin()}>
        {isRunning ? 'Verifying…' : 'Verify this run'}
      </button>
      {isRunning && <Progress now={now} />}
      <div role="status">{now !== null && !isRunning && <Outcome now={now} />}</div>
      <Notice error={action.error} dismiss={action.dismiss} />
    </section>
  );
}

function Progress({ now }: { now: Verification }) {
  return (
    <div className={css.progress}>
      {now.part ?? 'reading the folder'}
      <progress
        aria-label="Events verified"
        {...(now.of > 0 && { value: now.done, max: now.of })}
      />
    </div>
  );
}

function Outcome({ now }: { now: Verification }) {
  if (now.state === 'none') return null;
  if (now.report === null) return <p className={css.bad}>{now.detail ?? now.state}</p>;
  const { report } = now;
  return (
    <>
      <p className={report.verified ? css.good : css.bad}>
        {report.verified ? '✓ verified: it runs again bit for bit' : '✗ not verified'}
      </p>
      <ul className={css.parts}>
        {PARTS.map((name) => (
          <li key={name}>
            <b>
              {MARKS[report[name].state]} {name}
            </b>{' '}
            {report[name].note}
            {report[name].faults.slice(0, 3).map((fault) => (
              <p key={`${fault.where} ${fault.what} ${fault.seq}`} className={css.bad}>
                {fault.where}
                {fault.seq === undefined ? '' : ` at ${fault.seq}`}: {fault.what}
              </p>
            ))}
          </li>
        ))}
      </ul>
    </>
  );
}
