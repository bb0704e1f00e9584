// Out: defects seen in real systems, each planted in one witness: in the TypeScript book, or in the
// bytes its parser is given. The gate must turn red on every one; nothing but its tests uses them.
import { ApplyStatus, type Event, EventFlags, EventType } from '@wavetank/abi';
import type { Outcome, PlainBook } from '@wavetank/book';

export interface Defect {
  /** Profile of the seeded stream that shows it; default: mixed. */
  profile?: string;
  /** Messages of it; default: 2500. */
  messages?: number;
  /** Makes the stream, for all witnesses, one on which the defect shows. */
  stream?: (bytes: Uint8Array) => Uint8Array;
  /** Makes the witness' book misbehave. */
  book?: (book: PlainBook) => void;
  /** What a wrong parser would make of the stream. */
  bytes?: (bytes: Uint8Array) => Uint8Array;
}

const refuse = (event: Event): Outcome => ({ status: ApplyStatus.UnknownOrder, doneQty: 0, event });

/** A book whose `apply` goes through `wrong` first. */
const applying =
  (wrong: (event: Event, apply: (event: Event) => Outcome, book: PlainBook) => Outcome) =>
  (book: PlainBook): void => {
    const apply = book.apply.bind(book);
    book.apply = (event) => wrong(event, apply, book);
  };

/** A book that sees other events than it was given. */
const seeing = (change: (event: Event, book: PlainBook) => Event) =>
  applying((event, apply, book) => apply(change(event, book)));

/** The frames of a BinaryFILE, lengths included. */
function frames(bytes: Uint8Array): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = 2 + view.getUint16(at);
    found.push(bytes.subarray(at, at + length));
    at += length;
  }
  return found;
}

const typeOf = (frame: Uint8Array): string => String.fromCharCode(frame[2] ?? 0);
const onFrames =
  (change: (frames: Uint8Array[]) => Uint8Array[]) =>
  (bytes: Uint8Array): Uint8Array =>
    Buffer.concat(change(frames(bytes)));

/** A cancel of 0 shares as the delete of the same order. */
function asDelete(frame: Uint8Array): Uint8Array {
  const shares = new DataView(frame.buffer, frame.byteOffset).getUint32(21);
  if (typeOf(frame) !== 'X' || shares !== 0) return frame;
  const changed = Uint8Array.from(frame.subarray(0, 21));
  changed[1] = 19;
  changed[2] = 'D'.charCodeAt(0);
  return changed;
}

/** The frame in the middle states 20 bytes more than its type has. */
const lengthened = onFrames((all) =>
  all.map((frame, i) => {
    if (i !== all.length >> 1) return frame;
    const changed = Uint8Array.from(frame);
    changed[1] = (changed[1] ?? 0) + 20;
    return changed;
  }),
);

const zeroFrame = onFrames((all) => all.toSpliced(all.length >> 1, 0, new Uint8Array(2)));

export const DEFECTS: Record<string, Defect> = {
  'replace parsed but never applied': {
    book: (book) => {
      book.replace = (cancel, add) => [refuse(cancel), refuse(add)];
    },
  },
  'a replace takes the old order away and forgets the new one': {
    book: (book) => {
      const { apply, replace } = { apply: book.apply.bind(book), replace: book.replace.bind(book) };
      book.replace = (cancel, add) => {
        const outcomes = replace(cancel, add);
        if (outcomes[0].status === ApplyStatus.Applied) {
          apply({ ...add, type: EventType.Cancel, flags: 0, side: 2, qty: 0 });
        }
        return outcomes;
      };
    },
  },
  'a smaller order leaves ghost shares at its level': {
    book: applying((event, apply, book) => {
      const before = book.order(event.order_id)?.qty ?? 0;
      const outcome = apply(event);
      const left = book.order(event.order_id);
      const reduced = outcome.status === ApplyStatus.Applied && outcome.doneQty < before;
      if (reduced && left !== undefined && event.type === EventType.Cancel) {
        apply({ ...event, type: EventType.Modify, qty: before, price: left.price });
      }
      return outcome;
    }),
  },
  'duplicate ids leave ghosts': {
    book: applying((event, apply) => {
      const outcome = apply(event);
      const duplicate = outcome.status === ApplyStatus.DuplicateId;
      if (duplicate) apply({ ...event, order_id: event.order_id + (1n << 50n) });
      return outcome;
    }),
  },
  'non-displayed trades remove displayed size': {
    book: seeing((event) =>
      event.flags & EventFlags.NON_DISPLAYED ? { ...event, flags: 0 } : event,
    ),
  },
  'the 257th level dropped, even at the best price': {
    profile: 'deep',
    messages: 8000,
    book: applying((event, apply, book) => {
      if (event.type === EventType.Add) {
        const levels = book.levels(event.instrument_id, event.side);
        const full = levels.length >= 256 && levels.every((level) => level.price !== event.price);
        if (full) return { status: ApplyStatus.Applied, doneQty: event.qty, event };
      }
      return apply(event);
    }),
  },
  'executions reported as sells at the bid': {
    book: applying((event, apply) => {
      const outcome = apply(event);
      if (event.type !== EventType.Trade) return outcome;
      return { ...outcome, event: { ...outcome.event, side: 0 } };
    }),
  },
  'books begin empty because earlier adds were skipped': {
    book: (book) => {
      const apply = book.apply.bind(book);
      let adds = 0;
      book.apply = (event) =>
        event.type === EventType.Add && ++adds <= 100 ? refuse(event) : apply(event);
    },
  },
  'one instrument only': {
    book: applying((event, apply) =>
      event.type !== EventType.Status && event.instrument_id !== 1 ? refuse(event) : apply(event),
    ),
  },
  'an order named under another instrument is taken all the same': {
    book: seeing((event, book) => {
      const order = event.type === EventType.Add ? undefined : book.order(event.order_id);
      return order === undefined ? event : { ...event, instrument_id: order.instrument };
    }),
  },
  'the price of C dropped': {
    book: seeing((event) =>
      event.type === EventType.Trade && event.side === 2 ? { ...event, price: 0 } : event,
    ),
  },
  'cancel of part taken as cancel of all': {
    book: seeing((event) => (event.type === EventType.Cancel ? { ...event, qty: 0 } : event)),
  },
  'a cancel of 0 shares taken as cancel of all': { bytes: onFrames((all) => all.map(asDelete)) },
  'type O unknown and fatal': {
    bytes: onFrames((all) => {
      const at = all.findIndex((frame) => typeOf(frame) === 'O');
      return at < 0 ? all : all.slice(0, at);
    }),
  },
  'a type unknown to one parser is passed over': {
    bytes: onFrames((all) => all.filter((frame) => typeOf(frame) !== 'B')),
  },
  'the length of a frame trusted': {
    stream: lengthened,
    bytes: onFrames((all) => all.filter((_, i) => i !== all.length >> 1)),
  },
  'a frame of length 0 ends the input': {
    stream: zeroFrame,
    bytes: onFrames((all) =>
      all.slice(
        0,
        all.findIndex((frame) => frame.length === 2),
      ),
    ),
  },
  'the rest of the input lost when the output is full': {
    bytes: onFrames((all) => all.filter((_, i) => i % 1000 < 990)),
  },
  'the end of the file goes back to its start': {
    bytes: onFrames((all) => [...all, ...all]),
  },
};
