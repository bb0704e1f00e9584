// In: the symbol a person follows. Out: batches and link states applied to the desk, as they come.
// Owns the stream worker; knows neither React nor charts.
import type { Desk } from '../model/desk.ts';
import { fetchPast } from './history.ts';
import type { FromWorker, Watch } from './messages.ts';

export class Client {
  private readonly worker: Worker;
  private readonly desk: Desk;
  private readonly changed: () => void;
  private readonly token: string;
  private generation = 0;
  private recalled = '';

  constructor(desk: Desk, token: string, changed: () => void) {
    this.desk = desk;
    this.token = token;
    this.changed = changed;
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
  }

  /** A timeline this page sees for the first time has a past that the bridge may know. */
  private recall(): void {
    const { header, tick, symbol } = this.desk;
    if (header === null || tick === null) return;
    const timeline = `${this.generation} ${header.engine_pid} ${header.epoch}`;
    if (timeline === this.recalled) return;
    this.recalled = timeline;
    const grid = { tick_size: Math.max(1, tick.tick_size), epoch: header.epoch };
    fetchPast(symbol, tick.ts_run_ns / 1e9, grid).then(
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
