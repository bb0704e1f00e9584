// Where recorded market data lies for tests; it is never part of the repository.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const DEFAULT = fileURLToPath(new URL('../../../../shared/fixtures', import.meta.url));

/** Path of one recorded file, or `undefined` with a printed skip; absent under `.ci/run` is an error. */
export function fixture(name: string): string | undefined {
  const path = `${process.env.WAVETANK_FIXTURES ?? DEFAULT}/${name}`;
  if (existsSync(path)) return path;
  if (process.env.WAVETANK_REQUIRE_FIXTURES === 'true')
    throw new Error(`recorded fixture ${path} is missing`);
  console.error(`skipped: recorded fixture ${path} is not here`);
  return undefined;
}
