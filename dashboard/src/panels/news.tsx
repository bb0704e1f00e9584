// In: storms, flags and engines as they come and go. Out: the same in words, for those who listen, at once
// and once; and a notice to dismiss where an engine died while nobody may have looked.
import { Detector, enumName, StormPhase } from '@wavetank/abi';
import { useAccess, useDesk } from '../desk-context.ts';
import type { Desk } from '../model/desk.ts';
import css from './news.module.css';

export function News() {
  const storms = useDesk(stormNews);
  const flag = useDesk(flagNews);
  return (
    <>
      <div className="visually-hidden" role="status" aria-label="Storms and flags">
        <p>{storms}</p>
        <p>{flag}</p>
      </div>
      <Restarted />
    </>
  );
}

function stormNews({ storms }: Desk): string {
  const each = storms.open.map(({ id, kind, symbol, phase }) => {
    const does = phase === StormPhase.Running ? 'runs' : 'returns';
    return `Storm ${id}, ${kind} on ${symbol}, ${does}.`;
  });
  if (each.length > 0) return each.join(' ');
  return storms.all.length === 0 ? '' : 'The last storm is over.';
}

function flagNews({ flags }: Desk): string {
  const flag = flags.at(-1);
  if (flag === undefined) return '';
  const truth = flag.truth_storm_id === 0 ? 'a false flag' : `storm ${flag.truth_storm_id}`;
  return `Detector ${enumName(Detector, flag.detector) ?? flag.detector}: ${truth}.`;
}

function Restarted() {
  const { desk, publisher } = useAccess();
  const isRestarted = useDesk((shown) => shown.isRestarted);
  return (
    <div role="alert" className={css.place}>
      {isRestarted && (
        <p className={css.restarted}>
          Another engine took over: what stood here is gone, and time may have begun anew.
          <button
            type="button"
            onClick={() => {
              desk.isRestarted = false;
              publisher.changed();
            }}
          >
            Dismiss
          </button>
        </p>
      )}
    </div>
  );
}
