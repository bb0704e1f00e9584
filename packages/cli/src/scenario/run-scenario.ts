// Executes a scenario. In: a scenario, a tank that stands open. Out: a report, and a run folder that was
// closed. Storms are dated, and the run begins and ends while time stands: the same scenario gives the
// same run. With a live target time never stands; the target keeps its own.
import type { RunFile } from '@wavetank/recorder';
import {
  type Ending,
  type Judged,
  judgeAll,
  reportOf,
  type Scenario,
  type ScenarioReport,
  venueText,
} from '@wavetank/scenario';
import { Meter } from './meter.ts';
import { approach, type Tank, until } from './tank.ts';

const NS_PER_MS = 1_000_000;
const WHO = 'scenario';

export interface RunWords {
  /** As the person typed it. */
  file: string;
  /** Runs it again, from a shell. */
  command: string;
  expected_run_digest: string | null;
  /** Called each virtual second with ms since the run began. */
  progress: (ms: number) => void;
}

/** What the run was cut short by. */
type Cut = Pick<Ending, 'cause' | 'reason'>;

class Refusal extends Error {}

export class ScenarioRun {
  readonly #scenario: Scenario;
  readonly #tank: Tank;
  readonly #words: RunWords;
  readonly #meter: Meter;
  readonly #doubts: string[] = [];
  #startNs = 0;
  #fired = 0;
  #cut: Cut | undefined;
  #stand: () => void = () => {};
  #steady: Judged[] | undefined;
  #aborts: Judged[] = [];

  constructor(scenario: Scenario, tank: Tank, words: RunWords) {
    this.#scenario = scenario;
    this.#tank = tank;
    this.#words = words;
    this.#meter = new Meter(scenario, tank, () => this.#second());
  }

  /** Ends the run early, from outside. */
  interrupt(reason: string): void {
    this.#end({ cause: 'aborted', reason });
  }

  async execute(): Promise<ScenarioReport> {
    const { engine } = this.#tank;
    await approach(this.#tank, this.#scenario, () => this.#meter.look());
    await this.#begin();
    const started = this.#date();
    if (this.#cut === undefined) await this.#toTheEnd();
    if (this.#cut === undefined && this.#steady === undefined) this.#judgeSteady();
    engine.controls.refuseDated(new Refusal());
    await Promise.all(started);
    this.#meter.recover();
    return this.#report(await this.#stop());
  }

  /** A live target must never see time stand. */
  get #live(): boolean {
    return this.#scenario.target !== undefined;
  }

  async #begin(): Promise<void> {
    const { engine, bridge } = this.#tank;
    if (this.#live) engine.loop.play(true);
    const note = this.#scenario.name.slice(0, 200);
    const symbols = [...this.#scenario.symbols];
    const { started_ts_ns } = await bridge.parts.recording.start({ symbols, who: WHO, note });
    this.#startNs = started_ts_ns;
    this.#meter.begin(started_ts_ns);
  }

  /** Everything that has a moment, in order; each promise settles when its storm started or not. */
  #date(): Promise<void>[] {
    const { engine } = this.#tank;
    const { phases } = this.#scenario;
    const first = phases[0]?.at_ms ?? this.#lengthMs();
    if (first !== undefined) {
      // The last quantum before the first storm.
      const before = this.#startNs + (first - 1) * NS_PER_MS;
      const judged = engine.controls.atNs(before, () => this.#judgeSteady());
      judged.catch((cause: Error) => this.#doubt('steady_state was not judged', cause));
    }
    return phases.map(async ({ at_ms, ...storm }, i) => {
      const at = Math.round(this.#startNs / NS_PER_MS) + at_ms;
      try {
        await engine.request('storm.start', { ...storm, at_ms: at, who: WHO });
        this.#fired++;
      } catch (cause) {
        this.#doubt(`phases.${i}: ${storm.kind} did not start`, cause as Error);
      }
    });
  }

  #doubt(what: string, cause: Error): void {
    if (!(cause instanceof Refusal)) this.#doubts.push(`${what}: ${cause.message}`);
  }

  #judgeSteady(): void {
    this.#steady = judgeAll(this.#scenario.steady_state, this.#meter.calm());
    if (this.#steady.some(({ outcome }) => outcome !== 'holds')) {
      this.#end({ cause: 'steady_state', reason: null });
    }
  }

  #second(): void {
    const { engine } = this.#tank;
    this.#words.progress((engine.need().session.nowNs() - this.#startNs) / NS_PER_MS);
    this.#aborts = judgeAll(this.#scenario.abort_if, this.#meter.sofar());
    const met = this.#aborts.find(({ outcome }) => outcome === 'holds');
    if (met !== undefined) this.#end({ cause: 'abort_if', reason: `${met.assertion.text} held` });
  }

  #end(cut: Cut): void {
    this.#cut ??= cut;
    this.#tank.engine.controls.refuseDated(new Refusal());
    this.#stand();
  }

  #lengthMs(): number | undefined {
    const { duration_ms, until_ms } = this.#scenario;
    if (until_ms === undefined) return duration_ms;
    return until_ms - Math.round(this.#startNs / NS_PER_MS);
  }

  /** Where the window ends; 0 where the source's end is meant. */
  #endMs(): number {
    const length = this.#lengthMs();
    return length === undefined ? 0 : Math.round(this.#startNs / NS_PER_MS) + length;
  }

  /** Settles at the end of the window, of the source, or where the run was cut. */
  async #toTheEnd(): Promise<void> {
    const { loop, controls } = this.#tank.engine;
    const length = this.#lengthMs();
    const end = length === undefined ? Number.MAX_SAFE_INTEGER : this.#startNs + length * NS_PER_MS;
    if (this.#live) {
      const cut = new Promise<void>((resolve) => {
        this.#stand = resolve;
      });
      // Refused when the run is cut or the source ends.
      const arrived = controls.atNs(end, () => {}).catch(() => {});
      await Promise.race([arrived, cut]);
    } else {
      this.#stand = () => loop.stand();
      await loop.playTo(end);
    }
  }

