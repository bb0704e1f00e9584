// In: a storm as a person set it. Out: its preview and the way it came: asked, cancelled, refused. The
// last one stays in sight, dated, while the next is computed.
import { useCallback, useRef, useState } from 'react';
import { useAccess } from '../desk-context.ts';
import type { Desk } from '../model/desk.ts';
import {
  keyOf,
  type Preview,
  type Shown,
  type Started,
  type StormRequest,
} from '../model/preview.ts';
import { post, RestError } from '../stream/rest.ts';

/** The engine gives a preview up before. */
const MOST_MS = 25_000;

export type PreviewPhase = 'idle' | 'asking' | 'cancelled' | 'refused';

export interface Previewing {
  phase: PreviewPhase;
  error: RestError | null;
  shown: Shown | null;
  ask: (request: StormRequest) => Promise<void>;
  cancel: () => void;
  /** The storm that was previewed has been fired. */
  fired: (started: Started) => void;
  /** Takes the refusal out of sight. */
  dismiss: () => void;
  close: () => void;
}

/** Storms under way, as far as they change what a storm would meet. */
export const stormsUnderWay = ({ storms }: Desk): string =>
  storms.open.map(({ id, phase }) => `${id}:${phase}`).join(' ');

export function usePreview(): Previewing {
  const { desk } = useAccess();
  const [phase, setPhase] = useState<PreviewPhase>('idle');
  const [error, setError] = useState<RestError | null>(null);
  const [shown, setShown] = useState<Shown | null>(null);
  const asking = useRef<AbortController | null>(null);

  const ask = useCallback(
    async (request: StormRequest): Promise<void> => {
      asking.current?.abort();
      const mine = new AbortController();
      asking.current = mine;
      setPhase('asking');
      setError(null);
      try {
        const preview = await post<Preview>('/storm/preview', request, MOST_MS, mine.signal);
        setShown({ preview, key: keyOf(request), storms: stormsUnderWay(desk), fired: null });
        setPhase('idle');
      } catch (cause) {
        // Whoever asked anew, or cancelled, has said what is shown now.
        if (mine.signal.aborted) return;
        setError(
          cause instanceof RestError ? cause : new RestError(0, 'UNREADABLE', String(cause)),
        );
        setPhase('refused');
      }
    },
    [desk],
  );
  const cancel = useCallback((): void => {
    asking.current?.abort();
    setPhase('cancelled');
  }, []);
  const fired = useCallback((started: Started): void => {
    setShown((before) => (before === null ? null : { ...before, fired: started }));
  }, []);
  const dismiss = useCallback((): void => {
    setPhase('idle');
    setError(null);
  }, []);
  const close = useCallback((): void => {
    asking.current?.abort();
    dismiss();
    setShown(null);
  }, [dismiss]);
  return { phase, error, shown, ask, cancel, fired, dismiss, close };
}
