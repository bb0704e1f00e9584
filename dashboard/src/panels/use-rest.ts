// In: a route. Out: its newest answer, polled modestly; or an action with its pending and error state.
// Polling rests while the page is hidden and never overlaps itself.
import { useCallback, useEffect, useRef, useState } from 'react';
import { get, post, RestError } from '../stream/rest.ts';

export interface Polled<T> {
  data: T | null;
  error: RestError | null;
  refresh: () => void;
}

export function usePoll<T>(path: string, every_ms: number): Polled<T> {
  const [data, setData] = useState<T | null>(null);
  const [error, setError] = useState<RestError | null>(null);
  const ask = useRef<() => void>(() => undefined);
  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let busy = false;
    const poll = async (): Promise<void> => {
      if (busy) return;
      busy = true;
      clearTimeout(timer);
      try {
        if (!document.hidden) {
          setData(await get<T>(path, stop.signal));
          setError(null);
        }
      } catch (cause) {
        if (!stop.signal.aborted) setError(asRestError(cause));
      }
      busy = false;
      if (!stop.signal.aborted) timer = setTimeout(poll, every_ms);
    };
    ask.current = () => void poll();
    void poll();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [path, every_ms]);
  const refresh = useCallback(() => ask.current(), []);
  return { data, error, refresh };
}

export interface Action {
  pending: boolean;
  error: RestError | null;
  dismiss: () => void;
  /** Resolves to the answer, or to null when it was refused (the error says why). */
  run: <T>(path: string, body?: object, most_ms?: number) => Promise<T | null>;
}

export function useAction(): Action {
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<RestError | null>(null);
  const run = useCallback(
    async <T>(path: string, body = {}, most_ms?: number): Promise<T | null> => {
      setPending(true);
      try {
        const answer = await post<T>(path, body, most_ms);
        setError(null);
        return answer;
      } catch (cause) {
        setError(asRestError(cause));
        return null;
      } finally {
        setPending(false);
      }
    },
    [],
  );
  const dismiss = useCallback(() => setError(null), []);
  return { pending, error, dismiss, run };
}

const asRestError = (cause: unknown): RestError =>
  cause instanceof RestError ? cause : new RestError(0, 'UNREADABLE', String(cause));
