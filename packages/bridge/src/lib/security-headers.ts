// In: every answer. Out: the same with headers that keep other pages away from it.
import type { FastifyReply, FastifyRequest } from 'fastify';

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

export async function securityHeaders(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { host = '' } = request.headers;
  reply.header('content-security-policy', policy(HOST.test(host) ? host : 'localhost'));
  if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  reply.header('x-content-type-options', 'nosniff');
  reply.header('referrer-policy', 'no-referrer');
  reply.header('cross-origin-opener-policy', 'same-origin');
  reply.header('cross-origin-resource-policy', 'same-origin');
}
