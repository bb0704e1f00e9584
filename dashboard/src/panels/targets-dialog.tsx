// In: the targets with their scores. Out: all of them side by side: figures, each service level as a
// band with what was measured on it, and what every storm of the run did to each.
import type { CSSProperties } from 'react';
import { moneyText } from '../model/format.ts';
import { type Band, bandsOf, bandText, stormWords, type Target } from '../model/targets.ts';
import { Dialog } from './dialog.tsx';
import css from './targets-dialog.module.css';
import { usePoll } from './use-rest.ts';

const POLL_MS = 1000;
const ABREAST_MOST = 4;

interface TargetsDialogProps {
  isOpen: boolean;
  close: () => void;
}

export function TargetsDialog({ isOpen, close }: TargetsDialogProps) {
  return (
    <Dialog isOpen={isOpen} close={close} title="Targets" size="fit">
      <Sheet />
    </Dialog>
  );
}

function Sheet() {
  const { data, error } = usePoll<{ targets: Target[] }>('/bot/list', POLL_MS);
  if (data === null) return <p role="status">{error?.message ?? 'Asking the bridge…'}</p>;
  return (
    <div
      className={css.sheet}
      style={{ '--columns': Math.min(ABREAST_MOST, data.targets.length) } as CSSProperties}
    >
      {data.targets.map((target) => (
        <Column key={target.name} target={target} />
      ))}
    </div>
  );
}

function Column({ target }: { target: Target }) {
  const { state, score } = target;
  const money = (value: number | null | undefined): string =>
    moneyText(value ?? Number.NaN, state?.currency ?? '').replace('+', '');
  return (
    <section aria-label={target.name} className={css.column}>
      <h3>
        {target.name} <small>{target.latency_class ?? 'no class'}</small>
      </h3>
      <p className={css.says}>
        {target.online === true ? 'online' : (target.reason ?? 'not asked yet')} · {target.clock}{' '}
        clock · {target.url}
      </p>
      <p>
        Equity {money(state?.equity)}, drawdown {money(score?.max_drawdown)}
      </p>
      <h4>Service levels</h4>
      <ul>
        {bandsOf(target).map((band) => (
          <Level key={band.title} band={band} />
        ))}
      </ul>
      <h4>Storms</h4>
      <ul>
        {(score?.storms ?? []).map((storm) => (
          <li key={storm.storm_id}>{stormWords(storm)}</li>
        ))}
        {(score?.storms ?? []).length === 0 && (
          <li className={css.says}>
            {score === null ? 'Scored while a run is recorded.' : 'None in this run.'}
          </li>
        )}
      </ul>
    </section>
  );
}

/** The bound stands at two thirds of the band, so that a breach has room to show how far. */
function Level({ band }: { band: Band }) {
  const share = Math.min(1, ((band.measured ?? 0) / Math.max(band.limit, 1)) * (2 / 3));
  return (
    <li className={css.level}>
      <span>
        {band.isBroken ? '✗' : band.measured === null ? '·' : '✓'} {band.title}
      </span>
      <span className={css.band} aria-hidden>
        <i
          className={band.isBroken ? css.broken : css.kept}
          style={{ width: `${(share * 100).toFixed(1)}%` }}
        />
      </span>
      <span title={band.measured === null ? 'not measured' : ''}>{bandText(band)}</span>
    </li>
  );
}
