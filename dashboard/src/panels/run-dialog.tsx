// In: the run an address names. Out: a run read back: its charts under its twin or under another run,
// played, verified, compared, exported, and a link to exactly this.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Picture } from '../charts/run-plot.ts';
import { csvOf, parquetOf, save } from '../model/downloads.ts';
import { moneyText } from '../model/format.ts';
import {
  farthest,
  linesOf,
  type RecordedRun,
  recordedRun,
  shiftOf,
} from '../model/recorded-run.ts';
import type { RunAddress } from '../model/run-address.ts';
import { type RunSummary, reasonWords, verdictWords } from '../model/runs.ts';
import { clockText, durationText, ZONE } from '../model/venue-time.ts';
import { getText, RestError } from '../stream/rest.ts';
import { Dialog } from './dialog.tsx';
import { RunCharts, stacked } from './run-charts.tsx';
import { RunCompare } from './run-compare.tsx';
import css from './run-dialog.module.css';
import { RunPlay } from './run-play.tsx';
import { RunVerify } from './run-verify.tsx';
import { usePoll } from './use-rest.ts';

interface RunDialogProps {
  shown: RunAddress | null;
  show: (next: RunAddress | null) => void;
}

export function RunDialog({ shown, show }: RunDialogProps) {
  const close = useCallback(() => show(null), [show]);
  return (
    <Dialog isOpen={shown !== null} close={close} title={`Run ${shown?.id ?? ''}`} size="wide">
      {shown !== null && <RunReader key={shown.id} shown={shown} show={show} close={close} />}
    </Dialog>
  );
}

interface ReaderProps {
  shown: RunAddress;
  show: RunDialogProps['show'];
  close: () => void;
}

function RunReader({ shown, show, close }: ReaderProps) {
  const run = useRecorded(shown.id);
  const other = useRecorded(shown.with);
  const [parted_s, setParted] = useState<number | null>(null);
  const drawn = useRef(new Map<string, HTMLCanvasElement>());
  const picture = useMemo<Picture | null>(() => {
    if (!isRun(run)) return null;
    const beside = isRun(other) ? { run: other, shift_s: shiftOf(run, other) } : null;
    return { run, other: beside, divergence_s: beside === null ? null : parted_s };
  }, [run, other, parted_s]);
  const choose = useCallback(
    (id: string | null) => show({ id: shown.id, with: id }),
    [show, shown.id],
  );
  return (
    <div className={css.reader}>
      <div>
        {typeof run === 'string' && <p role="status">{run}</p>}
        {picture !== null && (
          <p className={css.says}>
            <Verdict id={shown.id} /> {factsOf(picture)}
          </p>
        )}
        {picture !== null && <RunCharts picture={picture} drawn={drawn.current} />}
      </div>
      <div className={css.side}>
        <RunPlay id={shown.id} close={close} />
        <RunVerify id={shown.id} />
        <RunCompare id={shown.id} other={shown.with} choose={choose} parted={setParted} />
        {isRun(run) && <Exports run={run} drawn={drawn.current} />}
      </div>
    </div>
  );
}

const LIST_EVERY_MS = 30_000;

/** What became of the target, as the list of runs has it. */
function Verdict({ id }: { id: string }) {
  const { data } = usePoll<{ runs: RunSummary[] }>('/run/list', LIST_EVERY_MS);
  const run = data?.runs.find(({ run_id }) => run_id === id);
  if (run === undefined) return null;
  const reasons = reasonWords(run);
  const delta = run.delta === null ? '' : ` ${moneyText(run.delta, '')}`;
  return (
    <>
      <b className={VERDICT_TONES[run.verdict ?? ''] ?? css.open}>{verdictWords(run)}</b>
      {reasons === '' ? '' : ` (${reasons})`}
      {delta} ·
    </>
  );
}

const VERDICT_TONES: Record<string, string | undefined> = {
  TARGET_INTACT: css.good,
  TARGET_DAMAGED: css.bad,
  TARGET_KILLED: css.bad,
};

