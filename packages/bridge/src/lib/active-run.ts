// One run while it is recorded. In: frames in order, news of the target. Out: what they mean to the
// record, polls of the target at each storm's start and stop, and at the end a folder that is closed.
import {
  decodeChaosFrame,
  decodeHeartbeatFrame,
  decodeRiskFrame,
  decodeStormFrame,
  decodeTickFrame,
  FrameKind,
  type StormFrame,
} from '@wavetank/abi';
import type { RunEnding, RunWriter, SealDigests } from '@wavetank/recorder';
import type { TargetNews, TargetPoller } from '@wavetank/target';
import { noteHeartbeat } from './bench-notes.ts';
import type { Frame } from './frame.ts';
import { equityOf, settleTarget } from './run-facts.ts';

export class ActiveRun {
  readonly writer: RunWriter;
  readonly withTarget: boolean;
  readonly #poller: TargetPoller;
  readonly #polls = new Set<Promise<void>>();

  constructor(writer: RunWriter, withTarget: boolean, poller: TargetPoller) {
    this.writer = writer;
    this.withTarget = withTarget;
    this.#poller = poller;
  }

  /** True when no poll that a storm forced is under way. */
  get settled(): boolean {
    return this.#polls.size === 0;
  }

  /** `note`: what a person said with the storm that this frame is the first of. */
  observe(frame: Frame, note: string | null): void {
    const { writer } = this;
    // The engine may still deliver what it had ready before the run began.
    if (frame.seq < writer.run.start_seq) return;
    switch (frame.kind) {
      case FrameKind.Tick:
        if (frame.recorded) writer.tick(decodeTickFrame(frame.payload));
        break;
      case FrameKind.Chaos:
        // Flags on instruments that only viewers watch are not the run's.
        if (frame.recorded) writer.chaos(decodeChaosFrame(frame.payload));
        break;
      case FrameKind.Risk:
        writer.risk(decodeRiskFrame(frame.payload));
        break;
      case FrameKind.Storm:
        this.#storm(decodeStormFrame(frame.payload), note);
        break;
      case FrameKind.Heartbeat:
        if (this.withTarget) noteHeartbeat(writer.bench, decodeHeartbeatFrame(frame.payload));
    }
  }

  #storm(frame: StormFrame, note: string | null): void {
    for (const { type } of this.writer.storm(frame, note)) {
      if (this.withTarget) this.#pollEquity(frame.storm_id, type === 'storm_start');
    }
  }

  #pollEquity(storm_id: number, starting: boolean): void {
    const polled = this.#poller.pollFresh().then((poll) => {
      this.writer.storms.equity(storm_id, starting ? 'start' : 'stop', equityOf(poll));
      this.#polls.delete(polled);
    });
    this.#polls.add(polled);
  }

  news(news: TargetNews): void {
    if (!this.withTarget) return;
    const { type, ...facts } = news;
    if (type === 'bot_unreachable') this.writer.run.target.outages++;
    this.writer.outside(type, { bot: this.writer.run.target.bot, ...facts });
  }

  /** From here on no frame is the run's. */
  stop(ending: RunEnding): void {
    this.writer.stop(ending);
  }

  /** Asks the target a last time, judges, and closes the folder; digests to seal, if it was ours. */
  async close(): Promise<SealDigests | undefined> {
    if (this.withTarget) {
      settleTarget(this.writer.run.target, await this.#poller.pollFresh());
      await Promise.allSettled(this.#polls);
      this.writer.storms.settleOpen(this.writer.run.target.end_equity);
    }
    return this.writer.close();
  }
}
