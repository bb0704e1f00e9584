// Rules that join several keys of a scenario. In: a scenario whose shape is right, and the kinds of
// storms there are. Out: what is wrong, each with the path of its key.
import { AssertionError, parseAssertion } from './assertion.ts';
import { nearest } from './measures.ts';
import type { KindInfo } from './scenario.ts';
import { DEFAULT_SYMBOL } from './scenario.ts';
import type { ScenarioText } from './schema.ts';
import { venueMs } from './venue-time.ts';

export type Path = (string | number)[];

export interface RuleFault {
  path: Path;
  message: string;
}

const SEED_END = 2n ** 64n;
const DAY_MS = 86_400_000;
/** Symbols that can be analysed at once. */
const SYMBOLS_MAX = 16;
/** A calm stretch shorter than this says nothing. */
const STEADY_MIN_MS = 1_000;
const LISTS = ['steady_state', 'expect', 'abort_if'] as const;

export function ruleFaults(text: ScenarioText, kinds: readonly KindInfo[]): RuleFault[] {
  return [
    ...seedFaults(text),
    ...sourceFaults(text),
    ...windowFaults(text),
    ...assertionFaults(text),
    ...stormFaults(text, kinds),
    ...overlapFaults(text),
    ...symbolFaults(text),
  ];
}

function* seedFaults(text: ScenarioText): Generator<RuleFault> {
  const seeds: [Path, string | undefined][] = [
    [['seed'], text.seed],
    [['source', 'synthetic', 'seed'], text.source.synthetic?.seed],
    ...(text.phases ?? []).map(({ storm }, i): [Path, string | undefined] => [
      ['phases', i, 'storm', 'seed'],
      storm.seed,
    ]),
  ];
  for (const [path, seed] of seeds) {
    if (seed !== undefined && BigInt(seed) >= SEED_END) {
      yield { path, message: `${seed} is wider than 64 bits` };
    }
  }
}

function* sourceFaults({ source }: ScenarioText): Generator<RuleFault> {
  const { itch, synthetic, framing, symbol } = source;
  if ((itch === undefined) === (synthetic === undefined)) {
    yield { path: ['source'], message: 'expected either itch or synthetic' };
    return;
  }
  if (itch !== undefined && symbol === undefined) {
    yield { path: ['source'], message: 'an ITCH file needs a symbol' };
  }
  if (synthetic !== undefined && framing !== undefined) {
    yield { path: ['source', 'framing'], message: 'only an ITCH file has a framing' };
  }
}

function* windowFaults({ source, clock = {}, phases = [] }: ScenarioText): Generator<RuleFault> {
  const { duration_ms, until } = clock;
  if (duration_ms !== undefined && until !== undefined) {
    yield { path: ['clock', 'until'], message: 'expected duration_ms or until, not both' };
  }
  if (source.synthetic !== undefined && duration_ms === undefined && until === undefined) {
    yield {
      path: ['clock'],
      message: 'the synthetic market never ends: expected duration_ms or until',
    };
  }
  for (const [path, time] of [
    [['source', 'from'], source.from],
    [['clock', 'until'], until],
  ] as const) {
    if (time !== undefined && venueMs(time) > DAY_MS) {
      yield { path: [...path], message: `${time} is past the end of a day` };
    }
  }
  const length =
    until !== undefined && source.from !== undefined
      ? venueMs(until) - venueMs(source.from)
      : duration_ms;
  if (length === undefined) return;
  if (length <= 0) yield { path: ['clock', 'until'], message: `${until} is not after from` };
  for (const [i, { at_ms }] of phases.entries()) {
    if (at_ms < length) continue;
    yield { path: ['phases', i, 'at_ms'], message: `the run ends at ${length} ms` };
  }
}

function* assertionFaults(text: ScenarioText): Generator<RuleFault> {
  for (const list of LISTS) {
    for (const [i, words] of (text[list] ?? []).entries()) {
      const path = [list, i];
      try {
        const { measure } = parseAssertion(words);
        if (measure.scope === 'target' && text.target === undefined) {
          yield { path, message: `${measure.name} needs a target` };
        }
        if (list !== 'expect' && measure.late) {
          yield { path, message: `${measure.name} is not known before the end` };
        }
      } catch (cause) {
        if (!(cause instanceof AssertionError)) throw cause;
        yield { path, message: cause.message };
      }
    }
  }
  const first = Math.min(...(text.phases ?? []).map((phase) => phase.at_ms));
  if (text.steady_state !== undefined && first < STEADY_MIN_MS) {
    const message = `the first storm comes at ${first} ms; a steady state needs ${STEADY_MIN_MS} ms before it`;
    yield { path: ['steady_state'], message };
  }
}

function* stormFaults(text: ScenarioText, kinds: readonly KindInfo[]): Generator<RuleFault> {
  for (const [i, { storm, ramp_ms }] of (text.phases ?? []).entries()) {
    const path = ['phases', i, 'storm'];
    const kind = kinds.find((each) => each.name === storm.kind);
    if (kind === undefined) {
      const names = kinds.map((each) => each.name);
      const message = `no kind ${storm.kind}; the nearest is ${nearest(storm.kind, names)}`;
      yield { path: [...path, 'kind'], message };
      continue;
    }
    for (const [name, value] of Object.entries(storm.params ?? {})) {
      const message = paramFault(kind, name, value);
      if (message !== undefined) yield { path: [...path, 'params', name], message };
    }
    if (ramp_ms !== undefined && storm.params?.ramp_ms !== undefined) {
      yield { path: [...path, 'params', 'ramp_ms'], message: 'stands twice' };
    }
  }
}

function paramFault(kind: KindInfo, name: string, value: number): string | undefined {
  const range = kind.params.find((param) => param.name === name);
  if (range === undefined) return `${kind.name} has no parameter ${name}`;
  const { min, max, unit } = range;
  if (value >= min && value <= max) return undefined;
  return `expected a whole number from ${min} to ${max} ${unit}`;
}

/** The engine refuses a second storm of a kind on an instrument; here it is known beforehand. */
function* overlapFaults({ phases = [], source }: ScenarioText): Generator<RuleFault> {
  const of = ({ storm }: (typeof phases)[number]) =>
    `${storm.kind} on ${storm.symbol ?? source.symbol ?? DEFAULT_SYMBOL}`;
  for (const [i, phase] of phases.entries()) {
    const [from, to] = [phase.at_ms, phase.at_ms + phase.storm.duration_ms];
    const met = phases.findIndex(
      (other, j) =>
        j < i &&
        of(other) === of(phase) &&
        other.at_ms <= to &&
        from <= other.at_ms + other.storm.duration_ms,
    );
    if (met < 0) continue;
    yield { path: ['phases', i, 'at_ms'], message: `${of(phase)} runs then, by phases.${met}` };
  }
}

function* symbolFaults(text: ScenarioText): Generator<RuleFault> {
  const named = [
    text.source.symbol ?? DEFAULT_SYMBOL,
    ...(text.phases ?? []).map(({ storm }) => storm.symbol),
    ...LISTS.flatMap((list) => text[list] ?? []).map(
      (words) => /@(\S+?)\s*[<>=!]/.exec(words)?.[1],
    ),
  ];
  const count = new Set(named.filter((one) => one !== undefined)).size;
  if (count > SYMBOLS_MAX) {
    yield { path: [], message: `${count} symbols, at most ${SYMBOLS_MAX} can be analysed` };
  }
}
