// The bar over everything: what runs, honestly named; whether it lives; when it is; how to steer it.
import { hashHex, SourceKind } from '@wavetank/abi';
import { useAccess, useDesk } from '../desk-context.ts';
import type { Desk } from '../model/desk.ts';
import { backWords, wordsOf } from '../model/phase-words.ts';
import { isPlayed } from '../model/played.ts';
import { CLASS_SAYS, className, kindWords, runClass, sourceKind } from '../model/source.ts';
import { THEMES, type Theme } from '../model/theme.ts';
import { clockText, ZONE } from '../model/venue-time.ts';
import { Live } from './live.tsx';
import { SymbolPicker } from './symbol-picker.tsx';
import css from './top-bar.module.css';
import { Transport } from './transport.tsx';

const clock = (desk: Desk): string => (desk.now_s > 0 ? clockText(desk.now_s, 1) : '--:--:--.-');

const digest = (desk: Desk): string =>
  desk.heartbeat === null ? '–' : hashHex(desk.heartbeat.run_digest);

const lastControl = ({ control }: Desk): string => {
  if (control === null) return '';
  const by = control.who === '' ? '' : `by ${control.who} `;
  return `${control.method} ${by}at ${clockText(control.at_s)}`;
};

export function TopBar() {
  const phase = useDesk((desk) => desk.link.phase);
  const { show } = useAccess();
  const isBack = useDesk((desk) => desk.sight.isBack);
  const isReplayed = useDesk(isPlayed);
  const { word, weight } = isBack ? backWords(phase) : wordsOf(phase);
  return (
    <header className={`${css.bar} ${weight === 'dead' ? css.old : ''}`}>
      <h1 className={css.brand}>Wavetank</h1>
      <span className={`${css.pill} ${css[weight]}`}>
        <i aria-hidden />
        {isReplayed && word === 'Live' ? 'Playing' : word}
      </span>
      <SymbolPicker />
      <span className={css.clock}>
        <Live read={clock} /> <small>{ZONE}</small>
      </span>
      <Source />
      <button type="button" className={css.open} onClick={() => show('source')}>
        Open…
      </button>
      <Live className={css.last} read={lastControl} title="The last control that took effect" />
      <div className={css.right}>
        <span className={css.wide}>
          run digest <Live className={css.digest} read={digest} />
        </span>
        <Transport />
        <ThemePicker />
        <button type="button" aria-label="Show all keys" onClick={() => show('keys')}>
          ?
        </button>
      </div>
    </header>
  );
}

function ThemePicker() {
  const { theme, setTheme } = useAccess();
  return (
    <select
      className={css.theme}
      aria-label="Theme"
      value={theme}
      onChange={(event) => setTheme(event.target.value as Theme)}
    >
      {THEMES.map((name) => (
        <option key={name} value={name}>
          {name.replace('-', ' ')}
        </option>
      ))}
    </select>
  );
}

function Source() {
  const kind = useDesk(sourceKind);
  const seed = useDesk((desk) => desk.header?.seed.toString() ?? '');
  const input = useDesk((desk) => desk.header?.input_digest ?? 0n);
  const run_class = useDesk(runClass);
  if (kind === null || run_class === null) return <span className={css.facts}>Source unknown</span>;
  return (
    <span className={css.facts}>
      <span title={input === 0n ? '' : `input digest ${hashHex(input)}`}>
        <b>{kindWords(kind)}</b>
        {kind === SourceKind.Synthetic && <> seed {seed}</>}
      </span>
      <span title={CLASS_SAYS[run_class]}>
        class <b>{className(run_class)}</b>
      </span>
    </span>
  );
}
