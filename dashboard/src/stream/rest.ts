// In: a route of the bridge and a body. Out: its JSON, or a RestError that says what a person can do.
// Knows problem+json and the token of a bridge that is bound beyond this machine; no panel.

export class RestError extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'RestError';
    this.status = status;
    this.code = code;
  }
}

interface Problem {
  title?: string;
  detail?: string;
  code?: string;
}

const TIMEOUT_MS = 5000;
const FILE_MS = 60_000;
const TOKEN_KEY = 'wavetank-token';

/** The token comes once, in the fragment, and leaves the address bar at once. */
export function takeToken(): string {
  const given = new URLSearchParams(location.hash.slice(1)).get('token');
  if (given !== null) {
    sessionStorage.setItem(TOKEN_KEY, given);
    history.replaceState(null, '', location.pathname + location.search);
  }
  return sessionStorage.getItem(TOKEN_KEY) ?? '';
}

export const get = <T>(path: string, signal?: AbortSignal, most_ms = TIMEOUT_MS): Promise<T> =>
  call<T>('GET', path, signal === undefined ? { most_ms } : { signal, most_ms });

/** A file as it is: what a run wrote. */
export const getText = (path: string, most_ms = FILE_MS): Promise<string> =>
  ask('GET', path, { most_ms });

export const post = <T>(
  path: string,
  body: object = {},
  most_ms = TIMEOUT_MS,
  signal?: AbortSignal,
): Promise<T> =>
  call<T>('POST', path, signal === undefined ? { body, most_ms } : { body, most_ms, signal });

interface CallOptions {
  body?: object;
  signal?: AbortSignal;
  most_ms?: number;
}

async function call<T>(method: string, path: string, options: CallOptions): Promise<T> {
  const text = await ask(method, path, options);
  return (text === '' ? {} : JSON.parse(text)) as T;
}

/** The body of an answer that is no refusal. */
async function ask(method: string, path: string, options: CallOptions): Promise<string> {
  const { body, signal, most_ms = TIMEOUT_MS } = options;
  const headers: Record<string, string> = { accept: 'application/json' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  const token = sessionStorage.getItem(TOKEN_KEY);
  if (token !== null) headers.authorization = `Bearer ${token}`;
  const limit = AbortSignal.timeout(most_ms);
  const init: RequestInit = { method, headers };
  init.signal = signal === undefined ? limit : AbortSignal.any([limit, signal]);
  if (body !== undefined) init.body = JSON.stringify(body);
  const response = await reach(path, init, most_ms);
  const text = await response.text();
  if (!response.ok) throw refusal(response.status, text);
  return text;
}

async function reach(path: string, init: RequestInit, most_ms: number): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    const slow = cause instanceof DOMException && cause.name === 'TimeoutError';
    const why = slow ? `no answer within ${most_ms / 1000} s` : 'the bridge does not answer';
    throw new RestError(0, 'UNREACHABLE', why);
  }
}

function refusal(status: number, text: string): RestError {
  let problem: Problem = {};
  try {
    problem = JSON.parse(text) as Problem;
  } catch {
    problem = { title: `status ${status}` };
  }
  const words = [problem.title, problem.detail].filter((part) => part !== undefined && part !== '');
  return new RestError(
    status,
    problem.code ?? `HTTP_${status}`,
    words.join(': ') || `status ${status}`,
  );
}
