// In: the text of a YAML file. Out: its value, and the line and column where each of its keys stands.
// Knows no disk and no schema.
import { type Document, isMap, isNode, LineCounter, parseDocument } from 'yaml';

/** Keys and places in lists, from the top of the file on. */
export type YamlPath = (string | number)[];

/** From 1. */
export interface YamlPlace {
  line: number;
  column: number;
}

export interface YamlFault extends YamlPlace {
  message: string;
}

export class PlacedYaml {
  readonly #lines = new LineCounter();
  readonly #document: Document;
  readonly #tooLong: string | undefined;

  /** A text longer than `max` characters is not parsed. */
  constructor(text: string, max: number) {
    this.#tooLong = text.length > max ? `more than ${max} bytes` : undefined;
    const taken = this.#tooLong === undefined ? text : '';
    this.#document = parseDocument(taken, { lineCounter: this.#lines });
  }

  /** What keeps the text from being YAML. */
  syntax(): YamlFault[] {
    if (this.#tooLong !== undefined) return [{ ...this.place([]), message: this.#tooLong }];
    return this.#document.errors.map(({ pos, message }) => {
      const [first = message] = message.split('\n');
      return { ...this.#at(pos[0]), message: first.split(' at line ')[0] ?? first };
    });
  }

  /** The value; throws where more than `aliases` of its anchors would be resolved. */
  value(aliases: number): unknown {
    return this.#document.toJS({ maxAliasCount: aliases });
  }

  /** Where a value's key stands; a value that is missing stands where its mapping does. */
  place(path: Readonly<YamlPath>): YamlPlace {
    return this.#at(this.#offset(path));
  }

  #at(offset: number): YamlPlace {
    const { line, col: column } = this.#lines.linePos(offset);
    return { line, column };
  }

  #offset(path: Readonly<YamlPath>): number {
    for (let length = path.length; length >= 0; length--) {
      const head = path.slice(0, length);
      const parent = this.#document.getIn(head.slice(0, -1), true);
      const last = head.at(-1);
      if (isMap(parent) && last !== undefined) {
        const pair = parent.items.find(({ key }) => isNode(key) && String(key) === String(last));
        if (isNode(pair?.key) && pair.key.range) return pair.key.range[0];
      }
      const node = length === 0 ? this.#document.contents : this.#document.getIn(head, true);
      if (isNode(node) && node.range) return node.range[0];
    }
    return 0;
  }
}
