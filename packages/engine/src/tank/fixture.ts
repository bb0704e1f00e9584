// Where recorded market data lies for tests; it is never part of the repository. In: a name there. Out:
// its path; undefined after a printed skip, an error in `.ci/run`.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const BESIDE = fileURLToPath(new URL('../../../../../shared/fixtures', import.meta.url));

export function fixture(name: string): string | undefined {
  const path = `${process.env.WAVETANK_FIXTURES ?? BESIDE}/${name}`;
  if (existsSync(path)) return path;
  if (process.env.WAVETANK_REQUIRE_FIXTURES === 'true')
    throw new Error(`fixture ${name} is absent`);
  console.warn(`skipped: fixture ${name} is absent`);
  return undefined;
}
