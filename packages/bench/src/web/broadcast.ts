// P9: one link, a hundred viewers, 50 turns a second, the bridge beside G6 in turns. What is compared is
// frames delivered for the server's processor time, its kernel work included: on a loaded machine wall time
// says nothing, and at 50 Hz either server is idle most of it. Lateness is from the link's write to the
// viewer's read, in one process.
import type { Result } from '../report.ts';
import { spread } from '../spread.ts';
import { Feeder } from './feeder.ts';
import { type Side, startSide } from './side.ts';
import { TURNS, type Turn } from './turns.ts';
import { Viewers } from './viewers.ts';

const VIEWERS = 100;
const STALLED = 33;
const TURN_MS = 20;
/** Turns under way at once where nothing paces them. */
const WINDOW = 8;
const GIVE_UP_MS = 60_000;

export interface P9Options {
  rounds: number;
  seconds: number;
}

const sleep = (ms: number): Promise<void> => new Promise((resume) => setTimeout(resume, ms));

async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + GIVE_UP_MS;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`${what}: not within ${GIVE_UP_MS / 1000} s`);
    await sleep(2);
  }
}

interface Lap {
  frames: number;
  cpu_us: number;
  wall_ms: number;
  /** Of each frame; the binary form alone. */
  late_ms: number[];
}

/** One server with its link and its viewers. */
class Stand {
  readonly #feeder: Feeder;
  readonly #side: Side;
  readonly #viewers = new Viewers();
  readonly #stalled = new Viewers();
  readonly #sentAt: number[] = [];
  #seq = 0;

  private constructor(feeder: Feeder, side: Side) {
    this.#feeder = feeder;
    this.#side = side;
  }

  static async open(script: string, query: string, stalled = 0): Promise<Stand> {
    const feeder = await Feeder.listen();
    const side = await startSide(script, ['--link', String(feeder.port)]);
    const stand = new Stand(feeder, side);
    await stand.#viewers.open(side.url + query, VIEWERS);
    if (stalled > 0) await stand.#stall(side.url + query, stalled);
    return stand;
  }

  /** Sends until every stalled viewer's buffers are full: each turn then costs each of them a frame. */
  async #stall(url: string, count: number): Promise<void> {
    await this.#stalled.open(url, count);
    this.#stalled.stall();
    const [turn] = TURNS;
    if (turn === undefined) return;
    await until('viewers stall', async () => {
      const before = await this.#dropped();
      await this.flood(turn, 1000);
      for (let i = 0; i < 10; i++) await this.#send(turn);
      return (await this.#dropped()) - before >= count * 10;
    });
  }

