// In: the headers of a request. Out: nothing, or why it is refused. A web page elsewhere must neither
// read nor steer this bridge: its Host names another site (DNS rebinding), or its Origin does, or what
// the browser says of the fetch.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import { ApiError, type Code } from './problem.ts';

export interface GuardOptions {
  /** Host names, without port, beside the loopback ones. */
  hosts: readonly string[];
  /** Origins, as a browser sends them, beside the one that the request is addressed to. */
  origins: readonly string[];
  token: string | undefined;
  /** Address it is bound to: beyond this machine it is also reached by plain addresses. */
  host: string;
}

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]'];

export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);

export class Guard {
  readonly #hosts: ReadonlySet<string>;
  readonly #origins: ReadonlySet<string>;
  readonly #token: Buffer | undefined;
  readonly #open: boolean;
  /** The Host that was judged last, and may: nearly every request names the same. */
  #allowed: string | undefined;
  /** Requests refused here, by code. */
  readonly refused = new Map<string, number>();

  constructor(options: GuardOptions) {
    this.#open = !isLoopback(options.host);
    this.#hosts = new Set([...LOOPBACK_NAMES, ...options.hosts.map((host) => host.toLowerCase())]);
    this.#origins = new Set(options.origins.map((origin) => origin.toLowerCase()));
    this.#token = options.token === undefined ? undefined : digest(options.token);
  }

  get wantsToken(): boolean {
    return this.#token !== undefined;
  }

  checkSite(headers: IncomingHttpHeaders): void {
    const host = (headers.host ?? '').toLowerCase();
    if (host !== this.#allowed) this.#checkHost(host);
    const origin = headers.origin?.toLowerCase();
    if (origin === undefined) {
      this.#checkFetch(headers);
      return;
    }
    if (this.#origins.has(origin)) return;
    if (origin === `http://${host}` || origin === `https://${host}`) return;
    const given = JSON.stringify(origin);
    throw this.#refusal('ORIGIN_REFUSED', `Origin ${given} may not use this bridge`);
  }

  /** Pictures, scripts and frames of another site come without Origin. A person who follows a link may. */
  #checkFetch(headers: IncomingHttpHeaders): void {
    const site = headers['sec-fetch-site'];
    if (site !== 'cross-site' && site !== 'same-site') return;
    if (headers['sec-fetch-dest'] === 'document') return;
    throw this.#refusal('ORIGIN_REFUSED', `a ${site} page may not use this bridge`);
  }

  #refusal(code: Code, detail: string): ApiError {
    this.refused.set(code, (this.refused.get(code) ?? 0) + 1);
    return new ApiError(code, detail);
  }

  #checkHost(host: string): void {
    const name = host.replace(/:\d{1,5}$/, '');
    // Rebinding needs a name that its owner can point elsewhere; an address cannot be pointed.
    if (!this.#hosts.has(name) && !(this.#open && isAddress(name))) {
      throw this.#refusal('HOST_REFUSED', `Host ${JSON.stringify(host)} is not this bridge`);
    }
    this.#allowed = host;
  }

  /** `Authorization: Bearer …`, or what a WebSocket gave in its query, where no header can be set. */
  checkToken(headers: IncomingHttpHeaders, given?: string): void {
    if (this.#token === undefined) return;
    const bearer = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
    const token = bearer ?? given;
    if (token !== undefined && timingSafeEqual(digest(token), this.#token)) return;
    throw this.#refusal(
      'TOKEN_REQUIRED',
      'send Authorization: Bearer with the token of this bridge',
    );
  }
}

const isAddress = (name: string): boolean => isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
