// Engines for tests: in this process, on a free port, over a synthetic market, closed afterwards.
import { afterEach } from 'vitest';
import { type EngineOptions, type RunningEngine, startEngine } from '../src/index.ts';
import { WireProbe } from './wire-probe.ts';

export { fixture } from '../src/tank/fixture.ts';

const running: RunningEngine[] = [];
const probes: WireProbe[] = [];

afterEach(async () => {
  for (const probe of probes.splice(0)) await probe.close();
  for (const { engine } of running.splice(0)) await engine.close();
});

/** An engine over synthetic instruments, paused unless told otherwise. */
export async function engine(options: Partial<EngineOptions> = {}): Promise<RunningEngine> {
  const started = await startEngine({
    host: '127.0.0.1',
    wirePort: 0,
    source: { kind: 'synthetic', seed: '5', instruments: 1 },
    symbols: [],
    speed: 'max',
    seed: '7',
    paused: true,
    logLevel: 'silent',
    ...options,
  });
  running.push(started);
  return started;
}

/** A client that has its header. */
export async function probe({ port }: { port: number }): Promise<WireProbe> {
  const client = new WireProbe(port);
  probes.push(client);
  await client.until((each) => each.headers.length > 0);
  return client;
}
