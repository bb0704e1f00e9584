// In: work that must not overlap. Out: each piece done when those before it have settled, however they
// did; what it throws is told to whoever asked for it, and to nobody else.

export class InTurn {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(work);
    this.#last = mine.catch(() => {});
    return mine;
  }
}
