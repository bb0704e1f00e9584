// In: what the code of a storm gave. Out: nothing, or the fault by name and place. The rules that let a
// state live in a checkpoint and an intent in a 40-byte record.
import { IntentOp, Side } from '@wavetank/abi';
import { StormFault } from './fault.ts';
import type { Intent } from './intent.ts';
import type { AnyStorm } from './registry.ts';
import type { Step, StormParams } from './types.ts';
import type { StormView } from './view.ts';

/** A state as JSON, at most. */
export const STATE_MAX_BYTES = 65_536;
/** Intents of one step, at most. */
const INTENTS_MAX = 4096;
const HANDLE_MAX = 0xffff_ffff;
const DEPTH_MAX = 16;

/** Which numbers are among these, by number. */
const among = (values: readonly number[]): boolean[] =>
  Array.from({ length: Math.max(...values) + 1 }, (_, at) => values.includes(at));
const OPS = among(Object.values(IntentOp));
const SIDES = among(Object.values(Side));

const shown = (value: unknown): string =>
  typeof value === 'object' ? Object.prototype.toString.call(value) : String(value);

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === Object.prototype || prototype === null;
}

function wholeData(value: unknown, path: string, depth: number): void {
  if (Number.isSafeInteger(value)) return;
  const isData = typeof value === 'object' && value !== null && isPlain(value);
  if (!isData || depth === DEPTH_MAX) {
    const message = `${path} is ${shown(value)}, expected whole numbers in plain objects and arrays`;
    throw new StormFault('STORM_STATE', message);
  }
  for (const [key, item] of Object.entries(value)) wholeData(item, `${path}.${key}`, depth + 1);
}

/** Whole numbers in plain objects and arrays, at most 64 KiB as JSON. */
export function judgeState(state: unknown): void {
  wholeData(state, 'state', 0);
  const text = JSON.stringify(state);
  // No character takes more than three bytes.
  if (text.length * 3 <= STATE_MAX_BYTES) return;
  const bytes = new TextEncoder().encode(text).length;
  if (bytes <= STATE_MAX_BYTES) return;
  const message = `state of ${bytes} bytes, expected ${STATE_MAX_BYTES} or less`;
  throw new StormFault('STORM_STATE', message);
}

const whole = (value: unknown, max: number): boolean =>
  Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= max;

function fault(intent: Intent, index: number, name: keyof Intent, expected: string): never {
  const message = `intent ${index}: ${name} is ${shown(intent[name])}, expected ${expected}`;
  throw new StormFault('STORM_INTENT', message);
}

function judgeIntent(intent: Intent, index: number): void {
  const { op, side, price, qty, handle } = intent;
  if (typeof op !== 'number' || !OPS[op]) fault(intent, index, 'op', 'an IntentOp');
  if (typeof side !== 'number' || !SIDES[side]) fault(intent, index, 'side', '0, 1 or 2');
  if (!whole(price, Number.MAX_SAFE_INTEGER)) fault(intent, index, 'price', 'a whole number');
  if (!whole(qty, Number.MAX_SAFE_INTEGER)) fault(intent, index, 'qty', 'a whole number');
  if (!whole(handle, HANDLE_MAX)) fault(intent, index, 'handle', `0 to ${HANDLE_MAX}`);
}

export function judgeIntents(intents: unknown): asserts intents is Intent[] {
  if (!Array.isArray(intents)) {
    throw new StormFault('STORM_INTENT', `intents is ${shown(intents)}, expected a list`);
  }
  if (intents.length > INTENTS_MAX) {
    const message = `${intents.length} intents in one step, expected at most ${INTENTS_MAX}`;
    throw new StormFault('STORM_INTENT', message);
  }
  let index = 0;
  for (const intent of intents) judgeIntent(intent, index++);
}

/** Runs a storm's own code; what it throws gets a name. */
function guarded<T>(where: string, run: () => T): T {
  try {
    return run();
  } catch (cause) {
    if (cause instanceof StormFault) throw cause;
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new StormFault('STORM_THROWS', `${where} threw: ${said}`);
  }
}

/** The first state, judged. */
export function judgedInit(storm: AnyStorm, params: StormParams, seed: bigint): unknown {
  const state = guarded('init', () => storm.init(params, seed));
  judgeState(state);
  return state;
}

/** One step, judged whole before any of it takes effect. */
export function judgedStep(storm: AnyStorm, state: unknown, view: StormView): Step<unknown> {
  const step = guarded('step', () => storm.step(state, view));
  if (typeof step !== 'object' || step === null) {
    throw new StormFault('STORM_INTENT', `step gave ${shown(step)}, expected { state, intents }`);
  }
  judgeIntents(step.intents);
  // The same object may hold other numbers: code can change it in place.
  judgeState(step.state);
  return step;
}
