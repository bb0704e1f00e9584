// In: the addon file that set-up put beside this package. Out: its exports, after its ABI manifest
// was compared with the one TypeScript was generated from.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { MANIFEST } from '@wavetank/abi';
import { NativeError } from './errors.ts';

/** A session as the addon exports it. */
export interface AddonSession {
  advance(untilNs: number, maxWork: number, stopAtQuantum: boolean): number;
  returns(): void;
  view(storm: number, into: Buffer): number;
  inject(storm: number, intents: Uint8Array, answers: Buffer): number;
  closeQuantum(): void;
  drain(frameClass: number): Buffer | null;
  control(json: string): string;
  nowNs(): number;
  nextEventNs(): number;
  between(): boolean;
  stormStates(): string;
  recordOn(): void;
  seq(): number;
  plainCheckpoint(): Buffer;
  checkpoint(storms: number[], states: string[]): Buffer;
  advanceToSeq(seq: number, maxWork: number): number[];
  adoptRisk(from: AddonSession): void;
  close(): void;
}

/** The addon's exports that this package uses. */
export interface Addon {
  abiManifest(): string;
  openSession(configJson: string): Promise<AddonSession>;
  resumeSession(configJson: string, log: string, beforeNs: number | null): Promise<AddonSession>;
  landSession(
    configJson: string,
    sourceJson: string,
    digest: string,
    checkpoint: Buffer | null,
  ): Promise<AddonSession>;
  sessionBeside(
    configJson: string,
    sourceJson: string,
    digest: string,
    checkpoint: Buffer,
  ): Promise<AddonSession>;
}

/** The file that is loaded. */
export const ADDON_PATH = fileURLToPath(new URL('../addon/wavetank.node', import.meta.url));

/** Says whether two manifests agree, and if not, in what. */
export function compareManifests(addon: string, typescript: string): string | undefined {
  if (addon === typescript) return undefined;
  const theirs = addon.split(' ');
  const ours = typescript.split(' ');
  const at = ours.findIndex((word, i) => word !== theirs[i]);
  return `addon has ${theirs[at] ?? 'nothing'}, TypeScript expects ${ours[at] ?? 'nothing'}`;
}

/** Loads an addon file and checks it. */
export function loadAddon(path: string = ADDON_PATH): Addon {
  if (!existsSync(path)) {
    throw new NativeError('ADDON_MISSING', `${path} does not exist; run ./run-desk.sh --setup`);
  }
  let addon: Addon;
  try {
    addon = createRequire(import.meta.url)(path) as Addon;
  } catch (cause) {
    throw new NativeError('ADDON_MISMATCH', `${path} does not load: ${String(cause)}`, cause);
  }
  const difference = compareManifests(addon.abiManifest(), MANIFEST);
  if (difference !== undefined) {
    const remedy = 'build again with ./run-desk.sh --setup';
    throw new NativeError('ADDON_MISMATCH', `${path}: ${difference}; ${remedy}`);
  }
  return addon;
}
