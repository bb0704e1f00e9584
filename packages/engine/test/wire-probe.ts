// A client for tests: a real socket, frames decoded and kept, requests answered, no sleeps.
import { connect, type Socket } from 'node:net';
import {
  controlFrame,
  decodeChaosFrame,
  decodeHeaderFrame,
  decodeHeartbeatFrame,
  decodeMessage,
  decodeStormFrame,
  decodeTickFrame,
  FrameFlags,
  FrameKind,
  FrameSplitter,
  type HeaderFrame,
  type HeartbeatFrame,
  payloadKind,
  type StormFrame,
  type TickFrame,
} from '@wavetank/abi';

export interface Answer {
  ok: boolean;
  // biome-ignore lint/suspicious/noExplicitAny: answers differ by method, and tests read them freely
  result?: any;
  error?: { status: number; code: string; title: string; detail: string };
}

export interface Notice {
  notice: string;
  [field: string]: unknown;
}

/** Everything a connection has brought. */
export class WireProbe {
  readonly kinds: number[] = [];
  readonly headers: HeaderFrame[] = [];
  readonly heartbeats: HeartbeatFrame[] = [];
  readonly ticks: TickFrame[] = [];
  readonly storms: StormFrame[] = [];
  readonly notices: Notice[] = [];
  flags = 0;
  readonly socket: Socket;
  readonly #splitter = new FrameSplitter();
  readonly #answers = new Map<number, (answer: Answer) => void>();
  #waiting: Array<() => void> = [];
  #id = 0;

  constructor(port: number) {
    this.socket = connect(port, '127.0.0.1');
    this.socket.on('data', (chunk: Buffer) => {
      this.#splitter.push(chunk, (payload) => this.#take(payload));
      const waiting = this.#waiting;
      this.#waiting = [];
      for (const look of waiting) look();
    });
    this.socket.on('error', () => {});
  }

  #take(payload: DataView): void {
    const kind = payloadKind(payload);
    this.kinds.push(kind);
    if (kind === FrameKind.Header) this.headers.push(decodeHeaderFrame(payload));
    if (kind === FrameKind.Heartbeat) this.heartbeats.push(decodeHeartbeatFrame(payload));
    if (kind === FrameKind.Tick) this.ticks.push(decodeTickFrame(payload));
    if (kind === FrameKind.Storm) this.storms.push(decodeStormFrame(payload));
    if (kind === FrameKind.Chaos) this.flags += decodeChaosFrame(payload).flag_no > 0 ? 1 : 0;
    if (kind === FrameKind.Answer) this.#hear(payload);
  }

  #hear(payload: DataView): void {
    const { id, body } = decodeMessage(payload);
    if (id === 0) this.notices.push(body as Notice);
    else this.#answers.get(id)?.(body as Answer);
  }

  /** Asks and waits for the answer. */
  ask(method: string, params: object = {}): Promise<Answer> {
    const id = ++this.#id;
    return new Promise((resolve) => {
      this.#answers.set(id, resolve);
      this.socket.write(controlFrame(id, { method, params }));
    });
  }

  /** Asks for something that must work. */
  // biome-ignore lint/suspicious/noExplicitAny: as in Answer
  async must(method: string, params: object = {}): Promise<any> {
    const answer = await this.ask(method, params);
    if (!answer.ok) throw new Error(`${method}: ${answer.error?.code}: ${answer.error?.detail}`);
    return answer.result;
  }

  /** Waits until what was brought satisfies a condition. */
  async until<T>(condition: (probe: WireProbe) => T | undefined | false): Promise<T> {
    for (;;) {
      const found = condition(this);
      if (found !== undefined && found !== false) return found;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** Ticks of the record class. */
  get record(): TickFrame[] {
    return this.ticks.filter((tick) => (tick.frame_flags & FrameFlags.RECORD) !== 0);
  }

  /** Waits for a record tick at or after a virtual time. */
  reaches(ns: number): Promise<TickFrame> {
    return this.until((probe) => probe.record.find((tick) => tick.ts_run_ns >= ns));
  }

  notice(name: string): Promise<Notice> {
    return this.until((probe) => probe.notices.find((each) => each.notice === name));
  }

  close(): Promise<void> {
    if (this.socket.closed) return Promise.resolve();
    return new Promise((resolve) => {
      this.socket.once('close', () => resolve());
      this.socket.destroy();
    });
  }
}
