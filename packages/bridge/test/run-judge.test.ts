import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { injected, listen, listening, type Rig, until } from './rig.ts';

const judge = fileURLToPath(new URL('./fake-judge.ts', import.meta.url));
const ONE = '2026-05-04T09-30-00-123Z';
const OTHER = '2026-05-04T09-30-00-124Z';

function folder(rig: Rig, id: string, ...files: string[]): string {
  const dir = join(rig.runsDir, id);
  mkdirSync(dir);
  for (const file of files) writeFileSync(join(dir, file), '');
  return dir;
}

const verify = async (rig: Rig, id: string, body: object = {}) =>
  rig.app.inject({ method: 'POST', url: `/run/${id}/verify`, payload: body });
const state = async (rig: Rig, id: string) =>
  (await rig.app.inject(`/run/${id}/verify`)).json() as { state: string; part: string };
const reach = async (rig: Rig, id: string, wanted: string) =>
  expect.poll(async () => (await state(rig, id)).state, { timeout: 30_000 }).toBe(wanted);

test('a run is verified beside the bridge, one at a time, and viewers see how far it is', async () => {
  const rig = await listening({ judge });
  const dir = folder(rig, ONE, 'hold');
  folder(rig, OTHER);
  const viewer = await listen(rig.url, '/stream');
  expect(await state(rig, ONE)).toMatchObject({ run_id: ONE, state: 'none', report: null });
  const begun = await verify(rig, ONE);
  expect([begun.statusCode, begun.json().state]).toEqual([202, 'running']);
  await until(() => viewer.of('verify').length > 0);
  expect(viewer.of('verify')[0]).toMatchObject({ run_id: ONE, part: 'replay', done: 5, of: 9 });
  for (const busy of [
    await verify(rig, OTHER),
    await rig.app.inject(`/run/${ONE}/diff?with=${OTHER}`),
  ])
    expect([busy.statusCode, busy.json().code]).toEqual([409, 'VERIFY_ACTIVE']);
  expect((await rig.app.inject('/health')).statusCode).toBe(200);
  rmSync(join(dir, 'hold'));
  await reach(rig, ONE, 'done');
  expect(await state(rig, ONE)).toMatchObject({ report: { what: 'verify', dir } });
  await until(() => viewer.of('verify').at(-1)?.state === 'done');
});

test('what cannot be judged says why', async () => {
  const rig = await injected({ judge });
  folder(rig, ONE, 'refuse');
  folder(rig, OTHER, 'die');
  await verify(rig, ONE);
  await reach(rig, ONE, 'refused');
  expect(await state(rig, ONE)).toMatchObject({ detail: 'no source', report: null });
  await verify(rig, OTHER);
  await reach(rig, OTHER, 'failed');
  expect(await state(rig, OTHER)).toMatchObject({ detail: 'the judge ended: 7' });
  const unjudged = await rig.app.inject(`/run/${ONE}/diff?with=${OTHER}`);
  expect([unjudged.statusCode, unjudged.json().code]).toEqual([409, 'RUN_UNJUDGED']);
});

test('two runs are compared', async () => {
  const rig = await injected({ judge });
  const [dir, other] = [folder(rig, ONE), folder(rig, OTHER)];
  const found = await rig.app.inject(`/run/${ONE}/diff?with=${OTHER}`);
  expect(found.json()).toEqual({ what: 'diff', dir, other });
});

test('only runs are judged, and their sources only where files may be read', async () => {
  const rig = await injected({ judge });
  folder(rig, ONE);
  for (const id of ['a..b', 'nothing', '2026-05-04T09-30-00-999Z']) {
    expect((await verify(rig, encodeURIComponent(id))).json().code).toBe('RUN_UNKNOWN');
  }
  const outside = await verify(rig, ONE, { source: '/etc/passwd' });
  expect([outside.statusCode, outside.json().code]).toEqual([403, 'PATH_REFUSED']);
  const list = await rig.app.inject('/run/list?verdict=GOOD');
  expect([list.statusCode, list.json().code]).toEqual([400, 'QUERY_INVALID']);
});
