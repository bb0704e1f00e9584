// In: the addresses and files that name targets. Out: each of them polled; their news and polls told.
// A file that changes is read again: while no run is recorded, at once, else when it has ended. One
// that is refused leaves everything as it was, and its faults visible.
import { readFileSync, statSync } from 'node:fs';
import {
  type Poll,
  parseTarget,
  type TargetFault,
  TargetFileError,
  type TargetNews,
  TargetPoller,
  type TargetSpec,
  targetAtUrl,
} from '@wavetank/target';

/** A target that is polled. */
export interface Target {
  readonly spec: TargetSpec;
  readonly poller: TargetPoller;
}

export type ReloadNews =
  | { type: 'target_reloaded'; file: string; targets: string[] }
  | { type: 'target_refused'; file: string; faults: readonly TargetFault[] };

export interface TargetsListener {
  news(target: Target, news: TargetNews): void;
  poll(target: Target, poll: Poll): void;
  reload(news: ReloadNews): void;
  /** A run is recorded: nothing may change. */
  busy(): boolean;
}

export interface TargetsOptions {
  /** URLs and paths of target files. */
  words: readonly string[];
  /** Wall time between two polls where the file says nothing. */
  poll_ms: number;
  now: () => number;
}

const LOOK_MS = 500;

export class Targets {
  readonly #options: TargetsOptions;
  readonly #listener: TargetsListener;
  readonly #faults = new Map<string, readonly TargetFault[]>();
  readonly #loaded = new Map<string, TargetSpec[]>();
  #all: Target[] = [];
  /** When each file was written that was last read. */
  readonly #stamps = new Map<string, string>();
  #looking: NodeJS.Timeout | undefined;
  #stale = false;
  #started = false;

  /** Throws `TargetFileError`, or what the disk says: nothing starts on a wrong file. */
  constructor(options: TargetsOptions, listener: TargetsListener) {
    this.#options = options;
    this.#listener = listener;
    for (const word of options.words) {
      if (!isUrl(word)) this.#stamps.set(word, stampOf(word));
      this.#loaded.set(word, readTargets(word));
    }
    this.#all = this.#specs().map((spec) => this.#open(spec));
  }

  get all(): readonly Target[] {
    return this.#all;
  }

  /** There is always one: the default address, when nothing was named. */
  get first(): Target {
    const [first] = this.#all;
    if (first === undefined) throw new Error('no target was given');
    return first;
  }

  /** Files whose last change was refused, with what is wrong. */
  get faults(): { file: string; faults: readonly TargetFault[] }[] {
    return [...this.#faults].map(([file, faults]) => ({ file, faults }));
  }

  start(): void {
    this.#started = true;
    for (const { spec, poller } of this.#all) poller.start(spec.poll_ms);
    if (this.#stamps.size > 0) this.#looking = setInterval(() => this.#look(), LOOK_MS);
  }

  stop(): void {
    this.#started = false;
    for (const { poller } of this.#all) poller.stop();
    clearInterval(this.#looking);
  }

  #specs(): TargetSpec[] {
    return [...this.#loaded.values()].flat();
  }

  #open(spec: TargetSpec): Target {
    const poll_ms = spec.named ? spec.poll_ms : this.#options.poll_ms;
    const target: Target = {
      spec: { ...spec, poll_ms },
      poller: new TargetPoller({
        spec,
        now: this.#options.now,
        onNews: (news) => this.#listener.news(target, news),
        onPoll: (poll) => this.#listener.poll(target, poll),
      }),
    };
    return target;
  }

  #look(): void {
    for (const [file, before] of this.#stamps) {
      const stamp = stampOf(file);
      this.#stamps.set(file, stamp);
      if (stamp !== before) this.#changed(file);
    }
  }

  #changed(file: string): void {
    try {
      this.#loaded.set(file, readTargets(file));
    } catch (cause) {
      const faults = faultsOf(cause);
      this.#faults.set(file, faults);
      this.#listener.reload({ type: 'target_refused', file, faults });
      return;
    }
    this.#faults.delete(file);
    this.#stale = true;
    const targets = this.#loaded.get(file)?.map(({ name }) => name) ?? [];
    this.#listener.reload({ type: 'target_reloaded', file, targets });
    this.settle();
  }

  /** Puts a change into effect that waited for a run to end. */
  settle(): void {
    if (!this.#stale || this.#listener.busy()) return;
    this.#stale = false;
    for (const { poller } of this.#all) poller.stop();
    this.#all = this.#specs().map((spec) => this.#open(spec));
    if (!this.#started) return;
    for (const { spec, poller } of this.#all) poller.start(spec.poll_ms);
  }
}

const isUrl = (word: string): boolean => /^[a-z]+:\/\//i.test(word);

/** A file that is not there has a stamp too. */
function stampOf(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false });
  return `${found?.mtimeMs} ${found?.size}`;
}

function readTargets(word: string): TargetSpec[] {
  return isUrl(word) ? [targetAtUrl(word)] : parseTarget(readFileSync(word, 'utf8'), word);
}

function faultsOf(cause: unknown): readonly TargetFault[] {
  if (cause instanceof TargetFileError) return cause.faults;
  const detail = (cause as Error).message;
  return [{ line: 1, column: 1, rule: 'TARGET_FILE_UNREADABLE', where: '', detail }];
}
