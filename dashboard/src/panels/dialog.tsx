// In: whether it is open, its name, its content. Out: a modal dialog of the browser: it keeps the focus
// inside, closes on Escape and gives the focus back. Its content lives only while it is open.
import { type ReactNode, useEffect, useRef } from 'react';
import css from './dialog.module.css';

interface DialogProps {
  isOpen: boolean;
  close: () => void;
  title: string;
  /** As wide as text is read, as its content is, or as the screen allows. */
  size?: 'text' | 'fit' | 'wide';
  children: ReactNode;
}

export function Dialog({ isOpen, close, title, size = 'text', children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it; the click is for the backdrop
    <dialog
      ref={dialog}
      className={`${css.dialog} ${css[size] ?? ''}`}
      aria-label={title}
      onClose={close}
      onClick={(event) => {
        if (event.target === dialog.current) close();
      }}
    >
      {isOpen && (
        <div className={css.content}>
          <h2>{title}</h2>
          {children}
          <button
            type="button"
            className={css.close}
            onClick={close}
            aria-label={`Close: ${title}`}
          >
            ✕
          </button>
        </div>
      )}
    </dialog>
  );
}
