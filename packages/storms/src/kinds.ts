// The kinds a program knows: those that ship and those of the user's own files. In: kinds. Out: a kind
// by name. Two kinds never share a name or a number.
import { StormFault } from './fault.ts';
import { type Kind, shippedKinds } from './registry.ts';

export class KindTable {
  readonly #kinds = new Map<string, Kind>(shippedKinds.map((kind) => [kind.info.name, kind]));

  get(name: string): Kind | undefined {
    return this.#kinds.get(name);
  }

  get names(): string[] {
    return [...this.#kinds.keys()];
  }

  get all(): Kind[] {
    return [...this.#kinds.values()];
  }

  /** Takes in a kind; STORM_NAME_TAKEN when its name or number has another owner. */
  add(kind: Kind): void {
    const { name, number } = kind.info;
    const twin = this.all.find(({ info }) => info.name === name || info.number === number);
    if (twin !== undefined) {
      const what = twin.info.name === name ? `the name ${name}` : `the number ${number} of ${name}`;
      throw new StormFault('STORM_NAME_TAKEN', `${what} belongs to ${twin.info.name} already`);
    }
    this.#kinds.set(name, kind);
  }
}
