import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { ERROR_TABLE } from './core/errors/index.js';
import { ProblemSchema } from './core/http/index.js';

const DESCRIPTION = `One place to plug AI providers in, keep their keys, pick the one model per capability, and call it.

Errors under \`/api\` are RFC 9457 \`application/problem+json\` with a stable \`code\`:

| code | status | |
|---|---|---|
${Object.entries(ERROR_TABLE)
  .map(([code, { status, title }]) => `| \`${code}\` | ${status} | ${title} |`)
  .join('\n')}`;

/** The OpenAPI document of a running application: what `/docs` shows and `openapi.json` holds. */
export function openApiOf(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('AI Switchboard')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'A token of this switchboard.' })
    .addCookieAuth('switchboard.session_token')
    .build();
  return SwaggerModule.createDocument(app, config, {
    extraModels: [ProblemSchema],
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
}

/** Serves the document at `/docs` and `/docs-json`, below the prefix if there is one. */
export function serveOpenApi(app: INestApplication, prefix = ''): void {
  SwaggerModule.setup(`${prefix}/docs`, app, () => openApiOf(app), {
    jsonDocumentUrl: `${prefix}/docs-json`,
    customSiteTitle: 'AI Switchboard API',
    swaggerOptions: { persistAuthorization: true, displayRequestDuration: true },
  });
}
