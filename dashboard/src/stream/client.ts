// In: the symbol a person follows. Out: batches and link states applied to the desk, as they come.
// Owns the stream worker; knows neither React nor charts.
import type { Desk } from '../model/desk.ts';
import { fetchPast } from './history.ts';
import type { FromWorker, Watch } from './messages.ts';
import { findSymbols } from './symbols.ts';

export interface ClientOptions {
  token: string;
  changed: () => void;
  /** Follows a symbol that the page chose by itself. */
  follow: (symbol: string) => void;
}

/** Ticks of what somebody else watches come every 20 ms, the newest at once. */
const CHOOSE_AFTER_MS = 60;

export class Client {
  private readonly worker: Worker;
  private readonly desk: Desk;
  private readonly changed: () => void;
  private readonly token: string;
  private generation = 0;
  private recalled = '';
  private isChoosing = false;
  private readonly follow: (symbol: string) => void;

  constructor(desk: Desk, options: ClientOptions) {
    this.desk = desk;
    this.token = options.token;
    this.changed = options.changed;
    this.follow = options.follow;
    this.worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    this.worker.onmessage = (event: MessageEvent<FromWorker>) => this.take(event.data);
    this.worker.onerror = (event) => this.fail(event.message);
  }

  watch(symbol: string): void {
    this.generation += 1;
    const request: Watch = {
      type: 'watch',
      origin: location.origin,
      symbol,
      token: this.token,
    };
    this.worker.postMessage(request);
  }

  private take(message: FromWorker): void {
    if (message.generation !== this.generation) return;
    if (message.type === 'batch') this.desk.apply(message.batch, message.connection);
    else this.desk.link = message.link;
    this.changed();
    this.recall();
    this.choose();
  }

  /** Nothing is watched and nobody asked: the first symbol of the source is better than none. */
  private choose(): void {
    const { heartbeat, symbol } = this.desk;
    if (symbol !== '' || heartbeat === null || this.isChoosing) return;
    this.isChoosing = true;
    setTimeout(async () => {
      const found = this.desk.symbol === '' ? await findSymbols('').catch(() => []) : [];
      if (found[0] !== undefined && this.desk.symbol === '') this.follow(found[0]);
      this.isChoosing = false;
    }, CHOOSE_AFTER_MS);
  }

  /** A timeline this page sees for the first time has a past that the bridge may know. */
  private recall(): void {
    const { header, tick, symbol } = this.desk;
    if (header === null || tick === null) return;
    const timeline = `${this.generation} ${header.engine_pid} ${header.epoch}`;
    if (timeline === this.recalled) return;
    this.recalled = timeline;
    const line = { epoch: header.epoch, tick_size: Math.max(1, tick.tick_size) };
    fetchPast(symbol, tick.ts_run_ns / 1e9, line).then(
      ({ rows, count }) => {
        if (timeline === this.recalled) this.desk.remember(rows, count);
        this.changed();
      },
      // Without its past the page still shows what comes; the next timeline asks again.
      () => undefined,
    );
  }

  private fail(why: string): void {
    const detail = `the stream worker failed: ${why}`;
    this.desk.link = { ...this.desk.link, phase: 'incompatible', detail };
    this.changed();
  }
}
