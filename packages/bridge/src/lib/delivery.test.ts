// Write first, then show: frames wait for the disk in order, and for nothing else.
import { FRAME_PREFIX_SIZE, FrameKind } from '@wavetank/abi';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Delivery } from './delivery.ts';
import { Frame } from './frame.ts';

function frame(kind: number, seq: number, bytes = FRAME_PREFIX_SIZE): Frame {
  const view = new DataView(new ArrayBuffer(bytes));
  view.setUint16(0, kind, true);
  view.setUint32(8, seq, true);
  return new Frame(view);
}

/** A disk whose commits end when the test says so. */
class Disk {
  observed = 0;
  durableUpTo = 0;
  commits: (() => void)[] = [];

  observe(one: Frame): void {
    if (one.kind === FrameKind.Storm) this.observed = one.seq;
  }
  get idle(): boolean {
    return this.durableUpTo === this.observed;
  }
  durable(): Promise<void> {
    const upTo = this.observed;
    return new Promise((resolve) => {
      this.commits.push(() => {
        this.durableUpTo = Math.max(this.durableUpTo, upTo);
        resolve();
      });
    });
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('Delivery', () => {
  it('passes frames at once while nothing waits for the disk', () => {
    const shown: number[] = [];
    const delivery = new Delivery(
      new Disk(),
      (one) => shown.push(one.seq),
      () => {},
    );
    for (let seq = 1; seq <= 3; seq++) delivery.push(frame(FrameKind.Tick, seq));
    expect(shown).toEqual([1, 2, 3]);
  });

  it('passes on a slice in a turn, whatever a commit let go', async () => {
    let now = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => now);
    onTestFinished(() => clock.mockRestore());
    const disk = new Disk();
    let shown = 0;
    const show = (): void => {
      shown++;
      now++;
    };
    const delivery = new Delivery(disk, show, () => {});
    disk.observed = 1;
    for (let seq = 1; seq <= 20; seq++) delivery.push(frame(FrameKind.Tick, seq));
    const after: number[] = [];
    for (let i = 0; i < 4; i++) {
      for (const commit of disk.commits.splice(0)) commit();
      await turn();
      after.push(shown);
    }
    expect(after).toEqual([1, 10, 19, 20]);
  });

  it('never shows a frame before what it shows is on disk, and keeps the order', async () => {
    const kinds = fc.array(fc.constantFrom(FrameKind.Tick, FrameKind.Storm), { maxLength: 40 });
    const model = fc.asyncProperty(kinds, fc.infiniteStream(fc.boolean()), async (list, coin) => {
      const disk = new Disk();
      const shown: number[] = [];
      const delivery = new Delivery(
        disk,
        (one) => {
          if (one.kind === FrameKind.Storm)
            expect(disk.durableUpTo).toBeGreaterThanOrEqual(one.seq);
          shown.push(one.seq);
        },
        () => {},
      );
      let seq = 0;
      for (const kind of list) {
        delivery.push(frame(kind, ++seq));
        if (coin.next().value) disk.commits.shift()?.();
        await turn();
      }
      while (disk.commits.length > 0) {
        disk.commits.shift()?.();
        await turn();
      }
      expect(shown).toEqual(list.map((_, i) => i + 1));
      expect(delivery.waiting).toBe(0);
    });
    await fc.assert(model, { numRuns: 100 });
  });

  it('holds the engine when too much waits, and lets go', async () => {
    const disk = new Disk();
    const held: boolean[] = [];
    const delivery = new Delivery(
      disk,
      () => {},
      (state) => held.push(state),
    );
    delivery.push(frame(FrameKind.Storm, 1));
    for (let seq = 2; seq < 12; seq++) delivery.push(frame(FrameKind.Tick, seq, 1024 * 1024));
    expect(held).toContain(true);
    while (disk.commits.length > 0) {
      disk.commits.shift()?.();
      await turn();
    }
    expect(held.at(-1)).toBe(false);
    expect(delivery.waiting).toBe(0);
  });
});