  /** The run is closed by us, by the end of the source, or by what aborted it. */
  async #stop(): Promise<RunFile> {
    const { recording } = this.#tank.bridge.parts;
    const cut = this.#cut?.cause ?? 'stop';
    const cause = cut === 'aborted' ? 'shutdown' : cut;
    if (this.#tank.engine.need().ended) await until(() => recording.run === undefined);
    const closing = recording.run === undefined ? undefined : recording.stop(cause);
    await (closing ?? until(() => recording.state === 'idle'));
    if (recording.last === undefined) throw new Error('the bridge closed no run');
    return recording.last;
  }

  #report(run: RunFile): ScenarioReport {
    const { expected_run_digest, file } = this.#words;
    const scenario = this.#scenario;
    const measured = this.#meter.whole(run);
    const run_digest = run.run_digest ?? '';
    return reportOf({
      scenario,
      file,
      repeat: this.#repeat(expected_run_digest ?? run_digest),
      expected_run_digest,
      ending: this.#ending(run),
      run: {
        run_id: run.run_id,
        dir: '',
        class: run.class,
        source: run.inputs[0]?.digest ?? '',
        started_at_ms: this.#startNs / NS_PER_MS,
        ended_at_ms: (run.ended_ts_ns ?? 0) / NS_PER_MS,
        end_seq: run.end_seq ?? 0,
        run_digest,
        market_digest: run.market_digest ?? '',
        verdict: this.#live ? run.verdict : null,
      },
      storms: this.#meter.storms.list(),
      steady_state: this.#steady ?? [],
      expect: judgeAll(scenario.expect, measured),
      abort_if: this.#aborts,
      measured,
    });
  }

  /** A run that a live target or an accident ended has a digest of its own. */
  #repeat(digest: string): string {
    const { command } = this.#words;
    const same = !this.#live && this.#cut?.cause !== 'aborted';
    return same ? `${command} --expect-digest ${digest}` : command;
  }

  #ending(run: RunFile): Ending {
    const doubts = [...this.#doubts];
    const ended_ms = Math.round((run.ended_ts_ns ?? 0) / NS_PER_MS);
    if (this.#cut === undefined && ended_ms < this.#endMs()) {
      const what =
        run.stop_cause === 'source_end' ? 'the source ended' : 'somebody stopped the run';
      doubts.push(`${what} at ${venueText(ended_ms)}, before its end`);
    }
    if (run.storms_fired.length > this.#fired) doubts.push('somebody else fired a storm');
    if (run.verdict === 'INCONCLUSIVE') doubts.push(...run.verdict_reasons);
    if (run.status === 'aborted') {
      return { cause: 'aborted', reason: this.#cut?.reason ?? run.stop_cause, doubts };
    }
    const whole: Cut = { cause: 'complete', reason: null };
    return { ...(this.#cut ?? whole), doubts };
  }
}
