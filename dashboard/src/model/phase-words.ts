// In: the state of the link. Out: the words and the weight with which the desk says it.
import type { LinkPhase, LinkView } from '../stream/link.ts';

/** How loud a phase is: only `alive` may look alive. */
export type Weight = 'alive' | 'held' | 'waiting' | 'warning' | 'dead';

export interface PhaseWords {
  word: string;
  weight: Weight;
  says: string;
}

const WORDS: Record<LinkPhase, PhaseWords> = {
  live: { word: 'Live', weight: 'alive', says: '' },
  paused: {
    word: 'Paused',
    weight: 'held',
    says: 'Virtual time stands still. Press play to go on.',
  },
  ended: { word: 'Ended', weight: 'held', says: 'The source is read to its end. The books stay.' },
  idle: { word: 'No source', weight: 'held', says: 'Nothing is open.' },
  opening: { word: 'Opening', weight: 'waiting', says: 'The source is being opened.' },
  connecting: { word: 'Connecting', weight: 'waiting', says: 'Waiting for the first heartbeat.' },
  stalled: {
    word: 'Stalled',
    weight: 'warning',
    says: 'Virtual time is held: a lossless consumer is behind.',
  },
  silent: {
    word: 'No ticks',
    weight: 'warning',
    says: 'The engine plays, but no tick of this symbol arrives.',
  },
  stale: { word: 'Stale', weight: 'dead', says: 'No heartbeat. What you see is old.' },
  engine_down: {
    word: 'Engine down',
    weight: 'dead',
    says: 'The bridge answers, its engine does not. What you see is old.',
  },
  offline: { word: 'Disconnected', weight: 'dead', says: 'There is no stream.' },
  no_symbol: {
    word: 'No symbol',
    weight: 'dead',
    says: 'The open source has no such symbol. Choose another one.',
  },
  incompatible: {
    word: 'Wrong format',
    weight: 'dead',
    says: 'This page and the engine do not speak the same format.',
  },
};

export const wordsOf = (phase: LinkPhase): PhaseWords => WORDS[phase];

/** While the charts show the past nothing says Live; a fault is still said first. */
export function backWords(phase: LinkPhase): PhaseWords {
  const words = WORDS[phase];
  return words.weight === 'alive' || words.weight === 'held'
    ? { word: 'Looking back', weight: 'warning', says: '' }
    : words;
}

/** True while commands to the engine can be answered. */
export const canCommand = (phase: LinkPhase): boolean =>
  WORDS[phase].weight !== 'dead' && phase !== 'connecting';

/** The sentence with its numbers: how old, when the next attempt. */
export function sentence(link: LinkView): string {
  const parts = [WORDS[link.phase].says];
  if (link.detail !== '') parts.push(`${link.detail[0]?.toUpperCase()}${link.detail.slice(1)}.`);
  const age = link.heartbeat_age_ms;
  const isOld = link.phase === 'stale' || link.phase === 'engine_down';
  if (isOld && age !== null)
    parts.push(`Last heartbeat ${(age / 1000).toFixed(1)}\u00a0s\u00a0ago.`);
  if (link.retry_in_ms !== null) {
    parts.push(`Attempt ${link.attempt + 1} in ${Math.ceil(link.retry_in_ms / 1000)} s.`);
  }
  return parts.filter((part) => part !== '').join(' ');
}
