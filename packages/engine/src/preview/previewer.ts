// Previews of storms, as the engine gives them. In: a storm that was judged. Out: what it would do,
// computed by a process of its own from a checkpoint of this instant; the live market only stands
// still while that is taken. One at a time: a newer request takes the place of an older one.
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SEVERITY_ONE } from '@wavetank/abi';
import { NATIVE_CODES, NativeError } from '@wavetank/native';
import { StormFault, type StormFaultCode } from '@wavetank/storms';
import { savedStorms } from '../checkpoints.ts';
import type { Engine } from '../engine.ts';
import { ENGINE_CODES, type EngineCode, EngineError } from '../errors.ts';
import { readable } from '../seek/inflated.ts';
import type { StormPlan } from '../storm-start.ts';
import type { Timeline } from '../timeline.ts';
import type { Foreseen, Preview, PreviewBounds, PreviewOrder, PreviewSaid } from './preview.ts';

const PROCESS = fileURLToPath(new URL('./preview-main.ts', import.meta.url));
const BOUNDS: PreviewBounds = { recovery_ms: 60_000, events: 8_000_000, wall_ms: 10_000 };
/** Beyond this the process is taken for hung. */
const HUNG_MS = 20_000;
/** Some 70 ns an order: about 20 ms where time moves, and less than a heartbeat where it stands. */
const ORDERS_MOVING = 300_000;
const ORDERS_STANDING = 2_000_000;
/** Wall time that must pass for each that moving time was held up, as with a run's checkpoints. */
const SPARING = 50;

interface Snapshot {
  epoch: number;
  checkpoint: Buffer;
  stall_ms: number;
}

/** A request that is being served. */
interface Ask {
  /** Names it to whoever cancels it. */
  ticket: string | undefined;
  /** Ends it with this error. */
  end: (why: Error) => void;
  child?: ChildProcess;
}

export class Previewer {
  readonly #engine: Engine;
  readonly #indexDir: string;
  #current: Ask | undefined;
  #notBeforeMs = 0;

  constructor(engine: Engine, indexDir: string) {
    this.#engine = engine;
    this.#indexDir = indexDir;
  }

