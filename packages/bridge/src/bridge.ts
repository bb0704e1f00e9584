// The assembly of the bridge: plugins, guards, routes. In: options. Out: a Fastify instance that
// starts its engine when it is ready and closes everything when it is closed.
import { isUtf8 } from 'node:buffer';
import fastifySwagger from '@fastify/swagger';
import fastifySwaggerUi from '@fastify/swagger-ui';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyReply,
  type FastifyRequest,
  LogController,
  type onRequestHookHandler,
} from 'fastify';
import { pino } from 'pino';
import type { App } from './app.ts';
import { closeOrphans } from './lib/orphans.ts';
import { ApiError, handleError, refuseGarbage } from './lib/problem.ts';
import { securityHeaders } from './lib/security-headers.ts';
import { compileSchema } from './lib/validation.ts';
import { type BridgeOptions, settle } from './options.ts';
import { Parts } from './parts.ts';
import { botRoutes } from './routes/bot.ts';
import { coinbaseRoutes } from './routes/coinbase.ts';
import { deskRoutes } from './routes/desk.ts';
import { FeedServer, feedRoutes } from './routes/feed.ts';
import { healthRoutes, statusRoutes } from './routes/health.ts';
import { marketRoutes } from './routes/market.ts';
import { previewRoutes } from './routes/preview.ts';
import { replayRoutes } from './routes/replay.ts';
import { riskRoutes } from './routes/risk.ts';
import { runRoutes } from './routes/run.ts';
import { runJudgeRoutes } from './routes/run-judge.ts';
import { stormRoutes } from './routes/storm.ts';
import { StreamServer, streamRoutes } from './routes/stream.ts';
import { upgradeTo } from './routes/upgrade.ts';

const BODY_MAX = 16 * 1024;
const HEADERS_MAX = 16 * 1024;

export interface Bridge {
  app: App;
  parts: Parts;
}

export async function buildBridge(options: BridgeOptions): Promise<Bridge> {
  const settled = settle(options);
  const { log_level: level, log_stream } = settled;
  const log: FastifyBaseLogger = pino({ level, base: { part: 'bridge' } }, log_stream);
  const app: App = Fastify({
    bodyLimit: BODY_MAX,
    forceCloseConnections: true,
    requestTimeout: settled.request_ms,
    connectionTimeout: 0,
    keepAliveTimeout: 10_000,
    http: {
      maxHeaderSize: HEADERS_MAX,
      headersTimeout: settled.request_ms,
      connectionsCheckingInterval: Math.min(2000, settled.request_ms),
    },
    routerOptions: { maxParamLength: 64 },
    loggerInstance: log,
    // A token may stand in a query: request lines are not logged.
    // Whoever logs says what of the request matters: a logger of its own would be a tenth of its cost.
    childLoggerFactory: (logger) => logger,
    logController: new LogController({ disableRequestLogging: true }),
    frameworkErrors: (error, request, reply) => handleError(error, request, reply as FastifyReply),
    clientErrorHandler: refuseGarbage,
  }).withTypeProvider<TypeBoxTypeProvider>();
  const parts = new Parts(settled, app.log);
  const { guard } = parts;

  app.server.maxConnections = settled.viewers_max * 2 + 256;
  app.setValidatorCompiler(compileSchema);
  app.setSerializerCompiler(() => (value) => JSON.stringify(value));
  app.setErrorHandler(handleError);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, parseJson(app));
  app.addHook(
    'onRequest',
    judged(({ headers }) => guard.checkSite(headers)),
  );
  app.addHook('onSend', securityHeaders);
  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Wavetank', version: settled.version, description: 'See docs/api.md.' },
    },
  });

  await app.register(async (open: App) => {
    await healthRoutes(open, parts);
    await streamRoutes(open);
    await feedRoutes(open);
    await deskRoutes(app, settled.deskDir);
    open.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
    await open.register(fastifySwaggerUi, { routePrefix: '/docs' });
  });
  await app.register(async (closed: App) => {
    closed.addHook(
      'onRequest',
      judged(({ headers }) => guard.checkToken(headers)),
    );
    // A POST whose keys are all optional may come without a body.
    closed.addHook('preValidation', (request, _reply, done) => {
      if (request.method === 'POST') request.body ??= {};
      done();
    });
    await statusRoutes(closed, parts);
    await stormRoutes(closed, parts);
    await previewRoutes(closed, parts);
    await runRoutes(closed, parts);
    if (parts.judge !== undefined) await runJudgeRoutes(closed, parts, parts.judge);
    await replayRoutes(closed, parts);
    await riskRoutes(closed, parts);
    await botRoutes(closed, parts);
    await marketRoutes(closed, parts);
    await coinbaseRoutes(closed, parts);
  });

  const sockets = {
    '/stream': new StreamServer(parts),
    '/feed': new FeedServer(parts),
  };
  app.server.on('upgrade', upgradeTo(sockets));
  app.addHook('onReady', async () => {
    await closeOrphans(settled.runsDir, settled.now(), app.log);
    parts.start();
  });
  app.addHook('preClose', () => parts.stop());
  return { app, parts };
}

/** A check that throws, as a hook. An async one would cost each request three promises. */
const judged =
  (check: (request: FastifyRequest) => void): onRequestHookHandler =>
  (request, _reply, done) => {
    try {
      check(request);
    } catch (cause) {
      return done(cause as Error);
    }
    done();
  };

/** Strict JSON in UTF-8: no `__proto__`, no `constructor.prototype`; nothing at all is an empty body. */
function parseJson(app: App) {
  const strict = app.getDefaultJsonParser('error', 'error');
  return (request: FastifyRequest, body: Buffer, done: (fault: Error | null) => void): void => {
    if (body.length === 0) done(null);
    else if (isUtf8(body)) strict(request, body.toString(), done);
    else done(new ApiError('BODY_NOT_JSON', 'the body is not UTF-8'));
  };
}
