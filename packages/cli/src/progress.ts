// In: how far a long walk is. Out: a bar on stderr when a person watches, nothing otherwise.
import { Presets, SingleBar } from 'cli-progress';

export interface Progress {
  update(at: number): void;
  stop(): void;
}

export const megabytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MiB`;

/** A bar over bytes; `total` 0 means the length is not known. */
export function byteProgress(total: number, shown: boolean): Progress {
  return progress(total, shown, megabytes);
}

/** A bar over messages. */
export function messageProgress(total: number, shown: boolean): Progress {
  return progress(total, shown, (n) => `${(n / 1_000_000).toFixed(1)} M messages`);
}

/** A bar over virtual time, ms. */
export function msProgress(total: number, shown: boolean): Progress {
  return progress(total, shown, (ms) => `${(ms / 1000).toFixed(0)} s`);
}

function progress(total: number, shown: boolean, show: (at: number) => string): Progress {
  if (!shown || !process.stderr.isTTY || total === 0) return { update: () => {}, stop: () => {} };
  const format = '{bar} {percentage}% | {done} of {all} | {eta_formatted} left';
  const bar = new SingleBar({ format, stream: process.stderr, hideCursor: true }, Presets.rect);
  bar.start(total, 0, { done: show(0), all: show(total) });
  return {
    update: (at) => bar.update(at, { done: show(at) }),
    stop: () => bar.stop(),
  };
}
