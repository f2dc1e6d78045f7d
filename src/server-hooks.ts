import type { LoggerService } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { requestIdOf } from './core/http/index.js';
import { RunningCalls, shuttingDown } from './core/shutdown/index.js';

/** Swagger's page has scripts of its own; all it needs is that nobody frames it. */
const DOCS_PATH = /^\/docs(?:[/?]|$)/;
const HEALTH_PATH = /^\/health\//;

const SIGN_IN_PATH = /^\/api\/auth(?:\/|$)/;
/** Bytes that a stranger may send who signs in: so many that an absurd password is told so, and no more. */
const SIGN_IN_BODY_LIMIT = 2 * 1024 * 1024;

/** Strangers get no room for bodies as large as pictures. To be called before the routes are made. */
export function boundSignIn(app: NestFastifyApplication): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRoute', (route) => {
      if (SIGN_IN_PATH.test(route.url)) route.bodyLimit = SIGN_IN_BODY_LIMIT;
    });
}

/** On every answer: security headers. Once the shutdown began: 503 for what is new. */
export function guardEveryRequest(app: NestFastifyApplication, isHttps: boolean): void {
  const running = app.get(RunningCalls, { strict: false });
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (request, reply, done) => {
      reply.header('x-content-type-options', 'nosniff');
      reply.header('referrer-policy', 'no-referrer');
      if (isHttps) reply.header('strict-transport-security', 'max-age=31536000');
      if (DOCS_PATH.test(request.url)) {
        reply.header('content-security-policy', "frame-ancestors 'none'");
        reply.header('x-frame-options', 'DENY');
      }
      if (running.isDraining) {
        reply.header('connection', 'close');
        if (!HEALTH_PATH.test(request.url)) return done(shuttingDown());
      }
      done();
    });
}

/** For which a connection may outlive the calls: time to take the end of an answer. */
const LINGER_MS = 3_000;

/**
 * Connections that never asked for anything, or are slow to say what, count as busy for Node: once the calls are over
 * they must not hold up the end for as long as they please.
 */
export function cutWhoeverLingers(app: NestFastifyApplication): void {
  const instance = app.getHttpAdapter().getInstance();
  instance.addHook('preClose', (done) => {
    setTimeout(() => instance.server.closeAllConnections(), LINGER_MS).unref();
    done();
  });
}

/**
 * One log line per request, when it is over: id, method, route, status, milliseconds. The route, not the URL: neither
 * query nor ids nor bodies are in it. Probes are told at the level `debug`.
 */
export function logEveryRequest(app: NestFastifyApplication, logger: LoggerService): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onResponse', (request, reply, done) => {
      const route = request.routeOptions.url ?? '(unknown)';
      const line = {
        request_id: requestIdOf(request),
        method: request.method,
        route,
        status: reply.raw.statusCode,
        ms: Math.round(reply.elapsedTime),
        ...(!reply.raw.writableFinished && { aborted: true }),
      };
      if (HEALTH_PATH.test(route)) logger.debug?.(line, 'request', 'http');
      else logger.log({ context: 'http', ...line, msg: 'request' }, 'http');
      done();
    });
}
