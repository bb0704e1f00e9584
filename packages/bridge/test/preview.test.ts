// /storm/preview: with the real engine, and as a caller who does not wait for the answer.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Compile } from 'typebox/compile';
import { expect, it, onTestFinished } from 'vitest';
import { startBridge } from '../src/index.ts';
import { Refusal } from './fake-engine.ts';
import { foreseen } from './foreseen.ts';
import { injected, listening, until } from './rig.ts';

const ENTRY = fileURLToPath(new URL('../../engine/src/main.ts', import.meta.url));
const storm = { kind: 'FlashCrash', severity: 0.5, duration_ms: 5000 };

it('shows what happens when the storm is then fired, and is as it is described', async () => {
  const bridge = await startBridge({
    engine: {
      entry: ENTRY,
      args: ['--wire-port', '0', '--paused', '--log-level', 'warn'],
      port: 0,
    },
    runsDir: await mkdtemp(join(tmpdir(), 'wavetank-preview-')),
    port: 0,
    log_level: 'silent',
    default_target: 'http://127.0.0.1:1',
  });
  onTestFinished(() => bridge.close());
  await until(() => bridge.parts.engine.ready);
  const post = async (url: string, payload: object) => {
    const answer = await bridge.app.inject({ method: 'POST', url, payload });
    return { status: answer.statusCode, body: answer.json() };
  };
  expect(await post('/storm/preview', storm)).toMatchObject({
    status: 409,
    body: { code: 'STORM_NO_BASELINE' },
  });
  await post('/replay/step', { unit: 'second', count: 5 });
  const { body: preview } = await post('/storm/preview', { ...storm, note: 'what if' });
  const { paths } = (await bridge.app.inject('/openapi.json')).json();
  const described = paths['/storm/preview'].post.responses['200'].content['application/json'];
  expect(Compile(described.schema).Errors(preview)).toEqual([]);
  expect((await bridge.app.inject('/storm/status')).json().storms).toEqual([]);
  const { body: fired } = await post('/storm/start', { ...storm, seed: preview.seed });
  expect(fired).toMatchObject({ start_seq: preview.at_seq, started_at_ms: preview.at_ms });
  await post('/replay/play', { until_ms: preview.until_ms });
  await post('/replay/speed', { speed: 'max' });
  await expect
    .poll(async () => (await bridge.app.inject('/replay/status')).json(), { timeout: 20_000 })
    .toMatchObject({ transport: 'paused', ts_run_ms: preview.until_ms });
  const { session } = (await bridge.app.inject('/status')).json();
  expect(session.run_digest).toBe(preview.run_digest);
});

it('is ended by a caller who hangs up, and by no other end', async () => {
  const rig = await listening();
  const hangUp = new AbortController();
  rig.engine.answers['storm.preview'] = () => new Promise(() => {});
  rig.engine.answers['storm.preview.cancel'] = () => ({ cancelled: true });
  const asked = fetch(`${rig.url}/storm/preview`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(storm),
    signal: hangUp.signal,
  });
  await until(() => rig.engine.requests.length === 1);
  hangUp.abort();
  await expect(asked).rejects.toThrow();
  await until(() => rig.engine.requests.length === 2);
  const [preview, cancel] = rig.engine.requests;
  expect(cancel).toEqual({
    method: 'storm.preview.cancel',
    params: { ticket: preview?.params.ticket },
  });
  rig.engine.answers['storm.preview'] = () => foreseen;
  const answer = await fetch(`${rig.url}/storm/preview`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(storm),
  });
  expect(await answer.json()).toEqual(foreseen);
  await fetch(`${rig.url}/health`);
  expect(rig.engine.requests.length).toBe(3);
});

it('passes on why it is refused', async () => {
  const rig = await injected();
  rig.engine.answers['storm.preview'] = () => {
    throw new Refusal(409, 'PREVIEW_TOO_LARGE', '400,000 orders are live');
  };
  const answer = await rig.app.inject({ method: 'POST', url: '/storm/preview', payload: storm });
  expect(answer.json()).toMatchObject({ status: 409, code: 'PREVIEW_TOO_LARGE' });
});
