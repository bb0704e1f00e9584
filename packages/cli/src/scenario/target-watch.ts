// What a target did during a run, as the bridge polls it. In: the bridge's parts. Out: figures by the
// names of measures. Polls nothing itself.
import type { RunningBridge } from '@wavetank/bridge';
import type { RunFile } from '@wavetank/recorder';
import { known, type RunFigures, VERDICTS } from '@wavetank/scenario';

export class TargetWatch {
  readonly #parts: RunningBridge['parts'];
  readonly #now: () => number;
  #offlineMs = 0;
  #offlineSince: number | undefined;

  constructor(parts: RunningBridge['parts'], now: () => number) {
    this.#parts = parts;
    this.#now = now;
  }

  /** Takes the newest poll into account. */
  look(): void {
    const poll = this.#parts.poller.last;
    if (poll === undefined) return;
    if (!poll.online) {
      this.#offlineSince ??= poll.at_wall_ms;
    } else if (this.#offlineSince !== undefined) {
      this.#offlineMs += poll.at_wall_ms - this.#offlineSince;
      this.#offlineSince = undefined;
    }
  }

  /** Of the run under way, or of one that was closed. */
  figures(run: RunFile): RunFigures {
    this.look();
    const { target } = run;
    const poll = this.#parts.poller.last;
    const equity = target.end_equity ?? (poll?.online ? poll.state.equity : null);
    const since = this.#offlineSince;
    const offline = this.#offlineMs + (since === undefined ? 0 : this.#now() - since);
    const delta =
      equity === null || target.start_equity === null ? null : equity - target.start_equity;
    const figures: RunFigures = {
      'target.offline_ms': known(offline),
      'target.outages': known(target.outages),
    };
    const tell = (name: string, value: number | null, why: string) => {
      figures[name] = value === null ? { state: 'unknown', why } : known(value);
    };
    tell('target.pnl_delta', target.delta ?? delta, 'the target did not tell its equity');
    tell('target.equity', equity, 'the target did not tell its equity');
    tell('target.trades', target.total_trades, 'the target did not tell');
    tell('target.win_rate', target.win_rate, 'the target did not tell');
    const place = VERDICTS.indexOf(run.verdict ?? '');
    tell(
      'target.verdict',
      place < 0 ? null : place,
      `the verdict is ${run.verdict ?? 'not there yet'}`,
    );
    return figures;
  }
}
