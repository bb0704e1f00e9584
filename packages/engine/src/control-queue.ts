// In: requests that change the market, some dated. Out: each applied at a quantum's end, those that are
// due first and the others in order of arrival, and its promise settled. Knows no request by name.

interface Waiting {
  apply: () => void;
  refuse: (why: Error) => void;
}

interface Dated extends Waiting {
  ns: number;
}

/** Requests waiting for the next quantum end. */
export class ControlQueue {
  #waiting: Waiting[] = [];
  /** Ascending; those of one instant in order of arrival. */
  #dated: Dated[] = [];
  #onArrival: () => void = () => {};

  get pending(): boolean {
    return this.#waiting.length > 0;
  }

  /** Called when a request arrives while nothing was waiting. */
  onArrival(wake: () => void): void {
    this.#onArrival = wake;
  }

  /** Virtual time of the first dated request. */
  get dueNs(): number {
    return this.#dated[0]?.ns ?? Number.POSITIVE_INFINITY;
  }

  /** Waits for the next quantum end, then runs `apply`. */
  at<T>(apply: () => T): Promise<T> {
    const first = !this.pending;
    const settled = waiting(apply, (item) => this.#waiting.push(item));
    if (first) this.#onArrival();
    return settled;
  }

  /** Waits for the quantum that ends at `ns`, then runs `apply`. */
  atNs<T>(ns: number, apply: () => T): Promise<T> {
    return waiting(apply, (item) => {
      const after = this.#dated.findIndex((other) => other.ns > ns);
      this.#dated.splice(after < 0 ? this.#dated.length : after, 0, { ...item, ns });
    });
  }

  /**
   * Applies everything that waits, and what is dated up to `ns`; a request that arrives meanwhile
   * waits for the next time.
   */
  drain(ns: number): void {
    const later = this.#dated.findIndex((item) => item.ns > ns);
    const due = this.#dated.splice(0, later < 0 ? this.#dated.length : later);
    const now = this.#waiting;
    this.#waiting = [];
    for (const item of [...due, ...now]) item.apply();
  }

  /** Refuses what is dated: its time will not come. */
  refuseDated(why: Error): void {
    for (const item of this.#dated.splice(0)) item.refuse(why);
  }
}

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
