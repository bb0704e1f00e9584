// In: a running Node process and the port its inspector would take. Out: the memory it truly holds: what is in use,
// on the heap and beside it, after a collection.
import { WebSocket } from 'ws';

const WITHIN_MS = 10_000;
const AGAIN_MS = 50;
const IN_USE = '(({ heapUsed, external }) => heapUsed + external)(process.memoryUsage())';

export class Inspected {
  readonly #socket: WebSocket;
  #id = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  /** The signal opens the inspector; without it the process runs as it always does. */
  static async open(pid: number, port: number): Promise<Inspected> {
    process.kill(pid, 'SIGUSR1');
    const until = Date.now() + WITHIN_MS;
    for (;;) {
      const found = await fetch(`http://127.0.0.1:${port}/json/list`).catch(() => null);
      if (found === null) {
        if (Date.now() > until) throw new Error(`no inspector of ${pid} on port ${port}`);
        await new Promise((resume) => setTimeout(resume, AGAIN_MS));
        continue;
      }
      const [target] = (await found.json()) as { webSocketDebuggerUrl: string }[];
      const socket = new WebSocket(target?.webSocketDebuggerUrl ?? '');
      await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
      return new Inspected(socket);
    }
  }

  /** MB. */
  async memory(): Promise<number> {
    await this.#call('HeapProfiler.collectGarbage', {});
    const told = await this.#call('Runtime.evaluate', { expression: IN_USE });
    return (told as { result: { value: number } }).result.value / 1e6;
  }

  #call(method: string, params: object): Promise<unknown> {
    const id = ++this.#id;
    return new Promise((resolve) => {
      const hear = (data: unknown): void => {
        const said = JSON.parse(String(data)) as { id?: number; result: unknown };
        if (said.id !== id) return;
        this.#socket.off('message', hear);
        resolve(said.result);
      };
      this.#socket.on('message', hear);
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
  }

  close(): void {
    this.#socket.terminate();
  }
}
