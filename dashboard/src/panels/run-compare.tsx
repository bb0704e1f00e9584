// In: a run and the list of runs. Out: the one it is set beside, what the two do not share, and the
// first event in which their markets part.
import { useEffect, useState } from 'react';
import { clockOfNs, clockText, ZONE } from '../model/venue-time.ts';
import { get, RestError } from '../stream/rest.ts';
import css from './run-dialog.module.css';
import { usePoll } from './use-rest.ts';

export interface RunDifference {
  same: boolean;
  same_source: boolean;
  config: Unequal[];
  outcome: Unequal[];
  ticks: { compared: number; first: { ts_run_ns: number; keys: string[] } | null };
  divergence: { seq: number } | null;
  note: string;
}

interface Unequal {
  key: string;
  a: unknown;
  b: unknown;
}

interface RunCompareProps {
  id: string;
  other: string | null;
  choose: (id: string | null) => void;
  /** Told where the two part, in virtual seconds of the first. */
  parted: (at_s: number | null) => void;
}

const LIST_EVERY_MS = 30_000;

export function RunCompare({ id, other, choose, parted }: RunCompareProps) {
  const list = usePoll<{ runs: { run_id: string; note: string | null }[] }>(
    '/run/list',
    LIST_EVERY_MS,
  );
  const others = (list.data?.runs ?? []).filter((run) => run.run_id !== id);
  return (
    <section aria-label="Comparison">
      <h3>Compare</h3>
      <label>
        With
        <select value={other ?? ''} onChange={(event) => choose(event.target.value || null)}>
          <option value="">no other run</option>
          {others.map(({ run_id, note }) => (
            <option key={run_id} value={run_id}>
              {run_id} {note}
            </option>
          ))}
        </select>
      </label>
      {other !== null && <Difference key={other} id={id} other={other} parted={parted} />}
    </section>
  );
}

function Difference({ id, other, parted }: Omit<RunCompareProps, 'choose'> & { other: string }) {
  const [found, setFound] = useState<RunDifference | string>('comparing the two logs…');
  useEffect(() => {
    const stop = new AbortController();
    get<RunDifference>(`/run/${id}/diff?with=${other}`, stop.signal, DIFF_MOST_MS).then(
      (difference) => {
        setFound(difference);
        const first = difference.ticks.first;
        parted(first === null ? null : first.ts_run_ns / 1e9);
      },
      (cause) => {
        if (!stop.signal.aborted) setFound(cause instanceof RestError ? cause.message : `${cause}`);
      },
    );
    return () => {
      stop.abort();
      parted(null);
    };
  }, [id, other, parted]);
  if (typeof found === 'string') return <p role="status">{found}</p>;
  return (
    <div role="status">
      <p className={found.same ? css.good : css.bad}>{partWords(found)}</p>
      <p className={css.says}>{found.note}</p>
      <Table title="Started differently" rows={found.config} />
      <Table title="Ended differently" rows={found.outcome} />
    </div>
  );
}

/** Two long logs are walked to their first difference. */
const DIFF_MOST_MS = 120_000;

function partWords({ same, same_source, divergence, ticks }: RunDifference): string {
  if (same) return '✓ the same market wherever both were recorded';
  if (divergence !== null) return `✗ the markets part at sequence ${divergence.seq}`;
  if (ticks.first !== null) {
    return `✗ ticks differ from ${clockOfNs(ticks.first.ts_run_ns)} ${ZONE}: ${ticks.first.keys.slice(0, 4).join(', ')}`;
  }
  return same_source ? '✗ not the same' : 'other sources: only their shapes compare';
}

function Table({ title, rows }: { title: string; rows: Unequal[] }) {
  if (rows.length === 0) return null;
  return (
    <table className={css.unequal}>
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">what</th>
          <th scope="col">this</th>
          <th scope="col">other</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, a, b }) => (
          <tr key={key}>
            <th scope="row">{key.replaceAll('_', ' ')}</th>
            <td>{words(key, a)}</td>
            <td>{words(key, b)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A time of the venue as the charts have it; anything else as it stands in the run. */
function words(key: string, value: unknown): string {
  if (typeof value === 'number' && key.endsWith('_ts_ns')) return `${clockOfNs(value, 3)} ${ZONE}`;
  if (typeof value === 'number' && key.endsWith('_at_ms'))
    return `${clockText(value / 1e3, 3)} ${ZONE}`;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
