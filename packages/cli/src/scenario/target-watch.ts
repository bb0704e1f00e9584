// What targets did during a run, as the bridge polls them. In: the bridge's parts and the run. Out:
// figures by the names of measures; of several targets, those of the worst. Polls nothing itself.
import type { RunningBridge } from '@wavetank/bridge';
import type { RunFile, RunTarget } from '@wavetank/recorder';
import { known, type RunFigures, VERDICTS } from '@wavetank/scenario';
import type { Poll } from '@wavetank/target';

type Figures = { [name: string]: number | null };

/** Where the least of several targets is the worst; elsewhere the most is. */
const LEAST = new Set(['pnl_delta', 'equity', 'trades', 'win_rate']);

/** How long a target was away, as its polls tell it. */
class Absence {
  #sinceMs: number | undefined;
  #longestMs = 0;

  /** The longest so far, one that goes on included. */
  take(poll: Poll | undefined, now_ms: number): number {
    if (poll?.online === false) this.#sinceMs ??= poll.at_wall_ms;
    if (this.#sinceMs === undefined || poll === undefined) return this.#longestMs;
    const until = poll.online ? poll.at_wall_ms : now_ms;
    this.#longestMs = Math.max(this.#longestMs, until - this.#sinceMs);
    if (poll.online) this.#sinceMs = undefined;
    return this.#longestMs;
  }
}

export class TargetWatch {
  readonly #parts: RunningBridge['parts'];
  readonly #now: () => number;
  readonly #absences: Absence[];

  constructor(parts: RunningBridge['parts'], now: () => number) {
    this.#parts = parts;
    this.#now = now;
    this.#absences = parts.targets.all.map(() => new Absence());
  }

  /** Of the run under way, or of one that was closed. */
  figures(run: RunFile): RunFigures {
    const each = run.targets.map((target, i) => this.#one(target, i));
    const figures: RunFigures = {};
    for (const name of Object.keys(each[0] ?? {})) {
      const values = each.map((one) => one[name] ?? null);
      const sure = values.filter((value) => value !== null);
      const worst = LEAST.has(name) ? Math.min(...sure) : Math.max(...sure);
      const told = sure.length === values.length;
      const why = 'a target did not tell';
      figures[`target.${name}`] = told ? known(worst) : { state: 'unknown', why };
    }
    const place = VERDICTS.indexOf(run.verdict ?? '');
    const why = `the verdict is ${run.verdict ?? 'not there yet'}`;
    figures['target.verdict'] = place < 0 ? { state: 'unknown', why } : known(place);
    return figures;
  }

  #one(target: RunTarget, i: number): Figures {
    const poll = this.#parts.targets.all[i]?.poller.last;
    const away = this.#absences[i]?.take(poll, this.#now()) ?? 0;
    const equity = target.end_equity ?? (poll?.online ? poll.state.equity : null);
    const { start_equity, delta, score } = target;
    const now = equity === null || start_equity === null ? null : equity - start_equity;
    const storms = score?.storms ?? [];
    return {
      pnl_delta: delta ?? now,
      equity,
      offline_ms: score?.offline_ms_max ?? away,
      outages: target.outages,
      trades: target.total_trades,
      win_rate: target.win_rate,
      max_drawdown: score?.max_drawdown ?? null,
      answer_ms_p99: score?.answer_ms_p99 ?? null,
      reaction_ms: longest(storms.map((storm) => storm.reaction_ms)),
      recovery_ms: longest(storms.map((storm) => storm.recovery_ms)),
      slo_breaches: score?.slo_breaches.length ?? null,
    };
  }
}

/** Null unless each is known. */
function longest(values: readonly (number | null)[]): number | null {
  const sure = values.filter((value) => value !== null);
  return sure.length === 0 || sure.length < values.length ? null : Math.max(...sure);
}
