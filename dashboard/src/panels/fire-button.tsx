// In: how strong a storm is. Out: its form submitted: at once, or, from 0.8 on, after the button or
// its key was held. Letting go early does nothing.
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { HOLD_MS, Hold, needsHold } from '../model/hold.ts';
import css from './fire-button.module.css';

interface FireButtonProps {
  kind: string;
  severity: number;
  disabled: boolean;
}

export function FireButton({ kind, severity, disabled }: FireButtonProps) {
  const words = `${kind} at ${severity.toFixed(2)}`;
  if (needsHold(severity)) return <Held words={words} disabled={disabled} />;
  return (
    <button type="submit" className={css.fire} disabled={disabled} data-fire="">
      Fire {words}
    </button>
  );
}

function Held({ words, disabled }: { words: string; disabled: boolean }) {
  const button = useRef<HTMLButtonElement>(null);
  const hold = useRef(new Hold());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [isHeld, setIsHeld] = useState(false);

  const letGo = (): void => {
    clearTimeout(timer.current);
    hold.current.release();
    setIsHeld(false);
  };
  const press = (): void => {
    if (!hold.current.press(performance.now())) return;
    setIsHeld(true);
    timer.current = setTimeout(() => {
      // Timers may come a fraction of a millisecond early.
      if (hold.current.isDue(performance.now() + 1)) button.current?.form?.requestSubmit();
      letGo();
    }, HOLD_MS);
  };
  const onKey = (event: KeyboardEvent, act: () => void): void => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    act();
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <button
      ref={button}
      type="button"
      className={`${css.fire} ${css.strong} ${isHeld ? css.held : ''}`}
      style={{ '--hold': `${HOLD_MS}ms` } as React.CSSProperties}
      disabled={disabled}
      data-fire=""
      aria-description="Strong storms: hold the button, or Space or Enter, for 0.8 s"
      onPointerDown={(event) => {
        if (event.button === 0) press();
      }}
      onPointerUp={letGo}
      onPointerLeave={letGo}
      onPointerCancel={letGo}
      onContextMenu={(event) => event.preventDefault()}
      onKeyDown={(event) => onKey(event, press)}
      onKeyUp={(event) => onKey(event, letGo)}
      onBlur={letGo}
    >
      {isHeld ? 'Keep holding: ' : 'Hold to fire '}
      {words}
    </button>
  );
}
