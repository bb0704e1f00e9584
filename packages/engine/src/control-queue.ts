// In: requests that change the market. Out: each applied in order of arrival, at a quantum's end, and
// its promise settled. Knows no request by name.

interface Waiting {
  apply: () => void;
}

/** Requests waiting for the next quantum end. */
export class ControlQueue {
  #waiting: Waiting[] = [];
  #onArrival: () => void = () => {};

  get pending(): boolean {
    return this.#waiting.length > 0;
  }

  /** Called when a request arrives while nothing was waiting. */
  onArrival(wake: () => void): void {
    this.#onArrival = wake;
  }

  /** Waits for the next quantum end, then runs `apply`. */
  at<T>(apply: () => T): Promise<T> {
    const first = !this.pending;
    const settled = new Promise<T>((resolve, reject) => {
      this.#waiting.push({
        apply: () => {
          try {
            resolve(apply());
          } catch (error) {
            reject(error);
          }
        },
      });
    });
    if (first) this.#onArrival();
    return settled;
  }

  /** Applies everything that waits; a request that arrives meanwhile waits for the next time. */
  drain(): void {
    const now = this.#waiting;
    this.#waiting = [];
    for (const item of now) item.apply();
  }
}
