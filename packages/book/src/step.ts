// In: events. Out: steps, what applies as one: a replace pair, else a single event.
import { type Event, EventFlags, EventType } from '@wavetank/abi';

/** Whether the two events are the halves of one replace. */
export function isReplacePair(first: Event, second: Event): boolean {
  const pair = EventFlags.REPLACE | EventFlags.MORE;
  return (
    first.type === EventType.Cancel &&
    (first.flags & pair) === pair &&
    second.type === EventType.Add &&
    (second.flags & EventFlags.REPLACE) !== 0
  );
}

/** The steps of `events`, in order. */
export function* steps<E extends Event>(events: readonly E[]): Generator<[E] | [E, E]> {
  for (let at = 0; at < events.length; at++) {
    const [first, second] = [events[at], events[at + 1]];
    if (first === undefined) return;
    if (second !== undefined && isReplacePair(first, second)) {
      at++;
      yield [first, second];
    } else {
      yield [first];
    }
  }
}
