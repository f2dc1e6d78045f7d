import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { Ajv } from 'ajv';
import addFormatsModule from 'ajv-formats';
import { openApiOf } from '../src/openapi.js';
import { TestServer } from './support/test-server.js';

type Schema = Record<string, unknown>;
const addFormats = addFormatsModule as unknown as (ajv: Ajv) => void;

/** OpenAPI 3.0 as JSON Schema, every documented object closed: a field that Swagger does not know is a failure. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { nullable, example: _example, ...rest } = schema as Schema;
  const mapped = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, key === 'enum' ? value : closed(value)]),
  );
  const properties = mapped['properties'] as Schema | undefined;
  if (properties && mapped['additionalProperties'] === undefined) mapped['additionalProperties'] = false;
  if (nullable !== true) return mapped;
  const { description: _description, ...bare } = mapped;
  return { anyOf: [bare, { type: 'null' }] };
}

/** One call per documented answer that needs no outside world. */
const CALLS: readonly (readonly ['GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', string, object?])[] = [
  ['GET', '/api/admin/ai-providers'],
  ['GET', '/api/admin/ai-providers/openai'],
  [
    'POST',
    '/api/admin/ai-providers',
    { slug: 'mine', name: 'Mine', api_base_url: 'https://mine.example.com/v1', api_key: 'sk-0123456789abcdef' },
  ],
  ['PATCH', '/api/admin/ai-providers/mine', { api_base_url: 'https://other.example.com/v1' }],
  ['POST', '/api/admin/ai-providers/import', { dry_run: true }],
  ['PUT', '/api/admin/ai-providers/mine/shared-key', { api_key: 'sk-0123456789abcdef' }],
  ['PUT', '/api/admin/ai-settings/mine/personal-key', { api_key: 'sk-0123456789abcdef' }],
  ['GET', '/api/admin/ai-providers/mine'],
  ['GET', '/api/admin/ai-settings'],
  ['PATCH', '/api/admin/ai-settings/mine', { use_shared_api: true }],
  ['GET', '/api/admin/ai-models/browse-models?provider=sandbox&capability=chat'],
  ['GET', '/api/admin/ai-models/browse-models?provider=sandbox&capability=image'],
  ['GET', '/api/admin/ai-models/browse-models?provider=deepseek&capability=audio'],
  ['POST', '/api/admin/ai-models/sync', { provider: 'sandbox' }],
  [
    'POST',
    '/api/admin/ai-models/select-model',
    { provider: 'sandbox', capability: 'chat', model_id: 'sandbox-chat-mini' },
  ],
  ['POST', '/api/admin/ai-models/rollback', { capability: 'chat' }],
  ['GET', '/api/admin/ai-models'],
  ['GET', '/api/admin/ai-models/history'],
  ['PUT', '/api/admin/ai-models/fallbacks', { capability: 'chat', selection_ids: [] }],
  ['POST', '/api/admin/ai/chat/send', { message: 'Hello' }],
  ['POST', '/api/admin/ai/content/generate', { topic: 'Green tea' }],
  ['POST', '/api/admin/ai/image/generate', { prompt: 'A lake', size: '64x64' }],
  ['POST', '/api/admin/ai/image/generate', { prompt: 'A lake', size: '64x64', save_to_media: true }],
  ['POST', '/api/admin/ai/audio/generate', { text: 'Hello' }],
  ['GET', '/api/admin/ai/providers?capability=chat'],
  ['GET', '/api/admin/ai/chat/models'],
  ['GET', '/api/admin/ai/generations'],
  ['GET', '/api/admin/ai/usage?group_by=provider'],
  ['GET', '/api/admin/tokens'],
  ['POST', '/api/admin/tokens', { name: 'one' }],
  ['GET', '/api/admin/admins'],
  ['POST', '/api/admin/admins', { email: 'someone@example.com', name: 'Someone' }],
  ['GET', '/api/admin/audit'],
  ['POST', '/api/admin/ai-models/select-model', { provider: 'nobody', capability: 'chat', model_id: 'x' }],
  ['POST', '/api/admin/ai/chat/send', {}],
  ['DELETE', '/api/admin/ai-providers/mine'],
];

describe('Swagger tells the truth to the last field', () => {
  let server: TestServer;
  let document: OpenAPIObject;
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);

  beforeAll(async () => {
    server = await TestServer.start();
    document = openApiOf(server.app);
    ajv.addSchema(closed({ components: { schemas: document.components?.schemas } }) as Schema, 'api');
  });
  afterAll(() => server.stop());

  /** The documented template of a path. */
  const templateOf = (path: string): string => {
    const parts = path.split('?')[0]?.split('/') ?? [];
    const candidates = Object.keys(document.paths).filter((template) => {
      const wanted = template.split('/');
      return (
        wanted.length === parts.length && wanted.every((part, index) => part.startsWith('{') || part === parts[index])
      );
    });
    return candidates.sort((a, b) => a.split('{').length - b.split('{').length)[0] ?? path;
  };

  it.each(CALLS)('%s %s', async (...call) => {
    const [method, path, body] = call as unknown as (typeof CALLS)[number];
    const answer = await server.call(method, path, body);
    const item = document.paths[templateOf(path)] as unknown as Record<
      string,
      { responses: Record<string, { content?: Record<string, { schema: Schema }> }> }
    >;
    const documented = item[method.toLowerCase()]?.responses[String(answer.status)];
    expect({ status: answer.status, isDocumented: documented !== undefined }).toEqual({
      status: answer.status,
      isDocumented: true,
    });
    const { 'content-type': contentType } = answer.headers;
    const type = typeof contentType === 'string' ? (contentType.split(';')[0] ?? '') : '';
    if (answer.status === 204) return expect(answer.text).toBe('');
    const schema = documented?.content?.[type]?.schema;
    expect({ type, isDocumented: schema !== undefined }).toEqual({ type, isDocumented: true });
    const text = JSON.stringify(closed(schema)).replaceAll('"#/components', '"api#/components');
    const validate = ajv.compile(JSON.parse(text) as Schema);
    validate(answer.body);
    expect(validate.errors ?? []).toEqual([]);
  });
});
