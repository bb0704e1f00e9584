// Out: the peers of `pnpm bench:peers`, at the versions that its sources are written for.

export interface Peer {
  name: string;
  version: string;
  registry: 'cargo' | 'PyPI';
  /** What it makes of a message or keeps of a market, without which its figure says nothing. */
  keeps: string;
}

export const PEERS: readonly Peer[] = [
  {
    name: 'itch5',
    version: '0.1.5',
    registry: 'cargo',
    keeps:
      'decoder; views of the bytes, of which only the fields asked for are read; no events, no book',
  },
  {
    name: 'itchy',
    version: '0.3.4',
    registry: 'cargo',
    keeps:
      'decoder; an owned record a message with every field, enums and symbols checked; no book',
  },
  {
    name: 'itch-book',
    version: '0.2.1',
    registry: 'PyPI',
    keeps:
      'L3 book of all symbols in C++, full depth, FIFO queues (Python does not see them), replaces; ' +
      'no market digest; measured by its wheel, books alone without tables',
  },
];

export const OURS =
  'decoder: canonical events of 40 bytes; book: L3 of all symbols, full depth, FIFO queues, ' +
  'replaces, every event judged by the rules; here without its market digest';
