// Where things lie in the checkout.
import { fileURLToPath } from 'node:url';

const at = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

export const RUNS_DIR = at('data/runs');
export const INDEX_DIR = at('data/index');
export const DESK_DIST = at('dashboard/dist');
export const DESK_SOURCE = at('dashboard');
export const ENGINE_ENTRY = at('packages/engine/src/main.ts');
export const JUDGE_ENTRY = at('packages/engine/src/verify/main.ts');
