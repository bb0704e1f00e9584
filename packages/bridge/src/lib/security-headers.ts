// In: every answer. Out: the same with headers that keep other pages away from it.
import type { onSendHookHandler } from 'fastify';

/** `host` was judged before: it names this bridge. Not every browser counts ws: to 'self'. */
const policy = (host: string): string =>
  [
    "default-src 'self'",
    `connect-src 'self' ws://${host} wss://${host}`,
    "img-src 'self' data: blob:",
    "style-src 'self' 'unsafe-inline'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

const HOST = /^[\w.:[\]-]+$/;

/** Of all that a browser may run or show: a script's own policy rules the worker made of it. */
const PAGE = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** Of JSON, which loads nothing. */
const DATA = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
};

const JSON_TYPE = /^application\/(problem\+)?json\b/;

let last = { host: 'localhost', policy: policy('localhost') };

function policyFor(host: string): string {
  if (host !== last.host) last = { host, policy: policy(HOST.test(host) ? host : 'localhost') };
  return last.policy;
}

export const securityHeaders: onSendHookHandler = (request, reply, _payload, done) => {
  if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  if (JSON_TYPE.test(String(reply.getHeader('content-type')))) {
    reply.headers(DATA);
  } else {
    reply.header('content-security-policy', policyFor(request.headers.host ?? ''));
    reply.headers(PAGE);
  }
  done();
};
