// In: the target's own state, passed through by the bridge. Out: its equity curve and figures, and
// honestly whether it answers.
import { useEffect, useRef } from 'react';
import { Equity } from '../model/equity.ts';
import { countText, moneyText } from '../model/format.ts';
import { Panel } from './panel.tsx';
import css from './target-panel.module.css';
import { usePoll } from './use-rest.ts';

interface BotState {
  online?: boolean;
  reason?: string;
  url?: string;
  bot?: string;
  name?: string;
  equity?: number;
  currency?: string;
  account_currency?: string;
  total_trades?: number;
  wins?: number;
  losses?: number;
  realized_pnl?: number;
  unrealized_pnl?: number;
}

const POLL_MS = 1000;

export function TargetPanel() {
  const { data, error } = usePoll<BotState>('/bot/state', POLL_MS);
  const isOnline = error === null && data !== null && data.online !== false;
  const equity = useRef(new Equity());
  useEffect(() => {
    if (data !== null || error !== null) {
      equity.current.push(Date.now(), isOnline ? numberOf(data?.equity) : null);
    }
  }, [data, error, isOnline]);
  const word = data === null && error === null ? 'asking' : isOnline ? 'online' : 'offline';
  return (
    <Panel
      title={`Target${nameOf(data)}`}
      aside={<span className={isOnline ? css.online : css.offline}>{word}</span>}
    >
      <div className={css.body}>
        <Curve equity={equity.current} />
        {isOnline && data !== null ? (
          <Figures state={data} change={equity.current.change} />
        ) : (
          <p className={css.says}>{error?.message ?? awayWords(data)}</p>
        )}
      </div>
    </Panel>
  );
}

function awayWords(state: BotState | null): string {
  if (state === null) return 'Asking the bridge for the target…';
  const where = state.url === undefined ? '' : ` at ${state.url}`;
  return `No target answers${where}${state.reason === undefined ? '' : ` (${state.reason})`}.`;
}

const numberOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;

const nameOf = (state: BotState | null): string => {
  const name = state?.bot ?? state?.name;
  return name === undefined ? '' : ` · ${name}`;
};

function Figures({ state, change }: { state: BotState; change: number }) {
  const currency = state.currency ?? state.account_currency ?? '';
  const money = (value: unknown): string => moneyText(numberOf(value) ?? Number.NaN, '');
  const count = (value: unknown): string => countText(numberOf(value) ?? Number.NaN);
  const rows: [string, string][] = [
    [`Equity ${currency}`, money(state.equity).replace('+', '')],
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

function Curve({ equity }: { equity: Equity }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const newest = equity.points.at(-1)?.at_ms;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new point is what asks for a new curve
  useEffect(() => {
    if (canvas.current !== null) drawCurve(canvas.current, equity);
  }, [equity, newest]);
  return (
    <canvas ref={canvas} className={css.curve} role="img" aria-label="Equity of the last minutes" />
  );
}

function drawCurve(canvas: HTMLCanvasElement, { points }: Equity): void {
  const ratio = devicePixelRatio;
  const width = Math.round(canvas.clientWidth * ratio);
  const height = Math.round(canvas.clientHeight * ratio);
  Object.assign(canvas, { width, height });
  const ctx = canvas.getContext('2d');
  const known = points.map((point) => point.equity).filter((value) => !Number.isNaN(value));
  if (ctx === null || known.length === 0) return;
  const low = Math.min(...known);
  const span = Math.max(...known) - low || 1;
  const style = getComputedStyle(canvas);
  ctx.strokeStyle = style.getPropertyValue('--mid');
  ctx.lineWidth = 1.25 * ratio;
  ctx.beginPath();
  let isDown = false;
  points.forEach((point, i) => {
    const x = (i / Math.max(1, points.length - 1)) * (width - 2) + 1;
    const y = height - 4 - ((point.equity - low) / span) * (height - 8);
    if (Number.isNaN(point.equity)) isDown = false;
    else if (isDown) ctx.lineTo(x, y);
    else ctx.moveTo(x, y);
    isDown = !Number.isNaN(point.equity);
  });
  ctx.stroke();
}
