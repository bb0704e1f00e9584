// `pnpm bench:delivery`: what a target behind LatencyArbProxy receives, measured at two sockets of one
// desk: a viewer and a target. In: virtual seconds. Out: how late the target's messages are against the
// viewer's, beside the schedule's own figures. Wall time is what is measured here.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { StormLibrary } from '@wavetank/engine';
import { ROOT } from './native.ts';

const KIND = 'LatencyArbProxy';
const SYMBOL = 'SYN001';
const LATE_MS = 10;
/** A pair of sockets of one process differs by less, unless a stall is between them. */
const UNDELAYED_MS = 2;
const WARM_MS = 3_000;
const NS_PER_MS = 1_000_000;

const HELP = `usage: pnpm bench:delivery [options]

  --seconds N        of the storm, virtual, 5 to 120 (default 30)
  --severity S       0 to 1 (default 1)
  --seed N           of the storm (default 7)
`;

const { values } = parseArgs({
  options: {
    help: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '30' },
    severity: { type: 'string', default: '1' },
    seed: { type: 'string', default: '7' },
  },
});
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}
const duration_ms = Number(values.seconds) * 1000;
const severity = Number(values.severity);

/** When each message arrived, by what it is. */
function arrivals(url: string): Promise<Map<string, number>> {
  const seen = new Map<string, number>();
  const socket = new WebSocket(url);
  socket.addEventListener('message', ({ data }) => {
    const at = performance.now();
    const { type, seq, ts_run_ns } = JSON.parse(String(data)) as Record<string, unknown>;
    if (ts_run_ns !== undefined && type !== 'heartbeat')
      seen.set(`${type} ${seq} ${ts_run_ns}`, at);
  });
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve(seen));
    socket.addEventListener('error', () => reject(new Error(`no stream at ${url}`)));
  });
}

async function deskUrl(desk: ChildProcess): Promise<string> {
  let text = '';
  for await (const chunk of desk.stdout ?? []) {
    text += String(chunk);
    const url = /chaos desk: (\S+)/.exec(text)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error('the desk did not start; run ./run-desk.sh --setup');
}

const wait = (ms: number): Promise<void> => new Promise((resume) => setTimeout(resume, ms));
const share = (n: number, of: number): string => `${((100 * n) / of).toFixed(2)} %`;

/** How the schedule itself treats messages that are evenly spread. */
function scheduled(started_ms: number) {
  const from_ns = started_ms * NS_PER_MS;
  const end_ns = from_ns + duration_ms * NS_PER_MS;
  const ppm = Math.round(severity * 1e6);
  const module = new StormLibrary().get(KIND)?.module;
  const stalls = module?.stalls?.(ppm, BigInt(values.seed), from_ns, end_ns) ?? [];
  const sum = (of: (length_ms: number) => number): number =>
    stalls.reduce((total, [a, b]) => total + of((b - a) / NS_PER_MS), 0);
  const late = sum((length) => Math.max(0, length - LATE_MS)) / duration_ms;
  const longest_ms = Math.max(0, ...stalls.map(([a, b]) => (b - a) / NS_PER_MS));
  const undelayed = 1 - sum((length) => length) / duration_ms;
  return { late, undelayed, longest_ms, stalls: stalls.length };
}

async function fire(url: string): Promise<number> {
  const body = { kind: KIND, severity, duration_ms, seed: values.seed, symbol: SYMBOL };
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${url}/storm/start`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return (JSON.parse(text) as { started_at_ms: number }).started_at_ms;
}

async function measure(url: string): Promise<void> {
  const stream = `${url.replace('http', 'ws')}/stream?symbol=${SYMBOL}`;
  const [viewer, target] = await Promise.all([arrivals(stream), arrivals(`${stream}&role=target`)]);
  await wait(WARM_MS);
  const started_ms = await fire(url);
  viewer.clear();
  target.clear();
  await wait(duration_ms);
  const delays = [...target].flatMap(([key, at]) => {
    const seen = viewer.get(key);
    return seen === undefined ? [] : [at - seen];
  });
  const plan = scheduled(started_ms);
  const late = delays.filter((ms) => ms >= LATE_MS).length;
  const undelayed = delays.filter((ms) => ms < UNDELAYED_MS).length;
  const rows = [
    ['', 'schedule', 'received'],
    [`late by ${LATE_MS} ms or more`, share(plan.late, 1), share(late, delays.length)],
    ['not delayed', share(plan.undelayed, 1), share(undelayed, delays.length)],
    ['longest delay', `${plan.longest_ms} ms`, `${Math.max(...delays).toFixed(1)} ms`],
  ];
  for (const [name = '', a = '', b = ''] of rows) {
    console.log(`${name.padEnd(24)}${a.padStart(10)}${b.padStart(10)}`);
  }
  console.log(`${plan.stalls} stalls, ${delays.length} messages, severity ${severity}`);
}

const words = ['packages/cli/src/main.ts', 'desk', '--port', '0', '--wire-port', '0'];
const desk = spawn(process.execPath, words, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
try {
  await measure(await deskUrl(desk));
} finally {
  desk.kill('SIGTERM');
  await once(desk, 'exit');
}
process.exit();
