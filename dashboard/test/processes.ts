// In: words for `wavetank`. Out: the real program as a child, its first URL, and its end. It does not
// outlive the script that began it, however that one ends.
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const START_WITHIN_MS = 40_000;
const STOP_WITHIN_MS = 10_000;

export class Program {
  readonly child: ChildProcess;
  private said = '';

  /** `flags` are Node's own. */
  constructor(words: string[], flags: string[] = []) {
    this.child = spawn(process.execPath, [...flags, 'packages/cli/src/main.ts', ...words], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const hear = (chunk: Buffer): void => {
      this.said += chunk.toString();
    };
    this.child.stdout?.on('data', hear);
    this.child.stderr?.on('data', hear);
    const end = (): void => void this.child.kill('SIGINT');
    process.once('exit', end);
    this.child.once('exit', () => process.off('exit', end));
  }

  /** The first http address it prints; its own words when it ends before. */
  async url(): Promise<string> {
    const until = Date.now() + START_WITHIN_MS;
    while (Date.now() < until) {
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(this.said)?.[0];
      if (found !== undefined) return found;
      if (this.child.exitCode !== null) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`no address from it, only:\n${this.said}`);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    const late = setTimeout(() => this.child.kill('SIGKILL'), STOP_WITHIN_MS);
    this.child.kill('SIGINT');
    await ended;
    clearTimeout(late);
  }
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        resolve(typeof address === 'object' && address !== null ? address.port : 0),
      );
    });
  });
}
