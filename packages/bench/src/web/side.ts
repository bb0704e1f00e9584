// A server in a process of its own, and what its processor time is. In: a script with its words. Out: its
// address, and user and system time since it began, as it says itself.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface Side {
  url: string;
  /** Processor time of the server process so far, all threads, the kernel's part included. */
  cpuUs(): Promise<number>;
  close(): Promise<void>;
}

export async function startSide(script: string, words: string[] = []): Promise<Side> {
  const path = fileURLToPath(new URL(`./${script}`, import.meta.url));
  const child = fork(path, words, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ended = once(child, 'exit').then(() => Promise.reject(new Error(`${script} ended`)));
  // Nobody may be waiting when it ends.
  ended.catch(() => {});
  const told = async (): Promise<unknown> =>
    (await Promise.race([once(child, 'message'), ended]))[0];
  const { url } = (await told()) as { url: string };
  return {
    url,
    cpuUs: async () => {
      child.send('cpu');
      return ((await told()) as { cpu_us: number }).cpu_us;
    },
    close: async () => {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}

/** The child's end of it. */
export function answerParent(url: string, close: () => void): void {
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.({ cpu_us: user + system });
  });
  process.on('disconnect', close);
  process.send?.({ url });
}