/** A run as its files say it, or why there is none yet. */
type Read = RecordedRun | string | null;
const isRun = (read: Read): read is RecordedRun => typeof read === 'object' && read !== null;

function useRecorded(id: string | null): Read {
  const [read, setRead] = useState<Read>(null);
  useEffect(() => {
    setRead(id === null ? null : 'reading the run…');
    if (id === null) return;
    let isWanted = true;
    const take = (next: Read): void => {
      if (isWanted) setRead(next);
    };
    Promise.all([getText(`/run/${id}/ticks`), getText(`/run/${id}/events`)]).then(
      ([ticks, events]) => {
        const found = recordedRun(id, linesOf(ticks), linesOf(events));
        take(found.t_s.length === 0 ? 'this run has no tick: it lasted less than a second' : found);
      },
      (cause) => take(cause instanceof RestError ? cause.message : String(cause)),
    );
    return () => {
      isWanted = false;
    };
  }, [id]);
  return read;
}

function factsOf({ run, other }: Picture): string {
  const length = durationText((run.t_s.at(-1) ?? 0) - (run.t_s[0] ?? 0));
  const storms = run.storms.map((storm) => `${storm.kind} ${storm.severity.toFixed(2)}`);
  const facts = [run.symbol, length, storms.length === 0 ? 'no storms' : storms.join(', ')];
  facts.push(apartWords(run));
  if (other !== null && other.shift_s !== 0) facts.push('the other run moved to begin with it');
  return facts.join(' · ');
}

/** The run beside its twin, the same market without its storms. */
function apartWords(run: RecordedRun): string {
  const apart = farthest(run);
  if (apart === null) return 'never off its twin';
  const side = apart.bps < 0 ? 'below' : 'above';
  return `${Math.abs(apart.bps).toFixed(1)} bps ${side} its twin at ${clockText(apart.t_s)} ${ZONE}`;
}

function Exports({ run, drawn }: { run: RecordedRun; drawn: Map<string, HTMLCanvasElement> }) {
  const name = (ending: string): string => `${run.run_id}-${run.symbol}.${ending}`;
  const png = (): void => {
    stacked(drawn).toBlob((blob) => {
      if (blob !== null) save(name('png'), 'image/png', blob);
    });
  };
  const raw = async (file: 'yaml' | 'events' | 'ticks'): Promise<void> => {
    const ending = { yaml: 'run.yaml', events: 'events.jsonl', ticks: 'ticks.jsonl' }[file];
    save(`${run.run_id}-${ending}`, 'text/plain', await getText(`/run/${run.run_id}/${file}`));
  };
  return (
    <section aria-label="Export">
      <h3>Export</h3>
      <div className={css.buttons}>
        <button type="button" onClick={png}>
          PNG
        </button>
        <button type="button" onClick={() => save(name('csv'), 'text/csv', csvOf(run))}>
          CSV
        </button>
        <button
          type="button"
          onClick={async () =>
            save(name('parquet'), 'application/vnd.apache.parquet', await parquetOf(run))
          }
        >
          Parquet
        </button>
        {(['yaml', 'events', 'ticks'] as const).map((file) => (
          <button key={file} type="button" onClick={() => void raw(file)}>
            {file}
          </button>
        ))}
      </div>
      <p className={css.says}>
        CSV and Parquet hold the ticks; wavetank run export writes every event.
      </p>
      <Permalink />
    </section>
  );
}

function Permalink() {
  const [isCopied, setCopied] = useState(false);
  return (
    <div className={css.buttons}>
      <input readOnly aria-label="Link to this view" value={location.href} />
      <button
        type="button"
        onClick={() =>
          void navigator.clipboard.writeText(location.href).then(() => setCopied(true))
        }
      >
        {isCopied ? 'Copied' : 'Copy link'}
      </button>
    </div>
  );
}
