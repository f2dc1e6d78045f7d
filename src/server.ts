import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { LoggerService } from '@nestjs/common';
import { AppModule } from './app.module.js';
import type { Environment, SwitchboardSettings } from './core/config/index.js';
import { serveOpenApi } from './openapi.js';
import { guardEveryRequest, logEveryRequest } from './server-hooks.js';

/** Bytes of a request body: pictures come as base64. */
const BODY_LIMIT = 32 * 1024 * 1024;
const REQUEST_TIMEOUT_MS = 120_000;

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
      requestTimeout: REQUEST_TIMEOUT_MS,
      routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500 },
      forceCloseConnections: 'idle',
    }),
    { rawBody: true, abortOnError: false, ...(options.logger === undefined ? {} : { logger: options.logger }) },
  );
  // Recordings go on as the bytes they are; everything else that comes as a form is refused where it arrives.
  app.useBodyParser('multipart/form-data', { bodyLimit: BODY_LIMIT }, (_request, body, done) => done(null, body));
  guardEveryRequest(app, environment.PUBLIC_URL?.startsWith('https:') === true);
  if (options.logger) logEveryRequest(app, options.logger);
  serveOpenApi(app);
  return app;
}
