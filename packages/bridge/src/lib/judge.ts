// In: folders of recorded runs. Out: what a process of its own says of them: how far it is, then its
// report. One process at a time; it dies with us. Knows nothing of what a report holds.
import { type ChildProcess, spawn } from 'node:child_process';
import { ApiError } from './problem.ts';

export interface Report {
  [key: string]: unknown;
}

export type JudgeState = 'none' | 'running' | 'done' | 'refused' | 'failed';

/** Where the verification of one run stands. */
export interface Verification {
  run_id: string;
  state: JudgeState;
  /** What is executed, and how far it is. */
  part: string | null;
  done: number;
  of: number;
  /** Why there is no report. */
  detail: string | null;
  report: Report | null;
}

interface Said {
  type?: unknown;
  part?: unknown;
  done?: unknown;
  of?: unknown;
  detail?: unknown;
  report?: unknown;
}

/** Reports that are kept: a person asks again for the last few. */
const KEPT = 32;

export class Judge {
  readonly #entry: string;
  readonly #told: (verification: Verification) => void;
  readonly #kept = new Map<string, Verification>();
  #child: ChildProcess | undefined;

  constructor(entry: string, told: (verification: Verification) => void) {
    this.#entry = entry;
    this.#told = told;
  }

  /** Begins a verification; its state then is what `verification` answers. */
  verify(run_id: string, dir: string, source: string | undefined): Verification {
    const now: Verification = {
      run_id,
      state: 'running',
      part: null,
      done: 0,
      of: 0,
      detail: null,
      report: null,
    };
    const words = ['verify', dir, ...(source === undefined ? [] : [source])];
    this.#run(words, (said) => {
      this.#heard(now, said);
      this.#told(now);
    });
    this.#kept.delete(run_id);
    this.#kept.set(run_id, now);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return now;
  }

  #heard(now: Verification, said: Said): void {
    if (said.type === 'progress') {
      Object.assign(now, { part: said.part, done: said.done, of: said.of });
    } else if (said.type === 'report') {
      Object.assign(now, { state: 'done', report: said.report, done: now.of });
    } else {
      Object.assign(now, { state: said.type, detail: said.detail });
    }
  }

  verification(run_id: string): Verification {
    const none = { state: 'none', part: null, done: 0, of: 0, detail: null, report: null } as const;
    return this.#kept.get(run_id) ?? { run_id, ...none };
  }

  /** Compares two runs; settles with the report. */
  diff(dirA: string, dirB: string): Promise<Report> {
    return new Promise((resolve, reject) => {
      this.#run(['diff', dirA, dirB], (said) => {
        if (said.type === 'report') resolve(said.report as Report);
        if (said.type === 'refused') reject(new ApiError('RUN_UNJUDGED', String(said.detail)));
        if (said.type === 'failed') reject(new Error(String(said.detail)));
      });
    });
  }

  /** One process; `hear` is told each message, at last a report, `refused` or `failed`. */
  #run(words: readonly string[], hear: (said: Said) => void): void {
    if (this.#child !== undefined) {
      throw new ApiError('VERIFY_ACTIVE', 'another run is being judged; ask again when it is done');
    }
    const child = spawn(process.execPath, [this.#entry, ...words], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#child = child;
    let ended = false;
    let failure = '';
    child.on('message', (said: Said) => {
      ended ||= said.type !== 'progress';
      if (ended) this.#child = undefined;
      hear(said);
    });
    child.on('error', (cause) => {
      failure = cause.message;
    });
    child.on('close', (code, signal) => {
      if (this.#child === child) this.#child = undefined;
      if (!ended) hear({ type: 'failed', detail: failure || `the judge ended: ${signal ?? code}` });
    });
  }

  stop(): void {
    this.#child?.kill('SIGKILL');
  }
}
