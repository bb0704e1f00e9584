// In: the preview of a storm. Out: a card beside the storm deck: what would happen, for which instant it
// was computed, and whether it still holds. It covers the tape, never the ladder or the fire button.
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { readPalette } from '../charts/palette.ts';
import { drawPreview, momentAt } from '../charts/preview-plot.ts';
import { useAccess, useDesk } from '../desk-context.ts';
import {
  cutWords,
  factsOf,
  isMoved,
  type Preview,
  rowAt,
  rowWords,
  type Shown,
  stallWords,
  standingOf,
  summary,
} from '../model/preview.ts';
import { clockText, ZONE } from '../model/venue-time.ts';
import { Notice } from './panel.tsx';
import css from './storm-preview.module.css';
import { type Previewing, stormsUnderWay } from './use-preview.ts';

interface StormPreviewProps {
  previewing: Previewing;
  /** Of what the form holds now. */
  current: string;
  /** Asks for what the form holds now. */
  again: () => void;
}

export function StormPreview({ previewing, current, again }: StormPreviewProps) {
  const { phase, error, shown, cancel, dismiss, close } = previewing;
  const said = useSaid(previewing);
  const isOpen = phase !== 'idle' || shown !== null;
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    close();
    document.querySelector<HTMLElement>('[data-preview]')?.focus();
  };
  return (
    <>
      <p className="visually-hidden" role="status">
        {said}
      </p>
      {isOpen && (
        <section className={css.card} aria-label="Preview" onKeyDown={onKey}>
          <header className={css.head}>
            <h3>Preview</h3>
            {shown !== null && <span className={css.what}>{titleOf(shown.preview)}</span>}
            <button type="button" aria-label="Close the preview" onClick={close}>
              ✕
            </button>
          </header>
          {phase === 'asking' && (
            <p className={css.bar}>
              <span className={css.busy}>Looking ahead…</span>
              <button type="button" onClick={cancel}>
                Cancel
              </button>
            </p>
          )}
          {phase === 'cancelled' && (
            <p className={css.bar}>
              <span>Cancelled: nothing was computed.</span>
              <button type="button" onClick={again}>
                Preview again
              </button>
            </p>
          )}
          <Notice error={error} dismiss={dismiss} />
          {shown !== null && (
            <Foreseen shown={shown} current={current} again={again} isBusy={phase !== 'idle'} />
          )}
        </section>
      )}
    </>
  );
}

const titleOf = ({ kind, severity, duration_ms, symbol }: Preview): string =>
  `${kind} ${severity.toFixed(2)} · ${duration_ms / 1000} s · ${symbol}`;

/** What a live region says when something new is to be heard. */
function useSaid({ phase, shown }: Previewing): string {
  if (phase === 'asking') return 'Looking ahead';
  if (phase === 'cancelled') return 'The preview was cancelled';
  if (phase === 'refused' || shown === null) return '';
  return `Preview of ${titleOf(shown.preview)}: ${summary(shown.preview)}`;
}

interface ForeseenProps {
  shown: Shown;
  current: string;
  again: () => void;
  /** Another one is asked for, or this one is not the answer to what was asked last. */
  isBusy: boolean;
}

function Foreseen({ shown, current, again, isBusy }: ForeseenProps) {
  const { preview } = shown;
  const epoch = useDesk((desk) => desk.header?.epoch ?? 0);
  const storms = useDesk(stormsUnderWay);
  const moved = useDesk((desk) => isMoved(desk.now_s, preview));
  const standing = standingOf(shown, { key: current, storms, epoch, isMoved: moved });
  const isDated = standing.isDated || isBusy;
  const [cut, stalls] = [cutWords(preview), stallWords(preview)];
  const { failure } = preview.facts;
  return (
    <div className={isDated ? css.dated : ''}>
      {!isBusy && (
        <p className={css.bar}>
          <span role="status" className={standing.isDated ? css.warn : css.good}>
            {standing.words}
          </span>
          {standing.isDated && (
            <button type="button" onClick={again}>
              Preview again
            </button>
          )}
        </p>
      )}
      <Plot preview={preview} isFollowed={shown.fired !== null && !isDated} />
      <dl className={css.facts}>
        {factsOf(preview).map(({ name, value, more }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
            <dd className={css.more} title={more}>
              {more}
            </dd>
          </div>
        ))}
      </dl>
      {stalls !== '' && <p className={css.foot}>{stalls}</p>}
      {failure !== null && <p className={css.warn}>Its code is stopped: {failure}</p>}
      {cut !== '' && <p className={css.warn}>{cut}</p>}
      <p className={css.foot} title={`seed ${preview.seed}`}>
        For {clockText(preview.at_ms / 1000, 3)} {ZONE} · seed {preview.seed}
        {shown.fired === null && shown.key === current && ', kept for Fire'}
      </p>
    </div>
  );
}

interface PlotProps {
  preview: Preview;
  /** It is what happens: the hand of virtual time goes over it. */
  isFollowed: boolean;
}

function Plot({ preview, isFollowed }: PlotProps) {
  const { theme } = useAccess();
  const now_ms = useDesk((desk) => (isFollowed ? desk.now_s * 1000 - preview.at_ms : null));
  const canvas = useRef<HTMLCanvasElement>(null);
  const [row, setRow] = useState<number | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: canvases read the theme's colours once
  useEffect(() => {
    const element = canvas.current;
    const ctx = element?.getContext('2d') ?? null;
    if (element === null || ctx === null) return;
    const palette = readPalette();
    const draw = (): void => {
      const { clientWidth, clientHeight } = element;
      element.width = Math.round(clientWidth * devicePixelRatio);
      element.height = Math.round(clientHeight * devicePixelRatio);
      drawPreview(ctx, { preview, palette, row, now_ms });
    };
    const resized = new ResizeObserver(draw);
    resized.observe(element);
    draw();
    return () => resized.disconnect();
  }, [preview, row, now_ms, theme]);
  const last = preview.points.after_ms.length - 1;
  const onKey = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -1, ArrowRight: 1, PageUp: 10, PageDown: -10 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    setRow((before) => Math.min(last, Math.max(0, (before ?? 0) + step)));
  };
  return (
    <>
      <canvas
        ref={canvas}
        className={css.plot}
        role="slider"
        tabIndex={0}
        aria-label="Moment of the preview: mid with and without the storm"
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={row ?? 0}
        aria-valuetext={rowWords(preview, row ?? 0)}
        onPointerMove={(event) => {
          const moment_ms = momentAt(event.currentTarget, event.clientX, preview);
          setRow(rowAt(preview.points, moment_ms));
        }}
        onPointerLeave={() => setRow(null)}
        onKeyDown={onKey}
        onBlur={() => setRow(null)}
      />
      <p className={css.legend}>
        {row === null ? (
          <>
            <span className={css.mid}>mid</span>
            <span className={css.twin}>without the storm</span>
            {preview.facts.flags.length > 0 && <span className={css.flag}>▲ flag</span>}
            <span className={css.unit}>$ over seconds from firing</span>
          </>
        ) : (
          rowWords(preview, row)
        )}
      </p>
    </>
  );
}
