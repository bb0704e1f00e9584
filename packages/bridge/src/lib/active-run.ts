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
import type { RunEnding, RunScore, RunWriter, SealDigests } from '@wavetank/recorder';
import type { Poll, TargetNews } from '@wavetank/target';
import { noteHeartbeat } from './bench-notes.ts';
import type { Frame } from './frame.ts';
import type { ScoredTarget } from './scored-target.ts';
import type { Target } from './targets.ts';

export class ActiveRun {
  readonly writer: RunWriter;
  readonly #targets: readonly ScoredTarget[];
  readonly #polls = new Set<Promise<void>>();

  constructor(writer: RunWriter, targets: readonly ScoredTarget[]) {
    this.writer = writer;
    this.#targets = targets;
  }

  get withTarget(): boolean {
    return this.#targets.length > 0;
  }

  /** Some target keeps the wall's time: a bench that does not keep it spoils the run. */
  get #inWallTime(): boolean {
    return this.#targets.some(({ target }) => target.spec.clock === 'wall');
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
        if (this.#inWallTime) noteHeartbeat(writer.bench, decodeHeartbeatFrame(frame.payload));
    }
  }

  #storm(frame: StormFrame, note: string | null): void {
    for (const { type, ts_run_ns } of this.writer.storm(frame, note)) {
      const starts = type === 'storm_start';
      for (const scored of this.#targets) {
        if (starts) scored.stormStarted(frame.storm_id, ts_run_ns);
        else scored.stormEnded(frame.storm_id, ts_run_ns);
        this.#pollEquity(scored, frame.storm_id, starts ? 'start' : 'stop');
      }
    }
  }

  /** The entry of a storm in run.yaml tells of the first target. */
  #pollEquity(scored: ScoredTarget, storm_id: number, end: 'start' | 'stop'): void {
    const polled = scored.equity(storm_id, end).then((equity) => {
      if (scored === this.#targets[0]) this.writer.storms.equity(storm_id, end, equity);
      this.#polls.delete(polled);
    });
    this.#polls.add(polled);
  }

  news(target: Target, news: TargetNews): void {
    const scored = this.#scored(target);
    if (scored === undefined) return;
    scored.news(news);
    const { type, ...facts } = news;
    this.writer.outside(type, { bot: scored.run.bot, ...facts });
  }

  polled(target: Target, poll: Poll, ts_run_ns: number): void {
    this.#scored(target)?.observe(poll, ts_run_ns);
  }

  /** What the run did to a target so far; undefined for one that is not in it. */
  scoreOf(target: Target, at_ts_ns: number): RunScore | undefined {
    return this.#scored(target)?.score(at_ts_ns);
  }

  #scored(target: Target): ScoredTarget | undefined {
    return this.#targets.find((scored) => scored.target === target);
  }

  /** From here on no frame is the run's. */
  stop(ending: RunEnding): void {
    this.writer.stop(ending);
  }

  /** Asks the target a last time, judges, and closes the folder; digests to seal, if it was ours. */
  async close(): Promise<SealDigests | undefined> {
    const { ended_ts_ns, started_ts_ns } = this.writer.run;
    const end = ended_ts_ns ?? started_ts_ns;
    await Promise.all(this.#targets.map((one) => one.settle(end)));
    await Promise.allSettled(this.#polls);
    for (const one of this.#targets) one.finish(end);
    const [first] = this.#targets;
    if (first !== undefined) this.writer.storms.settleOpen(first.run.end_equity);
    return this.writer.close();
  }
}
