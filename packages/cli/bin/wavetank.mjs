#!/usr/bin/env node
// In: a command line. Out: the same command run by the pinned Node of this workspace.
// Node 20 may be the one on PATH; it cannot run TypeScript directly, so we hand over.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const pinned = `${root}node_modules/.bin/node`;

if (Number(process.versions.node.split('.')[0]) >= 26) {
  await import(main);
} else if (existsSync(pinned)) {
  const run = spawn(pinned, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
  // Ctrl-C reaches the whole group by itself; a signal to this process alone is handed on.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => run.kill(signal));
  run.on('exit', (code) => process.exit(code ?? 1));
} else {
  console.error('wavetank: not set up yet. Run ./run-desk.sh --setup first.');
  process.exit(2);
}
