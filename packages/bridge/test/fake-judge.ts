// A judge for tests: says how far it is, waits while a file named `hold` lies in the run's folder,
// then reports; refuses a folder that holds `refuse`, dies over one that holds `die`.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const [what, dir = '', other = ''] = process.argv.slice(2);
const say = (said: object) => new Promise((done) => process.send?.(said, undefined, {}, done));
const has = (name: string) => existsSync(join(dir, name));

await say({ type: 'progress', part: 'replay', done: 5, of: 9 });
const wait = setInterval(async () => {
  if (has('hold')) return;
  clearInterval(wait);
  if (has('die')) process.exit(7);
  if (has('refuse')) await say({ type: 'refused', detail: 'no source' });
  else await say({ type: 'report', report: { what, dir, other } });
  process.exit(0);
}, 5);
