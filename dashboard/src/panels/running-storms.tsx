// In: the storms that have not closed. Out: what each does, its time left in virtual time, its own stop.
import { StormPhase } from '@wavetank/abi';
import { useMemo } from 'react';
import { useDesk } from '../desk-context.ts';
import type { Desk } from '../model/desk.ts';
import { countText, shortCount } from '../model/format.ts';
import { wordsOf } from '../model/phase-words.ts';
import { isPlayed } from '../model/played.ts';
import type { StormMark } from '../model/storms.ts';
import { countdown } from '../model/venue-time.ts';
import { Live } from './live.tsx';
import css from './storm-deck.module.css';
import type { Action } from './use-rest.ts';

export function RunningStorms({ stop }: { stop: Action }) {
  const open = useDesk((desk) => desk.storms.open);
  return (
    <ul className={css.running} aria-label="Storms under way">
      {open.length === 0 && <li className={css.says}>No storm is under way.</li>}
      {open.map((storm) => (
        <Running key={storm.id} storm={storm} stop={stop} />
      ))}
    </ul>
  );
}

function Running({ storm, stop }: { storm: StormMark; stop: Action }) {
  const isRunning = storm.phase === StormPhase.Running;
  const isReplayed = useDesk(isPlayed);
  const left = useMemo(() => timeLeft(storm), [storm]);
  const isElsewhere = useDesk((desk) => desk.symbol !== storm.symbol);
  const moved = isRunning ? movedWords(storm) : `${countText(storm.displaced_qty)} left to return`;
  const says = `${isElsewhere ? `${storm.symbol} ` : ''}${strengthWords(storm)} · ${moved}`;
  return (
    <li title={`severity asked → reached, shares moved: ${says}`}>
      <b>
        #{storm.id} {storm.kind}
      </b>
      <Live className={css.left} read={left} />
      {isRunning ? (
        <button
          type="button"
          aria-label={`Stop storm ${storm.id}`}
          disabled={stop.pending || isReplayed}
          onClick={() => void stop.run('/storm/stop', { id: storm.id })}
        >
          Stop
        </button>
      ) : (
        <span />
      )}
      <small className={css.moved}>{says}</small>
    </li>
  );
}

/** `0.80`, or what it was asked and what it reached of it. */
function strengthWords({ severity, course }: StormMark): string {
  const now = course.at(-1);
  if (now === undefined || now.realised === null) return severity.toFixed(2);
  return `${now.asked.toFixed(2)} → ${now.realised.toFixed(2)}`;
}

/** What it did to the book so far, in shares. */
function movedWords(storm: StormMark): string {
  const moved: [string, number][] = [
    ['took', storm.taken_qty],
    ['withdrew', storm.withdrawn_qty],
    ['placed', storm.placed_qty],
  ];
  const done = moved
    .filter(([, qty]) => qty > 0)
    .map(([verb, qty]) => `${verb} ${shortCount(qty)}`);
  return done.length === 0 ? 'nothing moved yet' : done.join(', ');
}

/** A clock that nothing moves any more counts nothing down. */
function timeLeft(storm: StormMark): (desk: Desk) => string {
  const isRunning = storm.phase === StormPhase.Running;
  return ({ link, now_s }) => {
    if (wordsOf(link.phase).weight === 'dead') return 'unknown';
    return isRunning ? countdown((storm.expires_s - now_s) * 1000) : 'returning';
  };
}
