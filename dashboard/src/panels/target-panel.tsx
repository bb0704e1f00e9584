// In: the targets as the bridge polls them. Out: one of them with its equity curve, figures and service
// levels, honestly whether it answers; the others as names to choose from.
import { useEffect, useRef, useState } from 'react';
import { useAccess } from '../desk-context.ts';
import { Equity } from '../model/equity.ts';
import { countText, moneyText } from '../model/format.ts';
import { brokenWords, levelWords, type Target, type TargetState } from '../model/targets.ts';
import { EquityCurve } from './equity-curve.tsx';
import { Panel } from './panel.tsx';
import css from './target-panel.module.css';
import { usePoll } from './use-rest.ts';

const POLL_MS = 1000;

export function TargetPanel() {
  const { data, error } = usePoll<{ targets: Target[] }>('/bot/list', POLL_MS);
  const [chosen, choose] = useState('');
  const targets = data?.targets ?? [];
  const curves = useCurves(targets, error !== null);
  const target = targets.find(({ name }) => name === chosen) ?? targets[0];
  const isOnline = error === null && target?.online === true;
  const word = target === undefined || target.online === null ? 'asking' : 'offline';
  return (
    <Panel
      title={target === undefined ? 'Target' : `Target · ${nameOf(target)}`}
      aside={
        <>
          {target?.latency_class}{' '}
          <span className={isOnline ? css.online : css.offline}>{isOnline ? 'online' : word}</span>
        </>
      }
    >
      <div className={css.body}>
        {targets.length > 1 && <Names targets={targets} shown={target} choose={choose} />}
        {target !== undefined && <EquityCurve equity={curveOf(curves, target)} />}
        {isOnline && target.state !== null ? (
          <Figures state={target.state} change={curveOf(curves, target).change} />
        ) : (
          <p className={css.says}>{error?.message ?? awayWords(target)}</p>
        )}
        {target !== undefined && <Levels target={target} />}
      </div>
    </Panel>
  );
}

/** The bot's own name, where its address is all that was given. */
const nameOf = ({ name, state }: Target): string => state?.bot ?? name;

function awayWords(target: Target | undefined): string {
  if (target === undefined) return 'Asking the bridge for the target…';
  const why = target.reason === null ? '' : ` (${target.reason})`;
  return `No target answers at ${target.url}${why}.`;
}

/** One curve a target, kept as long as the page. */
function useCurves(targets: Target[], isUnknown: boolean): Map<string, Equity> {
  const curves = useRef(new Map<string, Equity>());
  useEffect(() => {
    for (const target of targets) {
      const equity = isUnknown || !target.online ? null : (target.state?.equity ?? null);
      curveOf(curves.current, target).push(Date.now(), equity);
    }
  }, [targets, isUnknown]);
  return curves.current;
}

function curveOf(curves: Map<string, Equity>, { name }: Target): Equity {
  const known = curves.get(name) ?? new Equity();
  curves.set(name, known);
  return known;
}

interface NamesProps {
  targets: Target[];
  shown: Target | undefined;
  choose: (name: string) => void;
}

function Names({ targets, shown, choose }: NamesProps) {
  return (
    <div className={css.names}>
      {targets.map((target) => (
        <button
          key={target.name}
          type="button"
          aria-pressed={target === shown}
          title={target.name}
          onClick={() => choose(target.name)}
        >
          {target.online === false && '✗ '}
          {target.name}
        </button>
      ))}
    </div>
  );
}

function Levels({ target }: { target: Target }) {
  const { show } = useAccess();
  const words = levelWords(target);
  return (
    <p className={css.levels}>
      <span className={words.startsWith('✗') ? css.offline : ''} title={brokenWords(target)}>
        {words}
      </span>
      <button type="button" onClick={() => show('targets')}>
        Levels…
      </button>
    </p>
  );
}

function Figures({ state, change }: { state: TargetState; change: number }) {
  const money = (value: number | null): string => moneyText(value ?? Number.NaN, '');
  const count = (value: number | null): string => countText(value ?? Number.NaN);
  const rows: [string, string][] = [
    [`Equity ${state.currency ?? ''}`, money(state.equity).replace('+', '')],
    ['In sight', moneyText(change, '')],
    ['Realised', money(state.realized_pnl)],
    ['Unrealised', money(state.unrealized_pnl)],
    ['Trades', count(state.total_trades)],
    ['Won · lost', `${count(state.wins)} · ${count(state.losses)}`],
  ];
  return (
    <dl>
      {rows.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
