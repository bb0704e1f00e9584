// In: how to start an engine. Out: one running child at a time, started again with back-off when it
// dies, and its deaths told. Knows no wire. The child learns of our death by the end of its IPC channel.
import { type ChildProcess, spawn } from 'node:child_process';

export interface ProcessOptions {
  /** Path of the engine's entry file, and its arguments. */
  entry: string;
  args: readonly string[];
  /** What more a child is told that starts now. */
  words: () => readonly string[];
  backoff_ms: readonly number[];
  now: () => number;
  onPort: (port: number) => void;
  onStart: (pid: number) => void;
  onDeath: (reason: string) => void;
}

/** A child that lived so long starts again as if nothing had been. */
const SETTLED_MS = 60_000;
const TERM_GRACE_MS = 8000;

export class EngineProcess {
  readonly #options: ProcessOptions;
  #child: ChildProcess | undefined;
  #retry: NodeJS.Timeout | undefined;
  #startedMs = 0;
  #failures = 0;
  #stopping = false;
  deaths = 0;

  constructor(options: ProcessOptions) {
    this.#options = options;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  start(): void {
    const { entry, args, words, now } = this.#options;
    this.#startedMs = now();
    const child = spawn(process.execPath, [entry, ...args, ...words()], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      // A group of its own: Ctrl-C at a terminal is for the bridge, which ends the run first.
      detached: true,
    });
    this.#child = child;
    let failure = '';
    child.on('error', (cause) => {
      failure = cause.message;
    });
    child.on('message', (message) => this.#hear(message));
    child.on('close', (code, signal) => this.#died(failure || (signal ?? `exit code ${code}`)));
    if (child.pid !== undefined) this.#options.onStart(child.pid);
  }

  /** The engine says which port it got: the one asked for may have been taken. */
  #hear(message: unknown): void {
    const { type, port } = (message ?? {}) as { type?: unknown; port?: unknown };
    if (type === 'listening' && typeof port === 'number') this.#options.onPort(port);
  }

  #died(reason: string): void {
    this.#child = undefined;
    if (this.#stopping) return;
    const { backoff_ms, now } = this.#options;
    this.deaths++;
    if (now() - this.#startedMs > SETTLED_MS) this.#failures = 0;
    const wait = backoff_ms[Math.min(this.#failures++, backoff_ms.length - 1)];
    this.#options.onDeath(reason);
    this.#retry = setTimeout(() => this.start(), wait);
  }

  /** Asks the child to end, and ends it when it does not. */
  async stop(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#retry);
    const child = this.#child;
    if (child === undefined) return;
    const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
    child.kill('SIGTERM');
    const force = setTimeout(() => child.kill('SIGKILL'), TERM_GRACE_MS);
    await gone;
    clearTimeout(force);
  }
}
