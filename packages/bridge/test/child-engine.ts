// An engine process for supervision tests: a fake engine that listens, tells its port over IPC and
// dies when told to. In: words `--port N`, `--die-first FILE` (dies once, before it listens).
import { existsSync, writeFileSync } from 'node:fs';
import { FakeEngine } from './fake-engine.ts';

const word = (name: string): string | undefined => {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
};

const marker = word('--die-first');
if (marker !== undefined && !existsSync(marker)) {
  writeFileSync(marker, 'died');
  process.exit(3);
}
const engine = await FakeEngine.start({
  status: () => ({ pid: process.pid }),
  'storm.kinds': () => process.exit(9),
  'storm.status': () => process.kill(process.pid, 'SIGSTOP'),
  'run.start': ({ symbols }) => ({ start_seq: 1, started_ts_ns: 1e9, symbols: symbols ?? ['A'] }),
});
engine.header = { engine_pid: process.pid };
process.send?.({ type: 'listening', port: engine.port });
process.on('disconnect', () => process.exit(0));
process.on('SIGTERM', () => process.exit(0));
setInterval(() => engine.beat(), 20);
