// P10: a small JSON route of a bridge whose engine runs and whose viewers are served, beside raw
// `node:http` that answers the same (G7), in turns. Connections stay open; each asks again once it has its
// answer. Requests a second is what the goal is for; requests for the server's processor time are printed
// too, since on a loaded machine the load and the engine take their part of both cores.
import { connect, type Socket } from 'node:net';
import type { Result } from '../report.ts';
import { spread } from '../spread.ts';
import { type Side, startSide } from './side.ts';
import { Viewers } from './viewers.ts';

const PATH = '/run/status';
const CONNECTIONS = 32;
const VIEWERS = 10;

interface Lap {
  answers: number;
  wall_ms: number;
  cpu_us: number;
}

/** One connection: the next request leaves when the answer before is whole. */
function ask(url: string, answered: () => boolean): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const request = `GET ${PATH} HTTP/1.1\r\nhost: ${hostname}:${port}\r\n\r\n`;
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  let text = '';
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      const end = text.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1]);
      if (text.length < end + 4 + length) return;
      if (!text.startsWith('HTTP/1.1 200')) reject(new Error(text));
      text = '';
      if (answered()) socket.write(request);
      else resolve(socket);
    });
    socket.write(request);
  });
}

async function lap(side: Side, ms: number): Promise<Lap> {
  let answers = 0;
  const cpu = await side.cpuUs();
  const began = performance.now();
  const answered = (): boolean => {
    answers++;
    return performance.now() - began < ms;
  };
  const sockets = await Promise.all(
    Array.from({ length: CONNECTIONS }, () => ask(side.url, answered)),
  );
  const wall_ms = performance.now() - began;
  const cpu_us = (await side.cpuUs()) - cpu;
  for (const socket of sockets) socket.destroy();
  return { answers, wall_ms, cpu_us };
}

function row(
  unit: string,
  of: (lap: Lap) => number,
  rounds: [Lap, Lap][],
  least: number | null,
): Result {
  const { median: value } = spread(rounds.map(([ours]) => of(ours)));
  const { median: ratio, min, max } = spread(rounds.map(([ours, gauge]) => of(ours) / of(gauge)));
  const goal = least === null ? null : `≥${least}`;
  const met = least === null ? null : ratio >= least;
  const workload = `GET ${PATH}, ${CONNECTIONS} connections, ${VIEWERS} viewers of a running market`;
  return {
    id: 'P10',
    workload,
    value,
    unit,
    against: 'G7',
    ratio,
    min,
    max,
    goal,
    met,
    digest: null,
  };
}

export async function requestRows(options: { rounds: number; seconds: number }): Promise<Result[]> {
  const bridge = await startSide('bridge-side.ts');
  const gauge = await startSide('gauge-side.ts');
  const viewers = new Viewers();
  try {
    await viewers.open(`${bridge.url}/stream?format=binary`, VIEWERS);
    const rounds: [Lap, Lap][] = [];
    for (let i = 0; i <= options.rounds; i++) {
      const ms = options.seconds * 1000;
      rounds.push([await lap(bridge, ms), await lap(gauge, ms)]);
      process.stderr.write('.');
    }
    rounds.shift();
    if (viewers.frames === 0) throw new Error('no telemetry came');
    return [
      row('requests/s', ({ answers, wall_ms }) => (answers * 1000) / wall_ms, rounds, 0.75),
      row('requests/cpu ms', ({ answers, cpu_us }) => (answers * 1000) / cpu_us, rounds, null),
    ];
  } finally {
    process.stderr.write('\n');
    viewers.close();
    await Promise.all([bridge.close(), gauge.close()]);
  }
}
