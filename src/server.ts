import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { LoggerService } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AppModule } from './app.module.js';
import { type Environment, type SwitchboardSettings, trustedProxies } from './core/config/index.js';
import { jsonBodyParser } from './core/http/index.js';
import { serveOpenApi } from './openapi.js';
import { boundSignIn, cutWhoeverLingers, guardEveryRequest, logEveryRequest } from './server-hooks.js';

/** Bytes of a request body: pictures come as base64. */
const BODY_LIMIT = 32 * 1024 * 1024;
const REQUEST_TIMEOUT_MS = 120_000;
/** From the connection to the end of the head: whoever says nothing, or drips, is cut. */
const HEADERS_TIMEOUT_MS = 20_000;
const CHECK_MS = 5_000;
/** Beyond so many connections new ones are closed at once: a descriptor each, and the machine needs some for itself. */
const MOST_CONNECTIONS = 20_000;

/** Makes the standalone server, ready to listen. */
export async function createServer(
  environment: Environment,
  variables: Readonly<Record<string, string | undefined>>,
  options: { readonly logger?: LoggerService | false; readonly overrides?: Partial<SwitchboardSettings> } = {},
): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.register(environment, variables, options.overrides),
    new FastifyAdapter({
      bodyLimit: BODY_LIMIT,
      ...(environment.TRUST_PROXY !== undefined && { trustProxy: trustedProxies(environment.TRUST_PROXY) }),
      requestTimeout: REQUEST_TIMEOUT_MS,
      http: { headersTimeout: HEADERS_TIMEOUT_MS, connectionsCheckingInterval: CHECK_MS },
      routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500 },
      forceCloseConnections: 'idle',
      // Nobody brings Express middleware here, and looking for some costs every request.
      skipMiddie: true,
    }),
    { rawBody: true, abortOnError: false, ...(options.logger === undefined ? {} : { logger: options.logger }) },
  );
  // Recordings go on as the bytes they are; everything else that comes as a form is refused where it arrives.
  app.useBodyParser('multipart/form-data', { bodyLimit: BODY_LIMIT }, (_request, body, done) => done(null, body));
  boundSignIn(app);
  const careful = app.getHttpAdapter().getInstance().getDefaultJsonParser('error', 'error');
  const parser = jsonBodyParser<FastifyRequest>((request, body, done) => void careful(request, body, done));
  app.useBodyParser('application/json', { bodyLimit: BODY_LIMIT }, parser);
  guardEveryRequest(app, environment.PUBLIC_URL?.startsWith('https:') === true);
  cutWhoeverLingers(app);
  if (options.logger) logEveryRequest(app, options.logger);
  app.getHttpServer().maxConnections = MOST_CONNECTIONS;
  serveOpenApi(app);
  return app;
}
