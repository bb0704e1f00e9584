// The engine as a process of its own: what it says, and how it ends.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { ENGINE_ENTRY } from '../src/index.ts';
import { probe } from './harness.ts';

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

function start(args: string[], ipc = false): ChildProcess {
  const stdio = ipc ? ['ignore', 'pipe', 'pipe', 'ipc'] : ['ignore', 'pipe', 'pipe'];
  const child = spawn(process.execPath, [ENGINE_ENTRY, ...args], {
    stdio: stdio as ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  return child;
}

/** Exit code and what was written to stderr. */
async function ended(child: ChildProcess): Promise<[number | null, string]> {
  let text = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  child.stdout?.resume();
  const [code] = (await once(child, 'close')) as [number | null];
  return [code, text];
}

test('it says where it listens, serves, and ends at SIGTERM', async () => {
  const child = start(['--wire-port', '0', '--paused']);
  const [line] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  const said = JSON.parse(line.toString());
  expect(said).toMatchObject({ type: 'listening', host: '127.0.0.1' });
  const client = await probe(said);
  expect(client.headers[0]?.engine_pid).toBe(child.pid);
  const end = ended(child);
  child.kill('SIGTERM');
  expect((await end)[0]).toBe(0);
});

test('with a parent it says so over IPC and ends with it', async () => {
  const child = start(['--wire-port', '0', '--paused'], true);
  const [said] = (await once(child, 'message')) as [{ type: string; port: number }];
  expect(said).toMatchObject({ type: 'listening' });
  // No `close` comes for a child whose channel its parent closed.
  const end = once(child, 'exit');
  child.disconnect();
  expect((await end)[0]).toBe(0);
});

const refused: Array<[string[], number, RegExp]> = [
  [['--speed', '0'], 2, /--speed 0: expected 0\.1 to 1000, or max/],
  [['--seed', '-1'], 2, /--seed/],
  [['--wire-port', '70000'], 2, /--wire-port 70000/],
  [['--nonsense'], 2, /--nonsense/],
  [['--wire-port', '0', '--itch', '/no/such/file.itch50'], 3, /FEED_NOT_FOUND: .*no such file/],
  [['--wire-port', '0', '--itch', ENGINE_ENTRY], 3, /FEED_NOT_ITCH: /],
  [['--wire-port', '0', '--symbol', 'NOPE'], 3, /SYMBOL_UNKNOWN: .*"NOPE"/],
];

test.each(refused)('%j is refused in words', async (args, code, words) => {
  const [left, text] = await ended(start(args));
  expect(text).toMatch(words);
  expect(left).toBe(code);
});
