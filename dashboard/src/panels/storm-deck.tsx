// In: the kinds the bridge offers and what a person sets. Out: storms previewed, started and stopped.
// What runs is shown from storm frames, never from what was asked.
import {
  type FormEvent,
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import { useDesk } from '../desk-context.ts';
import { canCommand } from '../model/phase-words.ts';
import { isPlayed, PLAYED_SAYS } from '../model/played.ts';
import { keyOf, type Started, type StormRequest, seedFor } from '../model/preview.ts';
import { type Kind, requestOf, shortName } from '../model/storm-form.ts';
import { stoppedWords } from '../model/trading.ts';
import { FireButton } from './fire-button.tsx';
import { Notice, Panel } from './panel.tsx';
import { RunningStorms } from './running-storms.tsx';
import css from './storm-deck.module.css';
import { StormPreview } from './storm-preview.tsx';
import { usePreview } from './use-preview.ts';
import { type Action, useAction, usePoll } from './use-rest.ts';

const KINDS_EVERY_MS = 30_000;
const DOUBLE_MS = 600;

export function StormDeck() {
  const kinds = usePoll<{ kinds: Kind[] }>('/storm/kinds', KINDS_EVERY_MS);
  const fire = useAction();
  const stop = useAction();
  const previewing = usePreview();
  const form = useRef<HTMLFormElement>(null);
  const [fired, setFired] = useState<Started | null>(null);
  const [current, setCurrent] = useState('');
  const isReplayed = useDesk(isPlayed);
  useDoubleEscape(() => {
    if (!isReplayed) void stop.run('/storm/stop');
  });
  const send = async (request: StormRequest): Promise<void> => {
    const seed = seedFor(previewing.shown, request);
    const body = seed === undefined ? request : { ...request, seed };
    const started = await fire.run<Started>('/storm/start', body);
    if (started === null) return;
    setFired(started);
    if (seed !== undefined) previewing.fired(started);
  };
  const open = useDesk((desk) => desk.storms.open.length);
  const says = [
    ...(open > 1 ? [`${open} under way`] : []),
    ...(fired === null ? [] : [`last: #${fired.id}, seed ${fired.seed}`]),
  ].join(' · ');
  return (
    <Panel title="Storms" aside={says}>
      <div className={css.deck}>
        {isReplayed && <p className={css.halted}>{PLAYED_SAYS}</p>}
        <fieldset className={css.fields} disabled={isReplayed}>
          <StormForm
            form={form}
            kinds={kinds.data?.kinds ?? []}
            why={kinds.error?.message ?? 'Asking the bridge for the kinds of storm…'}
            action={fire}
            send={(request) => void send(request)}
            preview={(request) => void previewing.ask(request)}
            changed={setCurrent}
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
        </fieldset>
        <Notice
          error={fire.error ?? stop.error}
          dismiss={fire.error ? fire.dismiss : stop.dismiss}
        />
        <RunningStorms stop={stop} />
        <StormPreview
          previewing={previewing}
          current={current}
          again={() => form.current?.querySelector<HTMLElement>('[data-preview]')?.click()}
        />
      </div>
    </Panel>
  );
}

interface FormProps {
  form: RefObject<HTMLFormElement | null>;
  kinds: Kind[];
  why: string;
  action: Action;
  send: (request: StormRequest) => void;
  preview: (request: StormRequest) => void;
  /** Told the key of what the form holds. */
  changed: (key: string) => void;
  stopAll: ReactNode;
}

function StormForm(props: FormProps) {
  const { form, kinds, why, action, send, preview, changed, stopAll } = props;
  const followed = useDesk((desk) => desk.symbol);
  const isReachable = useDesk((desk) => canCommand(desk.link.phase));
  const stopped = useDesk((desk) => stoppedWords(desk.tick?.trading_state ?? 0));
  const [name, setName] = useState('');
  const [severity, setSeverity] = useState(0.5);
  const kind = kinds.find((candidate) => candidate.name === name) ?? kinds[0];

  const read = useCallback(
    (): StormRequest | null =>
      form.current === null || kind === undefined
        ? null
        : requestOf(new FormData(form.current), kind, severity),
    [form, kind, severity],
  );
  const tell = useCallback((): void => {
    const request = read();
    if (request !== null) changed(keyOf(request));
  }, [read, changed]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the symbol followed is a field's default
  useEffect(tell, [tell, followed]);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const request = read();
    if (request !== null) send(request);
  };
  const ask = (): void => {
    const request = form.current?.reportValidity() === true ? read() : null;
    if (request !== null) preview(request);
  };
  return (
    <form ref={form} className={css.form} onSubmit={submit} onInput={tell}>
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
      <button
        type="button"
        className={css.whole}
        disabled={!isReachable || kind === undefined}
        aria-keyshortcuts="p"
        data-preview=""
        onClick={ask}
      >
        Preview what it would do <kbd>p</kbd>
      </button>
      <FireButton
        kind={kind?.name ?? 'storm'}
        severity={severity}
        disabled={!isReachable || kind === undefined || action.pending}
      />
      {stopAll}
    </form>
  );
}

const clean = (value: number): number => (Number.isFinite(value) ? value : 0);

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
