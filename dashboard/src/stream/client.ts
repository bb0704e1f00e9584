// In: the symbol a person follows. Out: batches and link states applied to the desk, as they come.
// Owns the stream worker; knows neither React nor charts.
import type { Desk } from '../model/desk.ts';
import type { FromWorker, Watch } from './messages.ts';

export class Client {
  private readonly worker: Worker;
  private readonly desk: Desk;
  private readonly changed: () => void;
  private readonly token: string;
  private generation = 0;

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
  }

  private fail(why: string): void {
    const detail = `the stream worker failed: ${why}`;
    this.desk.link = { ...this.desk.link, phase: 'incompatible', detail };
    this.changed();
  }
}