  async of(plan: StormPlan, ticket: string | undefined): Promise<Preview> {
    const began = performance.now();
    this.#end(new EngineError('PREVIEW_SUPERSEDED', 'a newer preview took its place'));
    let end: Ask['end'] = () => {};
    const ended = new Promise<never>((_, reject) => {
      end = reject;
    });
    const ask: Ask = { ticket, end };
    this.#current = ask;
    try {
      return await Promise.race([this.#serve(ask, plan, began), ended]);
    } finally {
      ask.child?.kill('SIGKILL');
      if (this.#current === ask) this.#current = undefined;
    }
  }

  /** Whoever asked wants it no more; another one's preview goes on. */
  cancel(ticket: string): boolean {
    if (this.#current?.ticket !== ticket) return false;
    this.#end(new EngineError('PREVIEW_CANCELLED', 'the preview was cancelled'));
    return true;
  }

  stop(): void {
    this.#end(new EngineError('PREVIEW_CANCELLED', 'the engine stops'));
  }

  #end(why: Error): void {
    this.#current?.child?.kill('SIGKILL');
    this.#current?.end(why);
    this.#current = undefined;
  }

  async #serve(ask: Ask, plan: StormPlan, began: number): Promise<Preview> {
    const timeline = this.#engine.need();
    await pause(this.#notBeforeMs - performance.now());
    this.#needCurrent(ask, timeline);
    const { checkpoint, epoch, stall_ms } = await this.#engine.controls.at(() => {
      this.#needCurrent(ask, timeline);
      return this.#snapshot(timeline);
    });
    const order = await this.#order(plan, timeline);
    this.#needCurrent(ask, timeline);
    const foreseen = await computed(ask, order, checkpoint);
    this.#needCurrent(ask, timeline);
    const checkpoint_bytes = checkpoint.length;
    const wall_ms = performance.now() - began;
    const cost = { checkpoint_bytes, stall_ms: tenths(stall_ms), wall_ms: tenths(wall_ms) };
    return { ...foreseen, epoch, cost };
  }

  /** One that was ended while it waited goes no further; whoever asked was told why. */
  #needCurrent(ask: Ask, timeline: Timeline): void {
    if (this.#current !== ask) throw new EngineError('PREVIEW_CANCELLED', 'it has ended');
    if (this.#engine.timeline === timeline) return;
    throw new EngineError('PREVIEW_SUPERSEDED', 'another source or place was opened meanwhile');
  }

  #snapshot(timeline: Timeline): Snapshot {
    const { epoch, library, loop } = this.#engine;
    const { live_orders } = timeline.status();
    const moves = loop.playing || loop.stepping;
    if (live_orders > (moves ? ORDERS_MOVING : ORDERS_STANDING)) throw tooLarge(live_orders);
    const began = performance.now();
    const { session, storms } = timeline;
    const checkpoint = session.checkpoint(savedStorms(session, storms, library));
    const stall_ms = performance.now() - began;
    if (moves) this.#notBeforeMs = began + stall_ms * SPARING;
    return { epoch, checkpoint, stall_ms };
  }

  async #order(plan: StormPlan, timeline: Timeline): Promise<PreviewOrder> {
    const { config } = timeline;
    const { digest } = timeline.status().source;
    const read = await readable(config.source, join(this.#indexDir, digest));
    const { kind, severity_ppm, duration_ms, seed, symbol, params } = plan;
    return {
      config,
      source: read ?? config.source,
      digest,
      storms: this.#engine.options.storms ?? [],
      storm: {
        kind: kind.info.name,
        severity: severity_ppm / SEVERITY_ONE,
        duration_ms,
        symbol,
        params,
        ...(seed === undefined ? {} : { seed }),
      },
      code: kind.code,
      bounds: BOUNDS,
    };
  }
}

function tooLarge(orders: number): EngineError {
  const [moving, standing] = [ORDERS_MOVING, ORDERS_STANDING].map((n) => n.toLocaleString('en-US'));
  const detail =
    `${orders.toLocaleString('en-US')} orders are live; a preview takes ${moving} at most ` +
    `while time moves, and ${standing} while it stands`;
  return new EngineError('PREVIEW_TOO_LARGE', detail);
}

const tenths = (ms: number): number => Math.round(ms * 10) / 10;

function pause(ms: number): Promise<void> {
  return ms <= 0 ? Promise.resolve() : new Promise((done) => setTimeout(done, ms));
}

function computed(ask: Ask, order: PreviewOrder, checkpoint: Buffer): Promise<Foreseen> {
  return new Promise((resolve, reject) => {
    const failed = (why: string) => reject(new EngineError('PREVIEW_FAILED', why));
    const child = fork(PROCESS, [JSON.stringify(order)], {
      stdio: ['pipe', 'ignore', 'inherit', 'ipc'],
      timeout: HUNG_MS,
      killSignal: 'SIGKILL',
    });
    ask.child = child;
    child.on('message', (said: PreviewSaid) => {
      if (said.type === 'foreseen') resolve(said.foreseen);
      else reject(refusal(said.code, said.detail));
    });
    child.on('error', (cause) => failed(cause.message));
    child.on('close', (code, signal) => failed(`the process ended: ${signal ?? code}`));
    // A process that ends before it has read everything says why itself.
    child.stdin?.on('error', () => {});
    child.stdin?.end(checkpoint);
  });
}

/** What the process threw, as if it had been thrown here. */
function refusal(code: string, detail: string): Error {
  if (Object.hasOwn(ENGINE_CODES, code)) return new EngineError(code as EngineCode, detail);
  if (Object.hasOwn(NATIVE_CODES, code)) return new NativeError(code, detail);
  return new StormFault(code as StormFaultCode, detail);
}
