// In: the kinds the bridge offers and what a person sets. Out: storms started and stopped.
// What runs is shown from storm frames, never from what was asked.
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { useDesk } from '../desk-context.ts';
import { canCommand } from '../model/phase-words.ts';
import { stoppedWords } from '../model/trading.ts';
import { FireButton } from './fire-button.tsx';
import { Notice, Panel } from './panel.tsx';
import { RunningStorms } from './running-storms.tsx';
import css from './storm-deck.module.css';
import { type Action, useAction, usePoll } from './use-rest.ts';

interface Parameter {
  name: string;
  unit: string;
  min: number;
  max: number;
  default: number;
  doc: string;
}

interface Kind {
  name: string;
  imitates: string;
  params: Parameter[];
}

interface Started {
  id: number;
  seed: string;
}

const KINDS_EVERY_MS = 30_000;
const DOUBLE_MS = 600;

export function StormDeck() {
  const kinds = usePoll<{ kinds: Kind[] }>('/storm/kinds', KINDS_EVERY_MS);
  const fire = useAction();
  const stop = useAction();
  const [fired, setFired] = useState<Started | null>(null);
  useDoubleEscape(() => void stop.run('/storm/stop'));
  const says = fired === null ? '' : `last: #${fired.id}, seed ${fired.seed}`;
  return (
    <Panel title="Storms" aside={says}>
      <div className={css.deck}>
        <StormForm
          kinds={kinds.data?.kinds ?? []}
          why={kinds.error?.message ?? 'Asking the bridge for the kinds of storm…'}
          action={fire}
          onFired={setFired}
          stopAll={
            <button
              type="button"
              className={`${css.stop} ${css.whole}`}
              onClick={() => void stop.run('/storm/stop')}
            >
              STOP ALL <kbd>Esc Esc</kbd>
            </button>
          }
        />
        <Notice
          error={fire.error ?? stop.error}
          dismiss={fire.error ? fire.dismiss : stop.dismiss}
        />
        <RunningStorms stop={stop} />
      </div>
    </Panel>
  );
}

interface FormProps {
  kinds: Kind[];
  why: string;
  action: Action;
  onFired: (started: Started) => void;
  stopAll: ReactNode;
}

function StormForm({ kinds, why, action, onFired, stopAll }: FormProps) {
  const followed = useDesk((desk) => desk.symbol);
  const isReachable = useDesk((desk) => canCommand(desk.link.phase));
  const stopped = useDesk((desk) => stoppedWords(desk.tick?.trading_state ?? 0));
  const [name, setName] = useState('');
  const [severity, setSeverity] = useState(0.5);
  const kind = kinds.find((candidate) => candidate.name === name) ?? kinds[0];

  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    if (kind === undefined) return;
    const fields = new FormData(event.currentTarget);
    const body = { kind: kind.name, severity, ...requestOf(fields, kind) };
    const started = await action.run<Started>('/storm/start', body);
    if (started !== null) onFired(started);
  };
  return (
    <form className={css.form} onSubmit={(event) => void submit(event)}>
      <label className={`${css.inline} ${css.whole}`}>
        Kind
        <select
          data-storm-kind=""
          value={kind?.name ?? ''}
          onChange={(event) => setName(event.target.value)}
        >
          {kind === undefined && <option value="">–</option>}
          {kinds.map((candidate) => (
            <option key={candidate.name}>{candidate.name}</option>
          ))}
        </select>
      </label>
      <p className={`${css.says} ${css.whole}`} title={kind?.imitates}>
        {kind === undefined ? why : kind.imitates}
      </p>
      <div className={`${css.severity} ${css.whole}`}>
        <span>Severity</span>
        <input
          type="range"
          aria-label="Severity slider, 0 to 1"
          min={0}
          max={1}
          step={0.01}
          value={severity}
          onChange={(event) => setSeverity(event.target.valueAsNumber)}
        />
        <input
          type="number"
          aria-label="Severity, 0 to 1"
          min={0}
          max={1}
          step="any"
          value={severity}
          onChange={(event) => setSeverity(clean(event.target.valueAsNumber))}
        />
      </div>
      <label>
        Duration, s
        <input
          name="duration"
          type="number"
          min={5}
          max={120}
          step="any"
          defaultValue={10}
          required
        />
      </label>
      <label>
        Seed
        <input name="seed" inputMode="numeric" pattern="[0-9]*" placeholder="derived" />
      </label>
      <label>
        Symbol
        <input name="symbol" key={followed} defaultValue={followed} maxLength={8} />
      </label>
      {kind?.params.map((parameter) => (
        <label key={parameter.name} title={`${parameter.name}: ${parameter.doc}`}>
          {shortName(parameter)}
          <input
            name={parameter.name}
            aria-label={`${parameter.doc}, ${parameter.unit}`}
            type="number"
            min={parameter.min}
            max={parameter.max}
            placeholder={String(parameter.default)}
          />
        </label>
      ))}
      {stopped !== '' && (
        <p className={`${css.halted} ${css.whole}`} role="status">
          {followed} is {stopped}: no storm may start on it.
        </p>
      )}
      <label style={{ gridColumn: `span ${6 - 2 * ((kind?.params.length ?? 0) % 3)}` }}>
        Note
        <input name="note" maxLength={200} />
      </label>
      <FireButton
        kind={kind?.name ?? 'storm'}
        severity={severity}
        disabled={!isReachable || kind === undefined || action.pending}
      />
      {stopAll}
    </form>
  );
}

/** `recovery_half_life_ms` in ms → `Half life, ms`: the last words say what it is. */
function shortName({ name, unit }: Parameter): string {
  const words = name
    .replace(new RegExp(`_${unit}$`), '')
    .split('_')
    .slice(-2)
    .join(' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}, ${unit}`;
}

const clean = (value: number): number => (Number.isFinite(value) ? value : 0);

/** Only what a person filled in; the engine's defaults stay the engine's. */
function requestOf(fields: FormData, kind: Kind): object {
  const text = (name: string): string => String(fields.get(name) ?? '').trim();
  const params: Record<string, number> = {};
  for (const { name } of kind.params) if (text(name) !== '') params[name] = Number(text(name));
  return {
    duration_ms: Math.round(Number(text('duration')) * 1000),
    ...(text('seed') === '' ? {} : { seed: text('seed') }),
    ...(text('symbol') === '' ? {} : { symbol: text('symbol').toUpperCase() }),
    ...(text('note') === '' ? {} : { note: text('note') }),
    ...(Object.keys(params).length === 0 ? {} : { params }),
  };
}

function useDoubleEscape(act: () => void): void {
  useEffect(() => {
    let before = Number.NEGATIVE_INFINITY;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.repeat) return;
      if (event.timeStamp - before <= DOUBLE_MS) act();
      before = event.timeStamp;
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  });
}
