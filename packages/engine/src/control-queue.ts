// In: requests that change the market, some dated. Out: each applied at a quantum's end, those that are
// due first and the others in order of arrival, and its promise settled. Knows no request by name.
import { QUANTUM_NS } from '@wavetank/abi';

interface Waiting {
  apply: () => void;
  refuse: (why: Error) => void;
}

/** A place where a control takes effect: in the quantum that ends at `ns`, or once that has closed. */
interface Moment {
  ns: number;
  closed: boolean;
}

type Dated = Waiting & Moment;

/** Requests waiting for the next quantum end. */
export class ControlQueue {
  #waiting: Waiting[] = [];
  /** Ascending; those of one moment in order of arrival. */
  #dated: Dated[] = [];
  #onArrival: () => void = () => {};

  get pending(): boolean {
    return this.#waiting.length > 0;
  }

  /** Called when a request arrives while nothing was waiting. */
  onArrival(wake: () => void): void {
    this.#onArrival = wake;
  }

  /** Where virtual time must stand for the first dated request: its quantum begins or ends there. */
  get standNs(): number {
    const [first] = this.#dated;
    if (first === undefined) return Number.POSITIVE_INFINITY;
    return first.closed ? first.ns : first.ns - QUANTUM_NS;
  }

  /** Waits for the next quantum end, then runs `apply`. */
  at<T>(apply: () => T): Promise<T> {
    const first = !this.pending;
    const settled = waiting(apply, (item) => this.#waiting.push(item));
    if (first) this.#onArrival();
    return settled;
  }

  /** Waits for the quantum that ends at `ns`, or until that has closed, then runs `apply`. */
  atNs<T>(ns: number, apply: () => T, closed = false): Promise<T> {
    const moment = { ns, closed };
    return waiting(apply, (item) => {
      const after = this.#dated.findIndex((other) => isLater(other, moment));
      this.#dated.splice(after < 0 ? this.#dated.length : after, 0, { ...item, ...moment });
    });
  }

  /**
   * Applies everything that waits, and what is dated up to a moment; a request that arrives meanwhile
   * waits for the next time.
   */
  drain(until: Moment): void {
    const due = this.#due(until);
    const now = this.#waiting;
    this.#waiting = [];
    for (const item of [...due, ...now]) item.apply();
  }

  /** A quantum has closed: applies what is dated behind that. */
  closed(ns: number): void {
    for (const item of this.#due({ ns, closed: true })) item.apply();
  }

  #due(until: Moment): Dated[] {
    const later = this.#dated.findIndex((item) => isLater(item, until));
    return this.#dated.splice(0, later < 0 ? this.#dated.length : later);
  }

  /** Takes over what another queue was given for later. */
  takeDated(from: ControlQueue): void {
    for (const item of from.#dated.splice(0)) this.#dated.push(item);
    this.#dated.sort((a, b) => (isLater(a, b) ? 1 : isLater(b, a) ? -1 : 0));
  }

  /** Refuses what is dated: its time will not come. */
  refuseDated(why: Error): void {
    for (const item of this.#dated.splice(0)) item.refuse(why);
  }
}

const isLater = (one: Moment, than: Moment): boolean =>
  one.ns > than.ns || (one.ns === than.ns && one.closed && !than.closed);

function waiting<T>(apply: () => T, enter: (item: Waiting) => void): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const run = () => {
      try {
        resolve(apply());
      } catch (error) {
        reject(error);
      }
    };
    enter({ apply: run, refuse: reject });
  });
}
