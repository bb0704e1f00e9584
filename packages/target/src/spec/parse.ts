// In: the text of a target file. Out: its targets, or every fault with the place where it stands.
// Knows no disk.
import { PlacedYaml, type YamlPath } from '@wavetank/placed-yaml';
import { Compile } from 'typebox/compile';
import { Settings } from 'typebox/system';
import { targetUrl } from '../target-url.ts';
import { ruleFaults } from './rules.ts';
import { targetSchema } from './schema.ts';
import {
  DEFAULT_POLL_MS,
  type LatencyClass,
  type Runtime,
  type Slo,
  sloOfClass,
  TARGET_THRESHOLDS,
  type TargetSpec,
  type TargetThresholds,
} from './target-spec.ts';

/** A target as its file writes it. */
export interface TargetText {
  name: string;
  url?: string;
  state_url?: string;
  health_url?: string;
  poll_ms?: number;
  currency?: string;
  thresholds?: Pick<TargetThresholds, 'damaged' | 'killed'> & Partial<TargetThresholds>;
  latency_class?: LatencyClass;
  runtime?: Runtime;
  needs_numa_pinning?: boolean;
  expected_p99_tick_to_trade_us?: number;
  slo?: Partial<Slo>;
  clock?: 'wall' | 'feed';
}

export interface TargetFault {
  /** 1-based, where the value stands, or the mapping that lacks it. */
  line: number;
  column: number;
  /** `TARGET_YAML`, `TARGET_SHAPE`, or the name of a rule. */
  rule: string;
  where: string;
  detail: string;
}

/** A target file that is refused; nothing of it is used. */
export class TargetFileError extends Error {
  readonly code = 'TARGET_FILE';
  readonly faults: readonly TargetFault[];
  constructor(file: string, faults: readonly TargetFault[]) {
    super(faults.map((one) => faultText(file, one)).join('\n'));
    this.name = 'TargetFileError';
    this.faults = faults;
  }
}

const faultText = (file: string, { line, column, rule, where, detail }: TargetFault): string =>
  `${file}:${line}:${column}: ${rule}: ${where === '' ? '' : `${where}: `}${detail}`;

export const TARGET_FILE_BYTES_MAX = 64 * 1024;
const TARGETS_MAX = 8;
const check = Compile(targetSchema);
// Every fault is told, not the first few.
Settings.Set({ maxErrors: 256 });

/** Throws `TargetFileError`; `file` is only its name in messages. */
export function parseTarget(text: string, file = 'target.yaml'): TargetSpec[] {
  const reader = new Reader(text, file);
  return reader.read();
}

class Reader {
  readonly #file: string;
  readonly #yaml: PlacedYaml;
  readonly #faults: TargetFault[] = [];

  constructor(text: string, file: string) {
    this.#file = file;
    this.#yaml = new PlacedYaml(text, TARGET_FILE_BYTES_MAX);
  }

  read(): TargetSpec[] {
    for (const { message: detail, ...place } of this.#yaml.syntax()) {
      this.#faults.push({ ...place, rule: 'TARGET_YAML', where: '', detail });
    }
    this.#refuse();
    const targets = this.#targets();
    this.#refuse();
    for (const [at, target] of targets) this.#judge(at, target);
    this.#refuse();
    const specs = targets.map(([, target]) => specOf(target as TargetText));
    this.#unique(targets, specs);
    this.#refuse();
    return specs;
  }

