// In: an event. Out: the first rule its own bytes break, `undefined` when none. Knows no book.
import { ApplyStatus, type Event, EventFlags, EventType } from '@wavetank/abi';
import { isReplacePair } from './step.ts';

const KNOWN_FLAGS = 0x7f;
const STORM_BIT = 1n << 63n;
const RESERVED_BIT = 1n << 62n;
const WIDEST = 0xffff_ffff;

const has = (event: Event, flag: number): boolean => (event.flags & flag) !== 0;

/** A print that never touches the book. */
export const isOffBook = (event: Event): boolean =>
  event.type === EventType.Trade && has(event, EventFlags.NON_DISPLAYED | EventFlags.CROSS);

function shapeFault({ type, flags, side }: Event): number | undefined {
  if (type < EventType.Add || type > EventType.Status) return ApplyStatus.BadType;
  const replace = (flags & EventFlags.REPLACE) !== 0;
  const mayReplace = type === EventType.Add || type === EventType.Cancel;
  if ((flags & ~KNOWN_FLAGS) !== 0 || (replace && !mayReplace)) return ApplyStatus.BadFlags;
  const sideless = type === EventType.Add && side === 2 && !replace;
  return side > 2 || sideless ? ApplyStatus.BadSide : undefined;
}

function numberFault(event: Event): number | undefined {
  const id = event.order_id;
  const foreign = (id & STORM_BIT) !== 0n && !has(event, EventFlags.INJECTED);
  if (!isOffBook(event) && ((id & RESERVED_BIT) !== 0n || foreign)) return ApplyStatus.ReservedId;
  return event.price > WIDEST || event.qty > WIDEST ? ApplyStatus.OutOfRange : undefined;
}

/** The fault of a single event. */
export function fault(event: Event): number | undefined {
  const shape = shapeFault(event);
  const bare = event.type === EventType.Status || event.type === EventType.Clear;
  if (shape !== undefined || bare) return shape;
  const numbers = numberFault(event);
  if (numbers !== undefined) return numbers;
  if (has(event, EventFlags.REPLACE)) return ApplyStatus.TornReplace;
  const empty = event.qty === 0 && event.type !== EventType.Cancel;
  return empty ? ApplyStatus.ZeroQty : undefined;
}

/** The fault of a replace; a zero quantity is judged later, by the book. */
export function pairFault(cancel: Event, add: Event): number | undefined {
  for (const half of [cancel, add]) {
    const found = shapeFault(half) ?? numberFault(half);
    if (found !== undefined) return found;
  }
  const whole = isReplacePair(cancel, add) && cancel.instrument_id === add.instrument_id;
  return whole ? undefined : ApplyStatus.TornReplace;
}
