// In: a Watch request and the bridge's WebSocket. Out: decoded batches and the state of the link.
// Runs beside the page, so a busy page neither slows the socket nor hides that it went silent.
import { BatchWriter } from './frames.ts';
import { Link, type LinkView, type Probe } from './link.ts';
import type { FromWorker, Watch } from './messages.ts';

const FLUSH_MS = 16;
const WATCHDOG_MS = 100;
const PROBE_MS = 1000;

const now = (): number => performance.now();
const post = (message: FromWorker, transfer: Transferable[] = []): void =>
  postMessage(message, { transfer });

let generation = 0;
let connections = 0;
let watch: Watch | null = null;
let socket: WebSocket | null = null;
let link = new Link(now());
let writer = new BatchWriter('');
let flushTimer: ReturnType<typeof setTimeout> | null = null;
let retryTimer: ReturnType<typeof setTimeout> | null = null;
let probedAt = Number.NEGATIVE_INFINITY;
let lastPosted = '';

addEventListener('message', (event: MessageEvent<Watch>) => {
  watch = event.data;
  generation += 1;
  link = new Link(now());
  connect();
});

function streamUrl(to: Watch): string {
  const url = new URL('/stream', to.origin);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.searchParams.set('format', 'binary');
  if (to.symbol !== '') url.searchParams.set('symbol', to.symbol);
  if (to.token !== '') url.searchParams.set('token', to.token);
  return url.href;
}

function connect(): void {
  if (watch === null) return;
  if (retryTimer !== null) clearTimeout(retryTimer);
  retryTimer = null;
  drop();
  writer = new BatchWriter(watch.symbol);
  connections += 1;
  link.connecting(now());
  const mine = new WebSocket(streamUrl(watch));
  mine.binaryType = 'arraybuffer';
  socket = mine;
  mine.onopen = () => {
    if (socket === mine) link.opened(now());
  };
  mine.onmessage = (event) => {
    if (socket === mine && event.data instanceof ArrayBuffer) receive(event.data);
  };
  mine.onclose = (event) => {
    if (socket === mine) lost(closeReason(event));
  };
}

function receive(bytes: ArrayBuffer): void {
  try {
    writer.push(new Uint8Array(bytes));
    link.accept();
  } catch (cause) {
    link.refuse(cause instanceof Error ? cause.message : String(cause));
    writer = new BatchWriter(watch?.symbol ?? '');
    drop();
    lost('the stream could not be read');
    return;
  }
  if (flushTimer === null) flushTimer = setTimeout(flush, FLUSH_MS);
}

function flush(): void {
  flushTimer = null;
  if (writer.isEmpty) return;
  const batch = writer.take();
  if (batch.heartbeat !== null) link.heartbeat(now(), batch.heartbeat.transport);
  for (const notice of batch.notices) if (notice.notice === 'link') hearBridge(notice.state);
  if (batch.tick !== null) link.tick(now());
  // Once a symbol was found it is asked for by name: the others need not be sent.
  if (watch !== null) watch.symbol = writer.symbol;
  const buffers = [batch.tick_rows.buffer, batch.trade_rows.buffer];
  if (batch.book !== null) buffers.push(batch.book.levels.buffer);
  post({ type: 'batch', generation, connection: connections, batch }, buffers);
  postLink();
}

/** The bridge knows of its engine's death before silence could tell it. */
function hearBridge(state: unknown): void {
  if (state === 'ready') link.probe('engine_up');
  else if (state !== 'connected') link.probe('engine_down');
}

function lost(reason: string): void {
  socket = null;
  const delay = link.closed(now(), reason, Math.random());
  retryTimer = setTimeout(connect, delay);
  postLink();
}

function drop(): void {
  const old = socket;
  socket = null;
  old?.close();
}

function closeReason(event: CloseEvent): string {
  if (event.reason !== '') return event.reason;
  if (event.code === 1013) return 'closed by the bridge: this page was too slow';
  return event.code === 1006 ? 'no answer from the bridge' : `closed with code ${event.code}`;
}

function postLink(): void {
  const view = link.view(now());
  const coarse = coarseText(view);
  if (coarse === lastPosted) return;
  lastPosted = coarse;
  post({ type: 'link', generation, link: view });
}

/** A healthy link is posted when it changes; a sick one also as its ages grow. */
function coarseText(view: LinkView): string {
  const sick = view.phase === 'stale' || view.phase === 'engine_down' || view.phase === 'silent';
  const age = sick ? Math.floor((view.heartbeat_age_ms ?? 0) / 100) : 0;
  const retry = view.retry_in_ms === null ? -1 : Math.ceil(view.retry_in_ms / 1000);
  return [generation, view.phase, view.attempt, view.detail, age, retry].join();
}

/** Why there is no stream: is the bridge there, its engine, the symbol? */
async function askBridge(to: Watch): Promise<Probe> {
  try {
    const ready = await ask(to, '/ready');
    if (!ready.ok) return 'engine_down';
    return to.symbol === '' || (await isKnown(to)) ? 'engine_up' : 'no_symbol';
  } catch {
    return 'unreachable';
  }
}

async function isKnown(to: Watch): Promise<boolean> {
  const answer = await ask(to, `/symbols?query=${encodeURIComponent(to.symbol)}`);
  // Sorted by name, so a symbol comes before those that only begin with it.
  const { symbols } = (await answer.json()) as { symbols?: string[] };
  return !answer.ok || symbols?.[0] === to.symbol;
}

const ask = (to: Watch, path: string): Promise<Response> =>
  fetch(new URL(path, to.origin), {
    signal: AbortSignal.timeout(PROBE_MS),
    headers: to.token === '' ? {} : { authorization: `Bearer ${to.token}` },
  });

function watchdog(): void {
  const at = now();
  if (watch !== null && link.wantsProbe(at) && at - probedAt >= PROBE_MS) {
    probedAt = at;
    const asked = link;
    void askBridge(watch).then((result) => {
      asked.probe(result);
      if (asked === link) postLink();
    });
  }
  postLink();
}

setInterval(watchdog, WATCHDOG_MS);
