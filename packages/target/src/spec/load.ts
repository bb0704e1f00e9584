// In: the path of a target file. Out: its targets, or an error that says where and why.
import { readFile } from 'node:fs/promises';
import { parseTarget } from './parse.ts';
import type { TargetSpec } from './target-spec.ts';

/** Throws `TargetFileError`, or what the disk says. */
export async function loadTargetFile(path: string): Promise<TargetSpec[]> {
  return parseTarget(await readFile(path, 'utf8'), path);
}
