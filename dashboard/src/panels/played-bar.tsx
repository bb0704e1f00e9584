// In: the recorded run that is played. Out: a bar that says so, where it is between its start and its
// stop, and, at its end, whether it came as it was recorded. Nothing while a source is open.
import { type KeyboardEvent, useRef, useState } from 'react';
import { useDesk } from '../desk-context.ts';
import { canCommand } from '../model/phase-words.ts';
import { outcomeWords, type PlayedRun } from '../model/played.ts';
import { runTime } from '../model/runs.ts';
import { clamp } from '../model/sight.ts';
import { clockText, ZONE } from '../model/venue-time.ts';
import { Notice } from './panel.tsx';
import css from './played-bar.module.css';
import { usePlayed } from './use-played.ts';
import { useRecordedPast } from './use-recorded-past.ts';
import { useAction } from './use-rest.ts';

/** A landing plays from the log's checkpoint before the place. */
const SEEK_MOST_MS = 120_000;
const KEYS_MS: Record<string, number> = {
  ArrowLeft: -1000,
  ArrowRight: 1000,
  PageDown: -10_000,
  PageUp: 10_000,
};

export function PlayedBar() {
  const run = usePlayed();
  return run === null ? null : <Bar key={run.run_id} run={run} />;
}

function Bar({ run }: { run: PlayedRun }) {
  useRecordedPast(run.run_id);
  const tone = run.outcome === null ? '' : run.outcome.same ? css.same : css.other;
  return (
    <section className={css.bar} aria-label="Recorded run">
      <span className={css.name} title={run.run_id}>
        <b>Recorded run</b> {runTime(run.run_id)} UTC
      </span>
      <Place run={run} />
      <span role="status" className={`${css.outcome} ${tone}`}>
        {outcomeWords(run) || 'storms come from its log; none can be fired'}
      </span>
    </section>
  );
}

/** Where it is, and the way to anywhere else in it. */
function Place({ run: { from_ms, to_ms } }: { run: PlayedRun }) {
  const action = useAction();
  const isReachable = useDesk((desk) => canCommand(desk.link.phase));
  const now_ms = useDesk((desk) => Math.round(desk.now_s * 1000));
  /** Where a person wants it, until it is there; a later wish is gone to when the one before is. */
  const wanted = useRef<number | null>(null);
  const isGoing = useRef(false);
  const [held_ms, setHeld] = useState<number | null>(null);
  const at_ms = clamp(held_ms ?? now_ms, from_ms, to_ms);

  const hold = (ms: number | null): void => {
    wanted.current = ms;
    setHeld(ms);
  };
  const go = async (): Promise<void> => {
    if (isGoing.current) return;
    isGoing.current = true;
    while (wanted.current !== null) {
      const to_ms = wanted.current;
      await action.run('/replay/seek', { to_ms }, SEEK_MOST_MS);
      if (wanted.current === to_ms) hold(null);
    }
    isGoing.current = false;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const by_ms = KEYS_MS[event.key];
    if (by_ms === undefined) return;
    event.preventDefault();
    hold(clamp(at_ms + by_ms, from_ms, to_ms));
  };
  return (
    <span className={css.place}>
      <span>{clockText(from_ms / 1000)}</span>
      <input
        type="range"
        aria-label="Place in the recorded run"
        aria-valuetext={`${clockText(at_ms / 1000)} ${ZONE}`}
        aria-busy={action.pending}
        title="Drag, or arrows by a second and Page keys by ten: the run from there on"
        min={from_ms}
        max={to_ms}
        step={1}
        value={at_ms}
        disabled={!isReachable}
        onChange={(event) => hold(event.target.valueAsNumber)}
        onKeyDown={onKeyDown}
        onKeyUp={() => void go()}
        onPointerUp={() => void go()}
        onBlur={() => void go()}
      />
      <span>{clockText(to_ms / 1000)}</span>
      <span className={css.at}>
        {held_ms === null ? '' : `${action.pending ? 'going to' : 'to'} ${clockText(at_ms / 1000)}`}
      </span>
      <Notice error={action.error} dismiss={action.dismiss} />
    </span>
  );
}
