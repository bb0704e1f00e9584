// In: the text of a scenario file and the kinds of storms there are. Out: a scenario, or every fault
// with the line and column where it stands. Knows no disk.
import { Compile } from 'typebox/compile';
import { type Document, isMap, isNode, LineCounter, parseDocument } from 'yaml';
import { type Path, ruleFaults } from './rules.ts';
import { type KindInfo, type Scenario, scenarioOf } from './scenario.ts';
import { type ScenarioText, scenarioSchema } from './schema.ts';

export interface ScenarioFault {
  /** From 1; where the key stands, or the mapping that lacks it. */
  line: number;
  column: number;
  /** Keys and places joined by dots; empty = the whole file. */
  path: string;
  message: string;
}

/** A scenario that is refused; nothing of it is used. */
export class ScenarioError extends Error {
  readonly code = 'SCENARIO_INVALID';
  readonly faults: readonly ScenarioFault[];
  constructor(file: string, faults: readonly ScenarioFault[]) {
    super(faults.map((one) => faultText(file, one)).join('\n'));
    this.name = 'ScenarioError';
    this.faults = faults;
  }
}

function faultText(file: string, { line, column, path, message }: ScenarioFault): string {
  return `${file}:${line}:${column}: ${path === '' ? '' : `${path}: `}${message}`;
}

export const SCENARIO_BYTES_MAX = 256 * 1024;
const check = Compile(scenarioSchema);

/** The kinds there are, given the files of own ones. */
export type KindsOf = (own: readonly string[]) => readonly KindInfo[];

/** Throws `ScenarioError`; `file` is only its name in messages. */
export function parseScenario(text: string, file: string, kindsOf: KindsOf): Scenario {
  const places = new Places(text);
  const refuse = (faults: readonly ScenarioFault[]): void => {
    if (faults.length > 0) throw new ScenarioError(file, sorted(faults));
  };
  refuse(places.syntax());
  const { value, fault } = places.value();
  refuse(fault);
  refuse(shapeFaults(value).map(({ path, message }) => places.fault(path, message)));
  const written = value as ScenarioText;
  const kinds = kindsOf(written.storms ?? []);
  refuse(ruleFaults(written, kinds).map(({ path, message }) => places.fault(path, message)));
  return scenarioOf(written, kinds);
}

const sorted = (faults: readonly ScenarioFault[]): ScenarioFault[] =>
  [...faults].sort((a, b) => a.line - b.line || a.column - b.column);

/** One fault a path: alternatives of a value fail all at once. */
function shapeFaults(value: unknown): { path: Path; message: string }[] {
  if (check.Check(value)) return [];
  const faults = new Map<string, { path: Path; message: string }>();
  const add = (path: Path, message: string) => {
    const key = path.join('.');
    if (!faults.has(key)) faults.set(key, { path, message });
  };
  for (const { instancePath, keyword, params, message } of check.Errors(value)) {
    const path = instancePath.split('/').slice(1).map(unescaped);
    const { additionalProperties: unknown = [] } = params as { additionalProperties?: string[] };
    for (const key of unknown) add([...path, key], 'no such key');
    if (unknown.length > 0 || keyword === 'boolean') continue;
    add(path, shapeMessage(keyword, message, nodeAt(path)));
  }
  return [...faults.values()];
}

/** What the schema says of a value, where a validator's own words tell less. */
function shapeMessage(keyword: string, message: string, node: Node | undefined): string {
  const expected = node?.description;
  if (expected === undefined || keyword === 'required') return message;
  const telling = /^(type|minimum|maximum|m.*(Length|Items))$/.test(keyword) && !node?.anyOf;
  return telling ? `${message} (${expected})` : `expected ${expected}`;
}

const unescaped = (key: string): string => key.replaceAll('~1', '/').replaceAll('~0', '~');

interface Node {
  description?: string;
  properties?: { [key: string]: Node };
  items?: Node;
  anyOf?: Node[];
}

/** The schema of a place; none for the whole file. */
function nodeAt(path: Path): Node | undefined {
  let node: Node | undefined = scenarioSchema as Node;
  for (const key of path) {
    node = node?.items !== undefined ? node.items : node?.properties?.[String(key)];
  }
  return path.length === 0 ? undefined : node;
}

/** A document whose keys know where they stand. */
class Places {
  readonly #lines = new LineCounter();
  readonly #document: Document;
  readonly #tooLong: boolean;

  constructor(text: string) {
    this.#tooLong = text.length > SCENARIO_BYTES_MAX;
    this.#document = parseDocument(this.#tooLong ? '' : text, { lineCounter: this.#lines });
  }

  syntax(): ScenarioFault[] {
    if (this.#tooLong) return [this.fault([], `more than ${SCENARIO_BYTES_MAX} bytes`)];
    return this.#document.errors.map(({ pos, message }) => {
      const { line, col: column } = this.#lines.linePos(pos[0]);
      return { line, column, path: '', message: message.split(' at line ')[0] ?? message };
    });
  }

  value(): { value: unknown; fault: ScenarioFault[] } {
    try {
      return { value: this.#document.toJS({ maxAliasCount: 16 }), fault: [] };
    } catch (cause) {
      return { value: undefined, fault: [this.fault([], (cause as Error).message)] };
    }
  }

  fault(path: Path, message: string): ScenarioFault {
    const { line, col: column } = this.#lines.linePos(this.#offset(path));
    return { line, column, path: path.join('.'), message };
  }

  /** Where a value's key stands; a value that is missing stands where its mapping does. */
  #offset(path: Path): number {
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
