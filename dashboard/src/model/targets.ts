// In: what the bridge lists of its targets. Out: each service level with its bound and what was measured,
// and what a storm did to a target, in words. Knows no page.
import { countText, moneyText, nsText, significant } from './format.ts';

export interface TargetState {
  bot: string | null;
  equity: number | null;
  currency: string | null;
  total_trades: number | null;
  wins: number | null;
  losses: number | null;
  realized_pnl: number | null;
  unrealized_pnl: number | null;
}

type Level =
  | 'offline_ms'
  | 'answer_ms_p99'
  | 'reaction_ms'
  | 'recovery_ms'
  | 'staleness_ms'
  | 'tick_to_trade_us_p99';

export interface TargetStorm {
  storm_id: number;
  pnl_delta: number | null;
  reaction_ms: number | null;
  reaction: string | null;
  recovery_ms: number | null;
}

/** Of the run under way, else of the last one. */
export interface TargetScore {
  max_drawdown: number | null;
  answer_ms_p50: number | null;
  answer_ms_p99: number | null;
  outages: number;
  offline_ms_max: number;
  staleness_ms_max: number | null;
  tick_to_trade_us_p99: number | null;
  storms: TargetStorm[];
  slo_breaches: { slo: Level; limit: number; measured: number; storm_id: number | null }[];
}

export interface Target {
  name: string;
  url: string;
  /** Null before the first poll. */
  online: boolean | null;
  reason: string | null;
  latency_class: string | null;
  clock: string;
  slo: Record<Level, number | null>;
  state: TargetState | null;
  score: TargetScore | null;
}

export interface Band {
  title: string;
  unit: string;
  limit: number;
  /** Null: nothing was measured yet. */
  measured: number | null;
  isBroken: boolean;
}

const LEVELS: Record<Level, [title: string, unit: string]> = {
  offline_ms: ['away', 'ms'],
  answer_ms_p99: ['answer p99', 'ms'],
  staleness_ms: ['data age', 'ms'],
  tick_to_trade_us_p99: ['tick to trade p99', 'µs'],
  reaction_ms: ['reaction', 'ms'],
  recovery_ms: ['recovery', 'ms'],
};

/** The service levels that are judged for this target. */
export function bandsOf({ slo, score }: Target): Band[] {
  return (Object.keys(LEVELS) as Level[]).flatMap((level) => {
    const limit = slo[level];
    if (limit === null) return [];
    const [title, unit] = LEVELS[level];
    const breach = score?.slo_breaches.find((one) => one.slo === level);
    const measured = breach?.measured ?? (score === null ? null : measuredOf(score, level));
    return [{ title, unit, limit, measured, isBroken: breach !== undefined }];
  });
}

const MEASURED: Record<Level, (score: TargetScore) => number | null> = {
  offline_ms: (score) => score.offline_ms_max,
  answer_ms_p99: (score) => score.answer_ms_p99,
  staleness_ms: (score) => score.staleness_ms_max,
  tick_to_trade_us_p99: (score) => score.tick_to_trade_us_p99,
  reaction_ms: (score) => longest(score.storms.map((storm) => storm.reaction_ms)),
  recovery_ms: (score) => longest(score.storms.map((storm) => storm.recovery_ms)),
};

const measuredOf = (score: TargetScore, level: Level): number | null => MEASURED[level](score);

const longest = (values: (number | null)[]): number | null => {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
};

/** `✓ 4 levels kept`, or the first that is broken; what was not measured is not called kept. */
export function levelWords(target: Target): string {
  const bands = bandsOf(target);
  const broken = bands.filter((band) => band.isBroken);
  const first = broken[0];
  if (first === undefined) {
    if (bands.length === 0) return 'no service level';
    const kept = bands.filter(({ measured }) => measured !== null).length;
    const levels = (count: number): string => `${count} ${count === 1 ? 'level' : 'levels'}`;
    if (kept === 0) return `${levels(bands.length)}, none measured yet`;
    const open = bands.length - kept;
    return `✓ ${levels(kept)} kept${open === 0 ? '' : `, ${open} unmeasured`}`;
  }
  const more = broken.length > 1 ? `, +${broken.length - 1}` : '';
  return `✗ ${first.title} ${bandText(first)}${more}`;
}

/** All that are broken, for who points at the first. */
export function brokenWords(target: Target): string {
  const broken = bandsOf(target).filter((band) => band.isBroken);
  return broken.map((band) => `${band.title} ${bandText(band)}`).join(', ');
}

const NEXT_UNIT: Record<string, string> = { ms: 's', µs: 'ms' };

/** `620 of 1,000 ms`; in the next unit, `4.25 of 1.00 s`, where both are thousands. */
export function bandText({ measured, limit, unit }: Band): string {
  const isLong = Math.min(limit, measured ?? limit) >= 1000;
  const scale = isLong ? 1000 : 1;
  const text = (value: number): string =>
    value / scale >= 1000 ? countText(value / scale) : significant(value / scale);
  const found = measured === null ? '–' : text(measured);
  return `${found} of ${text(limit)} ${isLong ? (NEXT_UNIT[unit] ?? unit) : unit}`;
}

/** `#3 −173.81, reacted after 620 ms by its orders, steady after 8.0 s`. */
export function stormWords(storm: TargetStorm): string {
  const { pnl_delta, reaction_ms, reaction, recovery_ms } = storm;
  const delta = pnl_delta === null ? 'delta unknown' : moneyText(pnl_delta, '');
  const reacted =
    reaction_ms === null
      ? 'no reaction seen'
      : `reacted after ${spanText(reaction_ms)} by its ${reaction}`;
  const steady = recovery_ms === null ? '' : `, steady after ${spanText(recovery_ms)}`;
  return `#${storm.storm_id} ${delta}, ${reacted}${steady}`;
}

const spanText = (ms: number): string => (ms === 0 ? '0 s' : nsText(ms * 1e6));
