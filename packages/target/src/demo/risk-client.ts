// In: orders and fills of the stand-in. Out: the gate's decision over REST. A gate that cannot be
// asked refuses: fail-closed, as a real bot should be.
import { request } from 'node:http';

export interface RiskOrder {
  /** Name of the gate; without one the bridge's only target. */
  target?: string;
  symbol: string;
  side: 'buy' | 'sell';
  price: number;
  qty: number;
  order_id: string;
}

export interface RiskDecision {
  allowed: boolean;
  reason: string;
}

/** What judges orders and hears of fills. */
export interface Gate {
  check(order: RiskOrder): Promise<RiskDecision>;
  /** Tells of a fill; with quantity 0 and `done`, of a cancel. */
  fill(order: RiskOrder, done: boolean): Promise<boolean>;
}

const DEADLINE_MS = 1000;
const ANSWER_BYTES_MAX = 64 * 1024;

export class RiskClient implements Gate {
  readonly #base: URL;
  readonly #token: string | undefined;

  constructor(bridge: string, token?: string) {
    this.#base = new URL(bridge);
    this.#token = token;
  }

  async check(order: RiskOrder): Promise<RiskDecision> {
    try {
      const answer = await this.#post('/risk/check', order);
      const { allowed, reason, code } = answer as { [key: string]: unknown };
      return { allowed: allowed === true, reason: String(reason ?? code ?? 'accepted') };
    } catch (cause) {
      return { allowed: false, reason: `gate unreachable: ${(cause as Error).message}` };
    }
  }

  async fill(order: RiskOrder, done: boolean): Promise<boolean> {
    try {
      await this.#post('/risk/fill', { ...order, done });
      return true;
    } catch {
      return false;
    }
  }

  #post(path: string, body: object): Promise<unknown> {
    const text = JSON.stringify(body);
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
      ...(this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` }),
    };
    return new Promise((resolve, reject) => {
      const url = new URL(path, this.#base);
      const signal = AbortSignal.timeout(DEADLINE_MS);
      const call = request(url, { method: 'POST', headers, signal }, (answer) => {
        let read = '';
        answer.setEncoding('utf8');
        answer.on('data', (chunk: string) => {
          read += chunk;
          if (read.length > ANSWER_BYTES_MAX) call.destroy(new Error('answer too large'));
        });
        answer.on('error', reject);
        answer.on('end', () => {
          try {
            resolve(JSON.parse(read));
          } catch (cause) {
            reject(cause);
          }
        });
      });
      call.on('error', reject);
      call.end(text);
    });
  }
}
