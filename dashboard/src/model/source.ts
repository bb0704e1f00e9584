// In: what header and heartbeat say. Out: the source in words that cannot pass for more than it is.
import { enumName, hashHex, RunClass, SourceKind } from '@wavetank/abi';
import type { Desk } from './desk.ts';

const KINDS: Record<number, string> = {
  [SourceKind.None]: 'No source',
  [SourceKind.Itch]: 'ITCH file',
  [SourceKind.Synthetic]: 'Synthetic market',
  [SourceKind.Run]: 'Recorded run',
};

/** Null before anything was heard. */
export const sourceKind = ({ heartbeat, header }: Desk): number | null =>
  heartbeat?.source_kind ?? header?.source_kind ?? null;

export const kindWords = (kind: number): string => KINDS[kind] ?? 'Unknown source';

/** Null before anything was heard. */
export const runClass = ({ heartbeat, header }: Desk): number | null =>
  heartbeat?.run_class ?? header?.run_class ?? null;

export const className = (run_class: number | null): string =>
  run_class === null ? '–' : (enumName(RunClass, run_class) ?? '?');

export const CLASS_SAYS: Record<number, string> = {
  [RunClass.D0]: 'No live target: everything repeats bit for bit.',
  [RunClass.D1]: 'Source and storms repeat; the target keeps its own time.',
  [RunClass.D2]: 'Replay of a recorded log.',
};

/** `Synthetic market, seed 42`; `ITCH file, digest 4aa8…`. */
export function sourceWords(desk: Desk): string {
  const kind = sourceKind(desk);
  if (kind === null || desk.header === null) return 'Source unknown';
  const { seed, input_digest } = desk.header;
  if (kind === SourceKind.Synthetic) return `${kindWords(kind)}, seed ${seed}`;
  return input_digest === 0n
    ? kindWords(kind)
    : `${kindWords(kind)}, digest ${hashHex(input_digest)}`;
}