  async #dropped(): Promise<number> {
    const status = await (await fetch(`${this.#side.url}/status`)).json();
    return (status as { bridge: { frames_dropped: number } }).bridge.frames_dropped;
  }

  #write(turn: Turn): void {
    this.#sentAt[++this.#seq] = performance.now();
    this.#feeder.send(turn.make(this.#seq));
  }

  async #send(turn: Turn): Promise<void> {
    const wanted = this.#viewers.frames + VIEWERS * turn.frames;
    this.#write(turn);
    await until('a turn', () => this.#viewers.frames >= wanted);
  }

  async #lap(turn: Turn, send: (until_ms: number) => Promise<void>, ms: number): Promise<Lap> {
    const late_ms: number[] = [];
    this.#viewers.seen = (seq) => late_ms.push(performance.now() - (this.#sentAt[seq] ?? 0));
    const [frames, seq, cpu] = [this.#viewers.frames, this.#seq, await this.#side.cpuUs()];
    const began = performance.now();
    await send(began + ms);
    const wanted = frames + (this.#seq - seq) * VIEWERS * turn.frames;
    await until('all frames', () => this.#viewers.frames >= wanted);
    const wall_ms = performance.now() - began;
    const cpu_us = (await this.#side.cpuUs()) - cpu;
    return { frames: this.#viewers.frames - frames, cpu_us, wall_ms, late_ms };
  }

  /** 50 turns a second, on the clock's grid. */
  paced(turn: Turn, ms: number): Promise<Lap> {
    const send = async (until_ms: number): Promise<void> => {
      for (let next = performance.now(); next < until_ms; next += TURN_MS) {
        await sleep(Math.max(0, next - performance.now()));
        this.#write(turn);
      }
    };
    return this.#lap(turn, send, ms);
  }

  /** As fast as it goes: a turn follows when one of those under way has come everywhere. */
  flood(turn: Turn, ms: number): Promise<Lap> {
    const send = async (until_ms: number): Promise<void> => {
      const [frames, seq] = [this.#viewers.frames, this.#seq];
      const full = VIEWERS * turn.frames;
      while (performance.now() < until_ms) {
        const came = Math.floor((this.#viewers.frames - frames) / full);
        while (this.#seq - seq - came < WINDOW) this.#write(turn);
        await new Promise((resume) => setImmediate(resume));
      }
    };
    return this.#lap(turn, send, ms);
  }

  async close(): Promise<void> {
    this.#viewers.close();
    this.#stalled.close();
    await this.#side.close();
    this.#feeder.close();
  }
}

const perCpuMs = ({ frames, cpu_us }: Lap): number => (frames * 1000) / cpu_us;
const perWallS = ({ frames, wall_ms }: Lap): number => (frames * 1000) / wall_ms;

interface Pair {
  ours: number;
  theirs: number;
}

/** Higher is better where the goal is a least. */
function row(
  head: { workload: string; unit: string; against: string; goal: string | null },
  pairs: Pair[],
): Result {
  const { median: value } = spread(pairs.map(({ ours }) => ours));
  const { median: ratio, min, max } = spread(pairs.map(({ ours, theirs }) => ours / theirs));
  const limit = Number(head.goal?.slice(1));
  const met =
    head.goal === null ? null : head.goal.startsWith('≥') ? ratio >= limit : ratio <= limit;
  return { id: 'P9', ...head, value, ratio, min, max, met, digest: null };
}

const quantile = (values: number[], q: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(q * (values.length - 1))] ?? Number.NaN;

type Kind = 'paced' | 'flood';
/** The bridge's lap and those of what it is set beside. */
type Round = Record<Kind, [bridge: Lap, g6: Lap, bare: Lap]>;

const compared = (rounds: Round[], kind: Kind, than: 1 | 2, of: (lap: Lap) => number): Pair[] =>
  rounds.map((round) => ({ ours: of(round[kind][0]), theirs: of(round[kind][than]) }));

async function beside(turn: Turn, stands: Stand[], options: P9Options): Promise<Result[]> {
  const laps = async (one: (stand: Stand) => Promise<Lap>): Promise<Lap[]> => {
    const all: Lap[] = [];
    for (const stand of stands) all.push(await one(stand));
    return all;
  };
  const ms = options.seconds * 1000;
  const rounds: Round[] = [];
  for (let i = 0; i <= options.rounds; i++) {
    const paced = await laps((stand) => stand.paced(turn, ms));
    const flood = await laps((stand) => stand.flood(turn, ms / 2));
    rounds.push({ paced, flood } as Round);
    process.stderr.write('.');
  }
  rounds.shift();
  const what = `${VIEWERS} viewers, ${turn.name}`;
  const rows: Result[] = [];
  for (const kind of ['paced', 'flood'] as const) {
    const workload = `${what}, ${kind === 'paced' ? '50 Hz' : 'no pace'}`;
    const cpu = { workload, unit: 'frames/cpu ms' };
    const wall = { workload, unit: 'frames/s', goal: null };
    rows.push(
      row({ ...cpu, against: 'G6', goal: '≥8' }, compared(rounds, kind, 1, perCpuMs)),
      row({ ...cpu, against: 'bare writes', goal: null }, compared(rounds, kind, 2, perCpuMs)),
    );
    if (kind === 'flood')
      rows.push(row({ ...wall, against: 'G6' }, compared(rounds, kind, 1, perWallS)));
  }
  return rows;
}

/** Healthy viewers of a bridge that has stalled ones, beside those of a bridge that has none. */
async function lateness(stands: [Stand, Stand], options: P9Options): Promise<Result[]> {
  const [turn] = TURNS;
  if (turn === undefined) return [];
  const pairs: { p50: Pair; p99: Pair }[] = [];
  for (let i = 0; i <= options.rounds; i++) {
    const slow = await stands[0].paced(turn, options.seconds * 1000);
    const none = await stands[1].paced(turn, options.seconds * 1000);
    const at = (q: number): Pair => ({
      ours: quantile(slow.late_ms, q),
      theirs: quantile(none.late_ms, q),
    });
    pairs.push({ p50: at(0.5), p99: at(0.99) });
    process.stderr.write('.');
  }
  pairs.shift();
  const head = { unit: 'ms', against: 'none stalled', goal: '≤2' };
  const what = `of ${VIEWERS} viewers beside ${STALLED} stalled ones, 50 Hz`;
  return [
    row(
      { workload: `median lateness ${what}`, ...head },
      pairs.map(({ p50 }) => p50),
    ),
    row(
      { workload: `p99 lateness ${what}`, ...head },
      pairs.map(({ p99 }) => p99),
    ),
  ];
}

export async function broadcastRows(options: P9Options): Promise<Result[]> {
  const binary = '/stream?format=binary';
  const ours = await Stand.open('bridge-side.ts', binary);
  const theirs = await Stand.open('gauge-side.ts', '/');
  const bare = await Stand.open('bare-side.ts', '/');
  const slow = await Stand.open('bridge-side.ts', binary, STALLED);
  try {
    const rows: Result[] = [];
    for (const turn of TURNS) rows.push(...(await beside(turn, [ours, theirs, bare], options)));
    rows.push(...(await lateness([slow, ours], options)));
    return rows;
  } finally {
    process.stderr.write('\n');
    await Promise.all([ours.close(), theirs.close(), bare.close(), slow.close()]);
  }
}
