// In: the symbols each viewer follows. Out: their union, told to the engine when it changes, and again
// when an engine or a market begins anew. One viewer's choice takes nothing from another: what the
// market of now does not have is left out, and asked for again later.
import { InTurn } from './in-turn.ts';
import { Wanted } from './wanted.ts';

/** Tells the engine, if there is one that listens; throws what it refuses. */
export type Tell = (symbols: string[]) => Promise<unknown>;

export class WatchSet {
  readonly #tell: Tell;
  readonly #wanted = new Wanted();
  /** Followed, but refused by the market of now. */
  readonly #absent = new Set<string>();
  readonly #turn = new InTurn();

  constructor(tell: Tell) {
    this.#tell = tell;
  }

  get symbols(): string[] {
    return this.#wanted.symbols;
  }

  #present(): string[] {
    return this.symbols.filter((symbol) => !this.#absent.has(symbol));
  }

  /** Resolves when the engine watches all of them; on refusal nothing has changed. */
  add(symbols: readonly string[]): Promise<void> {
    return this.#turn.run(async () => {
      const present = this.#present();
      if (symbols.some((symbol) => !present.includes(symbol))) {
        await this.#tell([...new Set([...present, ...symbols])].sort());
      }
      this.#wanted.add(symbols);
      for (const symbol of symbols) this.#absent.delete(symbol);
    });
  }

  /** The last one who followed a symbol went: the engine need not watch it any more. */
  remove(symbols: readonly string[]): Promise<void> {
    return this.#turn.run(async () => {
      const before = this.#present().length;
      for (const symbol of this.#wanted.remove(symbols)) this.#absent.delete(symbol);
      if (this.#present().length < before) await this.#tell(this.#present());
    });
  }

  /** An engine or a market begins, which knows nobody's symbols. */
  begin(): Promise<void> {
    return this.#turn.run(async () => {
      this.#absent.clear();
      if (this.symbols.length === 0) return;
      await this.#tell(this.symbols).catch(() => {
        for (const symbol of this.symbols) this.#absent.add(symbol);
        return this.#seek();
      });
    });
  }

  /** Asks again for what was not there: a file names its symbols as it is read. */
  retry(): Promise<void> {
    return this.#turn.run(() => this.#seek());
  }

  async #seek(): Promise<void> {
    for (const symbol of [...this.#absent]) {
      try {
        await this.#tell([...this.#present(), symbol].sort());
        this.#absent.delete(symbol);
      } catch {
        // It is still not there.
      }
    }
  }
}
