// The process that builds a seek index beside the engine: `build-main.ts ORDER`, the order as JSON.
// Says over IPC how far it is; it ends when the engine does.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { NativeError } from '@wavetank/native';
import { buildIndex } from './index-builder.ts';
import { IndexFolder } from './index-folder.ts';
import { inflated, isGzip, TooLarge } from './inflated.ts';
import type { BuildOrder, BuildSaid } from './seek-index.ts';

const SAY_EVERY_MS = 100;

const say = (said: BuildSaid): Promise<void> =>
  new Promise((done) => {
    if (process.send === undefined) done();
    else process.send(said, undefined, undefined, () => done());
  });

let told = 0;
function tell(stage: 'inflate' | 'index', done: number, of: number): void {
  const now = performance.now();
  if (now - told < SAY_EVERY_MS) return;
  told = now;
  void say({ type: 'progress', stage, done, of });
}

async function built(order: BuildOrder): Promise<BuildSaid> {
  const { landing, folder, source, inflate_max } = order;
  let read = landing.source;
  if (read.kind === 'itch' && (await isGzip(read.path))) {
    const path = await inflated(read.path, source, inflate_max, (done, of) =>
      tell('inflate', done, of),
    );
    read = { ...read, path };
  }
  const { until, events } = order;
  const index = new IndexFolder(join(source, folder), events);
  const build = () => buildIndex(index, { ...landing, source: read }, until, tell);
  try {
    return { type: 'built', source: read, table: await build() };
  } catch (error) {
    if (!(error instanceof NativeError) || !error.code.startsWith('CHECKPOINT_')) throw error;
    // The last checkpoint is damaged: the index is built from the start.
    index.remove();
    return { type: 'built', source: read, table: await build() };
  }
}

process.on('disconnect', () => process.exit(0));
const order = JSON.parse(process.argv[2] ?? '') as BuildOrder;
try {
  await say(await built(order));
} catch (error) {
  if (error instanceof TooLarge) rmSync(order.source, { recursive: true, force: true });
  await say({ type: 'failed', detail: (error as Error).message });
}
process.exit(0);
