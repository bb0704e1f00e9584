import { TransportState } from '@wavetank/abi';
import { describe, expect, it } from 'vitest';
import { backoffMs, Link, type LinkPhase } from './link.ts';

/** A link that is open and has just heard a heartbeat and a tick at t = 0. */
function playing(): Link {
  const link = new Link(0);
  link.opened(0);
  link.heartbeat(0, TransportState.Playing);
  link.tick(0);
  return link;
}

describe('link phases', () => {
  const table: [string, (link: Link) => void, number, LinkPhase][] = [
    ['a fresh heartbeat is live', () => undefined, 800, 'live'],
    ['four heartbeats missed are stale', () => undefined, 801, 'stale'],
    ['stale with a dead engine says so', (l) => l.probe('engine_down'), 1001, 'engine_down'],
    [
      'a death that the bridge tells needs no silence',
      (l) => l.probe('engine_down'),
      1,
      'engine_down',
    ],
    ['a paused source', (l) => l.heartbeat(500, TransportState.Paused), 900, 'paused'],
    ['an ended source', (l) => l.heartbeat(500, TransportState.Ended), 900, 'ended'],
    ['a stalled engine', (l) => l.heartbeat(500, TransportState.Stalled), 900, 'stalled'],
    ['nothing open', (l) => l.heartbeat(500, TransportState.Idle), 900, 'idle'],
    ['heartbeats without ticks', (l) => l.heartbeat(1500, TransportState.Playing), 1600, 'silent'],
    ['a closed socket', (l) => l.closed(10, 'closed', 1), 20, 'offline'],
    ['an unknown transport is never live', (l) => l.heartbeat(500, 99), 600, 'stale'],
    [
      'a symbol that the source has not',
      (l) => {
        l.closed(10, 'refused', 1);
        l.probe('no_symbol');
      },
      20,
      'no_symbol',
    ],
    ['another format', (l) => l.refuse('wire version 2'), 10, 'incompatible'],
  ];
  for (const [name, act, now, phase] of table) {
    it(name, () => {
      const link = playing();
      act(link);
      expect(link.phase(now)).toBe(phase);
    });
  }

  it('an open socket that never hears a heartbeat goes stale, not live', () => {
    const link = new Link(0);
    expect(link.phase(0)).toBe('connecting');
    link.opened(100);
    expect(link.phase(800)).toBe('connecting');
    expect(link.phase(1101)).toBe('stale');
  });

  it('gives ticks a second after the source starts to play', () => {
    const link = playing();
    link.heartbeat(100, TransportState.Paused);
    for (let now = 300; now <= 5000; now += 200) link.heartbeat(now, TransportState.Paused);
    link.heartbeat(5100, TransportState.Playing);
    expect(link.phase(5200)).toBe('live');
    link.heartbeat(6200, TransportState.Playing);
    expect(link.phase(6200)).toBe('silent');
  });

  it('comes back: the count of attempts starts anew after a heartbeat', () => {
    const link = playing();
    expect(link.closed(0, '', 1)).toBe(250);
    expect(link.closed(0, '', 1)).toBe(500);
    link.opened(800);
    link.heartbeat(810, TransportState.Playing);
    link.tick(815);
    expect(link.phase(820)).toBe('live');
    expect(link.closed(900, '', 1)).toBe(250);
    expect(link.view(900).retry_in_ms).toBe(250);
  });
});

it('back-off doubles to a cap and keeps half of it without jitter', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 60].map((n) => backoffMs(n, 1))).toEqual([
    250, 500, 1000, 2000, 4000, 8000, 8000, 8000,
  ]);
  expect(backoffMs(3, 0)).toBe(500);
});
