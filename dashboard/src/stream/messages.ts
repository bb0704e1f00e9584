// What the page and its stream worker say to each other. Types only.
import type { Batch } from './frames.ts';
import type { LinkView } from './link.ts';

/** Page to worker. */
export interface Watch {
  type: 'watch';
  /** Origin of the bridge, http or https. */
  origin: string;
  /** Empty: the bridge chooses. */
  symbol: string;
  token: string;
}

/** Worker to page. `generation` counts the Watch requests: an older one is no longer ours. */
export type FromWorker =
  | { type: 'batch'; generation: number; connection: number; batch: Batch }
  | { type: 'link'; generation: number; link: LinkView };
