// Out: the market of the walk: a recorded hour of AAPL where it lies beside the checkout; else, after a
// printed skip, some minutes of the synthetic market as a file of its own.
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fixture } from '@wavetank/engine/fixture';

const CLI = fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url));
const GENERATED = ['--messages', '300k', '--instruments', '1', '--seed', '5', '--no-progress'];

export interface MarketOfWalk {
  path: string;
  symbol: string;
  /** Where the walk goes to, in venue time. */
  time: string;
}

export function marketOfWalk(): MarketOfWalk {
  const recorded = fixture('aapl-2012-06-21/feed.itch50');
  if (recorded !== undefined) return { path: recorded, symbol: 'AAPL', time: '09:50:00' };
  const path = join(mkdtempSync(join(tmpdir(), 'wavetank-market-')), 'market.itch50');
  execFileSync(process.execPath, [CLI, 'gen', path, ...GENERATED]);
  return { path, symbol: 'SYN001', time: '09:30:20' };
}
