// Rules of a target file that join several keys. In: a target as written. Out: what is wrong, each
// fault with the name of its rule and the key to look at.
import type { TargetText } from './parse.ts';

export interface RuleFault {
  rule: string;
  key: string;
  detail: string;
}

/** Below this an interpreter cannot be meant, µs. */
const NATIVE_BELOW_US = 100;
const INTERPRETED: ReadonlySet<string> = new Set(['node', 'python', 'ruby', 'php']);

type Rule = (target: TargetText) => Omit<RuleFault, 'rule'> | undefined;

const RULES: Readonly<Record<string, Rule>> = {
  TARGET_NEEDS_URL: (target) => {
    const both = target.state_url !== undefined && target.health_url !== undefined;
    if (target.url !== undefined || both) return undefined;
    return { key: 'url', detail: 'expected url, or state_url and health_url' };
  },
  TARGET_URL: (target) => {
    const keys = ['url', 'state_url', 'health_url'] as const;
    const bad = keys.find((key) => target[key] !== undefined && !URL.canParse(target[key]));
    return bad === undefined ? undefined : { key: bad, detail: 'expected an http or https URL' };
  },
  THRESHOLDS_ORDER: ({ thresholds }) => {
    if (thresholds === undefined || thresholds.killed >= thresholds.damaged) return undefined;
    return { key: 'thresholds', detail: 'killed must not be smaller than damaged' };
  },
  HFT_NEEDS_NUMA_PINNING: (target) => {
    if (target.latency_class !== 'hft' || target.needs_numa_pinning === true) return undefined;
    return { key: 'needs_numa_pinning', detail: 'an hft target must declare it true' };
  },
  HFT_NEEDS_EXPECTED_P99: (target) => {
    const promised = target.expected_p99_tick_to_trade_us !== undefined;
    if (target.latency_class !== 'hft' || promised) return undefined;
    const detail = 'an hft target must declare it, 0 to 1000 µs';
    return { key: 'expected_p99_tick_to_trade_us', detail };
  },
  INTERPRETED_TOO_SLOW: (target) => {
    const promised = target.expected_p99_tick_to_trade_us ?? NATIVE_BELOW_US;
    if (promised >= NATIVE_BELOW_US || !INTERPRETED.has(target.runtime ?? '')) return undefined;
    const detail = `${target.runtime} is interpreted: it does not trade within ${promised} µs`;
    return { key: 'runtime', detail };
  },
};

export function ruleFaults(target: TargetText): RuleFault[] {
  return Object.entries(RULES).flatMap(([rule, judge]) => {
    const fault = judge(target);
    return fault === undefined ? [] : [{ rule, ...fault }];
  });
}
