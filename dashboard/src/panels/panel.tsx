// The frame of a panel: a title, a word on its state, its content. And the notice an error becomes.
import type { ReactNode } from 'react';
import type { Facts as Read } from '../model/facts.ts';
import type { RestError } from '../stream/rest.ts';
import { Facts } from './facts.tsx';
import css from './panel.module.css';

interface PanelProps {
  title: string;
  aside?: ReactNode;
  /** What it is drawn from. */
  facts?: Read;
  className?: string | undefined;
  children: ReactNode;
}

export function Panel({ title, aside, facts, className, children }: PanelProps) {
  return (
    <section className={`${css.panel} ${className ?? ''}`} aria-label={title}>
      <header className={css.head}>
        <h2>{title}</h2>
        <span className={css.aside}>{aside}</span>
        {facts !== undefined && <Facts read={facts} />}
      </header>
      <div className={css.body}>{children}</div>
    </section>
  );
}

/** An error of the bridge in its own words, beside the control that met it. */
export function Notice({ error, dismiss }: { error: RestError | null; dismiss: () => void }) {
  return (
    <div role="alert">
      {error !== null && (
        <p className={css.notice}>
          <span>
            {error.message} <span className={css.quiet}>({error.code})</span>
          </span>
          <button type="button" onClick={dismiss} aria-label="Dismiss this message">
            ✕
          </button>
        </p>
      )}
    </div>
  );
}
