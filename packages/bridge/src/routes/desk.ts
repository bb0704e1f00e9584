// The built desk on the same origin as the API: its files, and its page for every address that a
// browser opens and no route has. Without a build, the API stands alone and says so.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyRequest } from 'fastify';
import type { App } from '../app.ts';
import { ApiError, sendProblem } from '../lib/problem.ts';

const PAGE = 'index.html';

export async function deskRoutes(app: App, deskDir: string | undefined): Promise<void> {
  const built = deskDir !== undefined && existsSync(join(deskDir, PAGE));
  if (built) {
    await app.register(fastifyStatic, {
      root: deskDir,
      index: PAGE,
      wildcard: true,
      preCompressed: true,
      // Files with a digest in their name never change; the page does at every build.
      setHeaders: (reply, path) => {
        const lasting = path.includes(`${join('/', 'assets', '/')}`);
        const rule = lasting ? 'public, max-age=31536000, immutable' : 'no-cache';
        reply.header('cache-control', rule);
      },
    });
  }
  app.setNotFoundHandler((request, reply) => {
    if (built && isPageVisit(request)) return reply.sendFile(PAGE);
    return sendProblem(reply, missing(app, request, built));
  });
}

const isPageVisit = (request: FastifyRequest): boolean =>
  (request.method === 'GET' || request.method === 'HEAD') &&
  (request.headers.accept ?? '').includes('text/html');

function missing(app: App, request: FastifyRequest, built: boolean): ApiError {
  const path = request.url.split('?')[0] ?? '/';
  const others = (['GET', 'POST'] as const).filter((method) => app.hasRoute({ method, url: path }));
  if (others.length > 0) {
    return new ApiError('METHOD_NOT_ALLOWED', `${path} takes ${others.join(', ')}`);
  }
  if (!built && isPageVisit(request)) {
    return new ApiError('DESK_NOT_BUILT', 'run ./run-desk.sh --setup; the API is at /docs');
  }
  return new ApiError('ROUTE_UNKNOWN', `${request.method} ${path}`);
}
