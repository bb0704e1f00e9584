// A bridge of its own process, for tests that kill it. In: the folder of runs. Out: its URL and the pid
// of its engine as one JSON line on stdout.
import { startBridge } from '@wavetank/bridge';
import { ENGINE_ENTRY } from '@wavetank/engine';

const [runsDir = ''] = process.argv.slice(2);
const words = ['--wire-port', '0', '--seed', '7', '--speed', '20', '--log-level', 'silent'];
const { url, parts } = await startBridge({
  engine: { entry: ENGINE_ENTRY, args: words, port: 0 },
  runsDir,
  port: 0,
  log_level: 'silent',
  default_target: 'http://127.0.0.1:1',
});
while (!parts.engine.ready) await new Promise((resume) => setTimeout(resume, 10));
process.stdout.write(`${JSON.stringify({ url, engine: parts.engine.status.pid })}\n`);
