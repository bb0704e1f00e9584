// A bridge as a side of the bench. In: `--link PORT`, an engine's link to join; without it the bridge
// starts the engine itself. Nothing but what serves requests and viewers runs in this process.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startBridge } from '@wavetank/bridge';
import { ENGINE_ENTRY } from '@wavetank/engine';
import { answerParent } from './side.ts';

const ARGS = ['--wire-port', '0', '--seed', '7', '--log-level', 'warn'];

const { values } = parseArgs({ options: { link: { type: 'string' } } });
const runsDir = mkdtempSync(join(tmpdir(), 'wavetank-web-'));
const bridge = await startBridge({
  engine:
    values.link === undefined
      ? { entry: ENGINE_ENTRY, args: ARGS, port: 0 }
      : { join: { host: '127.0.0.1', port: Number(values.link) } },
  runsDir,
  port: 0,
  // Stalled viewers stay for as long as the bench looks.
  ping_ms: 3_600_000,
  alone: true,
  log_level: 'warn',
});
for (let tries = 0; !bridge.parts.engine.ready; tries++) {
  if (tries > 600) throw new Error('the engine did not come; run ./run-desk.sh --setup');
  await new Promise((resume) => setTimeout(resume, 50));
}
answerParent(bridge.url, () => {
  void bridge.close().finally(() => {
    rmSync(runsDir, { recursive: true, force: true });
    process.exit();
  });
});
