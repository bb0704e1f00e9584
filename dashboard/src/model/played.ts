// What the desk knows of a recorded run that is played. Types, and whether one is.
import { SourceKind } from '@wavetank/abi';
import type { Desk } from './desk.ts';

/** As `/replay/status` has it under `run`; times are virtual. */
export interface PlayedRun {
  run_id: string;
  symbols: string[];
  from_ms: number;
  to_ms: number;
  /** Null before its end. */
  outcome: { same: boolean; difference: Difference | null } | null;
}

interface Difference {
  what: string;
  expected: string;
  found: string;
}

export const isPlayed = ({ heartbeat, header }: Desk): boolean =>
  (heartbeat ?? header)?.source_kind === SourceKind.Run;

/** Why a person cannot act on the market. */
export const PLAYED_SAYS = 'A recorded run is played: open a source to act on the market.';

/** `Ended as recorded`, or what is another than in the record. */
export function outcomeWords({ outcome }: PlayedRun): string {
  if (outcome === null) return '';
  const { difference } = outcome;
  if (difference === null) return 'ended as recorded: every digest is the same';
  return `differs from the record: ${difference.what}: recorded ${difference.expected}, played ${difference.found}`;
}
