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

const FIXED = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

let last = { host: 'localhost', policy: policy('localhost') };

function policyFor(host: string): string {
  if (host !== last.host) last = { host, policy: policy(HOST.test(host) ? host : 'localhost') };
  return last.policy;
}

export const securityHeaders: onSendHookHandler = (request, reply, _payload, done) => {
  reply.header('content-security-policy', policyFor(request.headers.host ?? ''));
  if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  reply.headers(FIXED);
  done();
};
