// In: the text of a scenario file and the kinds of storms there are. Out: a scenario, or every fault
// with the line and column where it stands. Knows no disk.
import { PlacedYaml } from '@wavetank/placed-yaml';
import { Compile } from 'typebox/compile';
import { Settings } from 'typebox/system';
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
const ALIASES_MAX = 16;
const check = Compile(scenarioSchema);
// Every fault is told, not the first few.
Settings.Set({ maxErrors: 256 });

/** The kinds there are, given the files of own ones. */
export type KindsOf = (own: readonly string[]) => readonly KindInfo[];

/** Throws `ScenarioError`; `file` is only its name in messages. */
export function parseScenario(text: string, file: string, kindsOf: KindsOf): Scenario {
  const yaml = new PlacedYaml(text, SCENARIO_BYTES_MAX);
  const at = ({ path, message }: { path: Path; message: string }): ScenarioFault => {
    return { ...yaml.place(path), path: path.join('.'), message };
  };
  const refuse = (faults: readonly ScenarioFault[]): void => {
    if (faults.length > 0) throw new ScenarioError(file, sorted(faults));
  };
  refuse(yaml.syntax().map((fault) => ({ ...fault, path: '' })));
  let value: unknown;
  try {
    value = yaml.value(ALIASES_MAX);
  } catch (cause) {
    refuse([at({ path: [], message: (cause as Error).message })]);
  }
  refuse(shapeFaults(value).map(at));
  const written = value as ScenarioText;
  const kinds = kindsOf(written.storms ?? []);
  refuse(ruleFaults(written, kinds).map(at));
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
