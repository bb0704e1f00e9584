// A bridge with the real engine in a process of its own, so that what it holds can be measured. Says
// where it listens on stdout; ends with its stdin.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startBridge } from '../src/index.ts';

const ENTRY = fileURLToPath(new URL('../../engine/src/main.ts', import.meta.url));

const bridge = await startBridge({
  engine: {
    entry: ENTRY,
    args: ['--wire-port', '0', '--seed', '7', '--speed', '0.1', '--log-level', 'warn'],
    port: 0,
  },
  runsDir: await mkdtemp(join(tmpdir(), 'wavetank-edges-')),
  port: 0,
  log_level: 'silent',
  ping_ms: 4000,
  default_target: 'http://127.0.0.1:1',
});
console.log(bridge.url);
process.stdin.resume().on('end', () => void bridge.close());