  #targets(): [YamlPath, unknown][] {
    let value: unknown;
    try {
      value = this.#yaml.value(0);
    } catch (cause) {
      this.#fault([], 'TARGET_YAML', (cause as Error).message);
      return [];
    }
    if (typeof value !== 'object' || value === null || !('targets' in value)) {
      return [[[], value]];
    }
    const { targets, ...rest } = value as { targets: unknown };
    for (const key of Object.keys(rest)) this.#fault([key], 'TARGET_SHAPE', 'not beside targets');
    const fits = Array.isArray(targets) && targets.length > 0 && targets.length <= TARGETS_MAX;
    if (!fits) this.#fault(['targets'], 'TARGET_SHAPE', `expected a list of 1 to ${TARGETS_MAX}`);
    return Array.isArray(targets) ? targets.map((one, i) => [['targets', i], one]) : [];
  }

  #judge(at: YamlPath, target: unknown): void {
    if (!check.Check(target)) {
      const errors = check.Errors(target);
      for (const error of errors) {
        const { additionalProperties: unknown = [] } = error.params as {
          additionalProperties?: string[];
        };
        const inside = error.instancePath.split('/').slice(1);
        if (error.keyword === 'boolean') continue;
        for (const key of unknown)
          this.#fault([...at, ...inside, key], 'TARGET_SHAPE', 'no such key');
        const detail = choiceOf(error.instancePath, errors) ?? error.message;
        if (unknown.length === 0) this.#fault([...at, ...inside], ruleOf(inside), detail);
      }
      return;
    }
    for (const { rule, key, detail } of ruleFaults(target as TargetText)) {
      this.#fault([...at, key], rule, detail);
    }
  }

  #unique(targets: readonly [YamlPath, unknown][], specs: readonly TargetSpec[]): void {
    specs.forEach(({ name }, i) => {
      const first = specs.findIndex((other) => other.name === name);
      if (first === i) return;
      this.#fault(
        [...(targets[i]?.[0] ?? []), 'name'],
        'TARGET_NAME_TAKEN',
        `${name} stands twice`,
      );
    });
  }

  #fault(path: YamlPath, rule: string, detail: string): void {
    const where = path.join('.');
    const known = this.#faults.some((one) => one.where === where && one.rule === rule);
    if (!known) this.#faults.push({ ...this.#yaml.place(path), rule, where, detail });
  }

  #refuse(): void {
    if (this.#faults.length > 0) throw new TargetFileError(this.#file, this.#faults);
  }
}

/** The words of a value that has its own; undefined for any other. */
function choiceOf(
  place: string,
  errors: readonly { keyword: string; instancePath: string; params: object }[],
): string | undefined {
  const words = errors.flatMap(({ keyword, instancePath, params }) =>
    keyword === 'const' && instancePath === place && 'allowedValue' in params
      ? [String(params.allowedValue)]
      : [],
  );
  return words.length === 0 ? undefined : `expected ${words.join(', ')}`;
}

/** The rule that a key names for itself. */
function ruleOf([key = '']: readonly string[]): string {
  const { properties } = targetSchema as { properties: { [key: string]: { 'x-rule'?: string } } };
  return (
    (Object.hasOwn(properties, key) ? properties[key]?.['x-rule'] : undefined) ?? 'TARGET_SHAPE'
  );
}

function specOf(text: TargetText): TargetSpec {
  const latency_class = text.latency_class ?? null;
  const expected = text.expected_p99_tick_to_trade_us ?? null;
  const base = text.url ?? text.state_url ?? '';
  return {
    name: text.name,
    named: true,
    url: new URL(base).href,
    state_url: text.state_url ?? new URL('/api/state', base).href,
    health_url: text.health_url ?? new URL('/api/health', base).href,
    poll_ms: text.poll_ms ?? DEFAULT_POLL_MS,
    currency: text.currency ?? null,
    thresholds: { ...TARGET_THRESHOLDS, ...text.thresholds },
    latency_class,
    runtime: text.runtime ?? null,
    needs_numa_pinning: text.needs_numa_pinning ?? false,
    expected_p99_tick_to_trade_us: expected,
    slo: { ...sloOfClass(latency_class, expected), ...text.slo },
    clock: text.clock ?? 'wall',
  };
}

/** A target that is named by its address alone. */
export function targetAtUrl(text: string): TargetSpec {
  const { host, href } = targetUrl(text);
  return { ...specOf({ name: host, url: href }), named: false };
}
