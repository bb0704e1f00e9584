// A hostile page in a real Chromium against the running desk: everything that a page of another origin can
// send, and a name that was pointed at this machine. Each is refused by the bridge itself, nothing moves,
// and the desk's own page works. Refusals are read from the bridge's own count, for a browser hides most.
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { launch, openPage } from './browser.ts';
import { ATTACKS, fetches, json, NOTHING, STORM } from './hostile-page.ts';
import { Program } from './processes.ts';

/** The names come here, and Chromium's own guard of this machine is off: the bridge must not need one. */
const FLAGS = [
  '--host-resolver-rules=MAP *.example 127.0.0.1',
  '--disable-features=LocalNetworkAccessChecks',
];
const WAIT = { timeout: 50_000, interval: 20 };

let runs: string;
let desk: Program;
let url: string;
let port: string;
let browser: Browser;
let hostile: Server;
let hostilePort: number;

/** A page that does nothing by itself, and a door that sends a request on to the bridge. */
function hostileSite(): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.url === '/onward') {
      response.writeHead(307, { location: `${url}/run/start` }).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'text/html' }).end('<title>kittens</title><body>');
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

beforeAll(async () => {
  runs = await mkdtemp(join(tmpdir(), 'wavetank-runs-'));
  desk = new Program(['desk', '--port', '0', '--wire-port', '0', '--seed', '5', '--runs', runs]);
  url = await desk.url();
  port = new URL(url).port;
  hostile = await hostileSite();
  hostilePort = (hostile.address() as AddressInfo).port;
  browser = await launch({}, FLAGS);
  await vi.waitFor(async () => expect((await fetch(`${url}/ready`)).status).toBe(200), WAIT);
});

afterAll(async () => {
  await browser?.close();
  hostile?.close();
  await desk?.stop();
  await rm(runs, { recursive: true, force: true });
});

/** Requests that the bridge refused, by code. */
async function refused(code: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const pattern = new RegExp(`^wavetank_requests_refused_total\\{code="${code}"\\} (\\d+)$`, 'm');
  return Number(pattern.exec(text)?.[1] ?? 0);
}

interface Status {
  bridge: { viewers: number; bots: unknown[]; watching: unknown };
  heartbeat: { transport: string; speed: number };
  session: { epoch: number; last_actor: unknown };
  last_control: unknown;
}

/** Everything that an attack could have changed. */
async function state(): Promise<unknown> {
  const get = async (path: string): Promise<unknown> => (await fetch(url + path)).json();
  const { bridge, heartbeat, session, last_control } = (await get('/status')) as Status;
  const { viewers, bots, watching } = bridge;
  const { transport, speed } = heartbeat;
  const { epoch, last_actor } = session;
  const rest = await Promise.all(
    ['/storm/status', '/run/status', '/run/list', '/risk/status', '/health'].map(get),
  );
  const [storms, run, list, { state: gate }, { status: health }] = rest as [
    unknown,
    unknown,
    unknown,
    { state: string },
    { status: string },
  ];
  const moved = { transport, speed, epoch, last_actor, last_control };
  return { viewers, bots, watching, ...moved, storms, run, list, gate, health };
}

/** Another site, and another port of this machine: a browser calls the second one the same site. */
describe.each(['kittens.example', '127.0.0.1'])('a page of %s', (host) => {
  it.each(ATTACKS)('that %s gets nothing and moves nothing', async (_what, attack) => {
    const page = await openPage(browser, 800, 600);
    await page.goto(`http://${host}:${hostilePort}/`);
    const [before, count] = [await state(), await refused('ORIGIN_REFUSED')];
    expect(await attack(page, url)).toBe(NOTHING);
    await expect.poll(() => refused('ORIGIN_REFUSED'), WAIT).toBeGreaterThan(count);
    expect(await state()).toEqual(before);
    await page.close();
  });
});

describe('a name that was pointed here', () => {
  /** Served by its owner before the name was pointed here: for the browser all that follows is one origin. */
  async function rebound(): Promise<Page> {
    const page = await openPage(browser, 800, 600);
    const address = `http://rebound.example:${port}/`;
    const answer = await page.goto(address);
    expect([answer?.status(), await answer?.json()]).toMatchObject([403, { code: 'HOST_REFUSED' }]);
    const body = '<title>kittens</title><body>';
    await page.route(address, (route) => route.fulfill({ contentType: 'text/html', body }));
    await page.goto(address);
    await page.unroute(address);
    return page;
  }

  it.each([
    ['/status', {}],
    ['/health', {}],
    ['/run/list', {}],
    ['/storm/start', { method: 'POST', body: STORM, headers: json }],
    ['/run/start', { method: 'POST' }],
    ['/replay/pause', { method: 'POST', body: '{}', headers: json }],
    ['/risk/kill', { method: 'POST', body: '{}', headers: json }],
  ])('reads and moves nothing at %s', async (path, init) => {
    const page = await rebound();
    const before = await state();
    const answer = await fetches(`http://rebound.example:${port}${path}`, init)(page, url);
    expect(JSON.parse(answer)).toMatchObject({ status: 403, code: 'HOST_REFUSED' });
    expect(await state()).toEqual(before);
    await page.close();
  });

  it.each(['/stream', '/feed?symbol=SYN001'])('opens no %s', async (path) => {
    const page = await rebound();
    const [before, count] = [await state(), await refused('HOST_REFUSED')];
    const heard = await page.evaluate(
      (to) =>
        new Promise<string>((resolve) => {
          const opened = new WebSocket(to);
          opened.onopen = () => resolve('open');
          opened.onclose = () => resolve('nothing');
        }),
      `ws://rebound.example:${port}${path}`,
    );
    expect(heard).toBe(NOTHING);
    expect(await refused('HOST_REFUSED')).toBeGreaterThan(count);
    expect(await state()).toEqual(before);
    await page.close();
  });
});

describe('the desk’s own page', () => {
  it.each(['127.0.0.1', 'localhost'])('lives under %s', async (host) => {
    const page = await openPage(browser, 1280, 720);
    await page.goto(`http://${host}:${port}/`);
    await page.locator('header').getByText('Live', { exact: true }).waitFor();
    const pause = { method: 'POST', body: '{"speed":1}', headers: json };
    const answer = await fetches(`http://${host}:${port}/replay/speed`, pause)(page, url);
    expect(JSON.parse(answer)).toMatchObject({ speed: 1 });
    await page.close();
  });

  it('may be reached by a link of another site', async () => {
    const page = await openPage(browser, 1280, 720);
    await page.goto(`http://kittens.example:${hostilePort}/`);
    await page.evaluate((to) => location.assign(to), url);
    await page.locator('header').getByText('Live', { exact: true }).waitFor();
    await page.close();
  });
});
