// A run recorded by the real bridge and engine, for tests that read run folders. In: how fast, how
// many viewers, where it starts. Out: its folder.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBridge } from '@wavetank/bridge';
import { ENGINE_ENTRY } from '@wavetank/engine';

export interface RecordOptions {
  speed: string;
  viewers: number;
  /** A storm before the run: the run starts while it blows. */
  before?: boolean;
  /** Virtual time that is sought before the run, ms since midnight. */
  seek?: number;
  /** Severity of the crash, 0.8 unless told. */
  severity?: number;
  /** Seed of the market. */
  seed?: string;
  /** Time runs while things are asked for, so that they happen inside of quanta. */
  live?: boolean;
}

const CRASH = { kind: 'FlashCrash', severity: 0.8, duration_ms: 5000, seed: '7' };
const TIDE = { kind: 'PhantomLiquidity', severity: 0.6, duration_ms: 5000, seed: '8' };

/** Two seconds of calm, a crash and a tide inside the run, twelve seconds in all. */
export async function recorded(options: RecordOptions): Promise<string> {
  const runsDir = await mkdtemp(join(tmpdir(), 'wavetank-verify-test-'));
  const args = [
    '--wire-port',
    '0',
    '--seed',
    options.seed ?? '7',
    '--paused',
    '--index',
    await mkdtemp(join(tmpdir(), 'wavetank-index-test-')),
    '--speed',
    options.speed,
  ];
  const bridge = await startBridge({
    engine: { entry: ENGINE_ENTRY, args: [...args, '--log-level', 'warn'], port: 0 },
    runsDir,
    port: 0,
    log_level: 'silent',
    default_target: 'http://127.0.0.1:1',
  });
  const sockets: WebSocket[] = [];
  const post = async (url: string, payload: object = {}) => {
    const answer = await bridge.app.inject({ method: 'POST', url, payload });
    if (answer.statusCode !== 200) throw new Error(`${url}: ${answer.body}`);
    return answer.json() as { run_id: string };
  };
  const speed = Number(options.speed);
  const step = async (count: number): Promise<unknown> => {
    if (!options.live) return post('/replay/step', { unit: 'second', count });
    await post('/replay/play');
    return new Promise((resume) => setTimeout(resume, (count * 1000) / speed));
  };
  try {
    while (!bridge.parts.engine.ready) await new Promise((resume) => setTimeout(resume, 10));
    for (let i = 0; i < options.viewers; i++) {
      sockets.push(new WebSocket(`${bridge.url.replace('http', 'ws')}/stream?symbol=SYN001`));
    }
    await step(3);
    if (options.seek !== undefined) await post('/replay/seek', { to_ms: options.seek });
    if (options.before) {
      await post('/storm/start', { ...CRASH, seed: '5' });
      await step(2);
    }
    const { run_id } = await post('/run/start', { note: 'test' });
    await step(1);
    if (!options.before) {
      await post('/storm/start', { ...CRASH, severity: options.severity ?? CRASH.severity });
    }
    await post('/storm/start', { ...TIDE, note: 'tide' });
    await step(8);
    await post('/run/stop');
    return join(runsDir, run_id);
  } finally {
    for (const socket of sockets) socket.close();
    await bridge.close();
  }
}
