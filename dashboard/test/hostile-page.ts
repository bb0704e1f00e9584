// What a page of another origin can send to the desk: every road that a browser has, each as one attack.
import type { Page } from 'playwright-core';

/** Runs in a page against the bridge at an address; tells what it got, or that it got nothing. */
export type Attack = (page: Page, url: string) => Promise<string>;

type InPage = (target: string) => Promise<string>;

export const NOTHING = 'nothing';

export const fetches =
  (path: string, init: RequestInit = {}): Attack =>
  (page, url) =>
    page.evaluate(
      async ([to, options]) =>
        fetch(to as string, options as RequestInit).then(
          async (answer) => (await answer.text()) || 'nothing',
          () => 'nothing',
        ),
      [path.startsWith('/') ? url + path : path, init] as const,
    );

export const STORM = '{"kind":"FlashCrash","severity":1,"duration_ms":5000}';
const text = { 'content-type': 'text/plain' };
export const json = { 'content-type': 'application/json' };

const element =
  (make: InPage): Attack =>
  (page, url) =>
    page.evaluate(make, url);

const socket =
  (path: string): Attack =>
  (page, url) =>
    page.evaluate(
      (to) =>
        new Promise<string>((resolve) => {
          const opened = new WebSocket(to);
          opened.onmessage = ({ data }) => resolve(String(data));
          opened.onclose = () => resolve('nothing');
        }),
      url.replace('http', 'ws') + path,
    );

/** A form of the page, sent into a frame of it. */
const form =
  (path: string, enctype: string, sandbox?: string): Attack =>
  (page, url) =>
    page.evaluate(
      ([action, type, cage]) =>
        new Promise<string>((resolve) => {
          const frame = document.createElement('iframe');
          frame.name = `f${Math.random()}`;
          const fields = `<form id=f method=post action="${action}" enctype="${type}" target=_self>
            <input name='{"kind":"FlashCrash","severity":1,"duration_ms":5000,"note":"' value='"}'></form>
            <script>setTimeout(() => f.submit())</script>`;
          if (cage !== null) frame.setAttribute('sandbox', cage as string);
          frame.srcdoc = fields;
          let loads = 0;
          frame.onload = () => ++loads === 2 && resolve(frame.contentDocument ? 'read' : 'nothing');
          document.body.append(frame);
        }),
      [url + path, enctype, sandbox ?? null] as const,
    );

export const ATTACKS: readonly [what: string, attack: Attack][] = [
  ['reads the state', fetches('/status')],
  ['reads it without CORS', fetches('/status', { mode: 'no-cors' })],
  ['reads runs', fetches('/run/list', { credentials: 'include' })],
  [
    'fires a storm by a simple request',
    fetches('/storm/start', { method: 'POST', body: STORM, headers: text }),
  ],
  [
    'fires a storm without CORS',
    fetches('/storm/start', { method: 'POST', body: STORM, mode: 'no-cors' }),
  ],
  [
    'fires a storm by JSON, with preflight',
    fetches('/storm/start', { method: 'POST', body: STORM, headers: json }),
  ],
  ['starts a run with no body', fetches('/run/start', { method: 'POST', mode: 'no-cors' })],
  ['pauses', fetches('/replay/pause', { method: 'POST', mode: 'no-cors' })],
  ['kills the gate', fetches('/risk/kill', { method: 'POST', mode: 'no-cors' })],
  ['sends a request of its own site on', fetches('./onward', { method: 'POST', mode: 'no-cors' })],
  ['sends a form', form('/run/start', 'application/x-www-form-urlencoded')],
  ['sends a form as text', form('/storm/start', 'text/plain')],
  ['sends a form from nowhere', form('/storm/start', 'text/plain', 'allow-scripts allow-forms')],
  [
    'sends a beacon',
    element(async (to) => {
      navigator.sendBeacon(`${to}/replay/pause`, '{}');
      return 'nothing';
    }),
  ],
  [
    'follows events',
    element(
      (to) =>
        new Promise((resolve) => {
          const events = new EventSource(`${to}/status`);
          events.onmessage = ({ data }) => resolve(String(data));
          events.onerror = () => resolve('nothing');
        }),
    ),
  ],
  ['opens the stream', socket('/stream')],
  ['opens the stream as the target', socket('/stream?role=target&format=binary')],
  ['opens the feed', socket('/feed?symbol=SYN001')],
  ['opens the Coinbase feed', socket('/feed?dialect=coinbase')],
  [
    'frames the desk',
    element(
      (to) =>
        new Promise((resolve) => {
          const frame = document.createElement('iframe');
          frame.src = to;
          frame.onload = () => resolve(frame.contentDocument === null ? 'nothing' : 'read');
          document.body.append(frame);
        }),
    ),
  ],
  [
    'loads it as a picture',
    element(
      (to) =>
        new Promise((resolve) => {
          const picture = new Image();
          picture.onload = () => resolve('loaded');
          picture.onerror = () => resolve('nothing');
          picture.src = `${to}/status`;
        }),
    ),
  ],
  [
    'loads it as a script',
    element(
      (to) =>
        new Promise((resolve) => {
          const script = document.createElement('script');
          script.onload = () => resolve('loaded');
          script.onerror = () => resolve('nothing');
          script.src = `${to}/run/list`;
          document.body.append(script);
        }),
    ),
  ],
  [
    'loads it as a style sheet',
    element(
      (to) =>
        new Promise((resolve) => {
          const sheet = document.createElement('link');
          sheet.rel = 'stylesheet';
          sheet.onload = () => resolve('loaded');
          sheet.onerror = () => resolve('nothing');
          sheet.href = `${to}/openapi.json`;
          document.head.append(sheet);
        }),
    ),
  ],
];
