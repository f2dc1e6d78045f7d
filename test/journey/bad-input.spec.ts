import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestServer } from '../support/test-server.js';

interface Problem {
  code: string;
  detail: string;
  status: number;
  errors: { field: string; message: string }[];
}

const select = (body: object) =>
  [
    'POST',
    '/api/admin/ai-models/select-model',
    { provider: 'sandbox', capability: 'chat', model_id: 'sandbox-chat', ...body },
  ] as const;
const setKey = (api_key: unknown) => ['PUT', '/api/admin/ai-providers/openai/shared-key', { api_key }] as const;
const chat = (body: object) => ['POST', '/api/admin/ai/chat/send', { message: 'Hello', ...body }] as const;
const add = (body: object) =>
  [
    'POST',
    '/api/admin/ai-providers',
    { slug: 'mine', name: 'Mine', api_base_url: 'https://mine.example.com', ...body },
  ] as const;

/** What is wrong → the request, the status, the code, the field. */
const CASES: readonly [
  string,
  readonly ['POST' | 'PUT' | 'PATCH' | 'GET', string, object?],
  number,
  string,
  string?,
][] = [
  ['an unknown provider', select({ provider: 'nobody' }), 404, 'provider_not_registered', 'provider'],
  ['an unknown capability', select({ capability: 'video' }), 400, 'validation_failed', 'capability'],
  ['a model that is not in the catalog', select({ model_id: 'gpt-9' }), 422, 'model_not_in_catalog', 'model_id'],
  ['a model of another capability', select({ model_id: 'sandbox-image' }), 422, 'model_no_capability', 'model_id'],
  [
    'a capability that the provider lacks',
    select({ provider: 'deepseek', capability: 'image', model_id: 'x' }),
    422,
    'operation_not_supported',
    'capability',
  ],
  ['an unknown field', select({ colour: 'red' }), 400, 'validation_failed', 'colour'],
  [
    'a missing field',
    ['POST', '/api/admin/ai-models/select-model', { provider: 'sandbox' }],
    400,
    'validation_failed',
    'capability',
  ],
  ['an empty key', setKey(''), 400, 'validation_failed', 'api_key'],
  ['a blank key', setKey('   '), 400, 'validation_failed', 'api_key'],
  ['a key with a newline inside', setKey('sk-one\nsk-two'), 400, 'validation_failed', 'api_key'],
  ['A40 a masked key', setKey('••••1234'), 400, 'validation_failed', 'api_key'],
  ['a key that is no text', setKey(42), 400, 'validation_failed', 'api_key'],
  [
    'a key for an unknown provider',
    ['PUT', '/api/admin/ai-providers/nobody/shared-key', { api_key: 'sk-x' }],
    404,
    'provider_not_registered',
  ],
  ['an empty message', chat({ message: '' }), 400, 'validation_failed', 'message'],
  ['a model without its provider', chat({ model_id: 'sandbox-chat' }), 400, 'validation_failed', 'provider'],
  [
    'a chat model that the provider lacks',
    chat({ provider: 'sandbox', model_id: 'gpt-9' }),
    422,
    'model_not_in_catalog',
    'model_id',
  ],
  ['a temperature beyond its range', chat({ temperature: 9 }), 400, 'validation_failed', 'temperature'],
  ['A58 an absurd max_tokens', chat({ max_tokens: 1e9 }), 400, 'validation_failed', 'max_tokens'],
  [
    'a history message without a role',
    chat({ conversation_history: [{ content: 'x' }] }),
    400,
    'validation_failed',
    'conversation_history.0.role',
  ],
  [
    'a tool message without its call',
    chat({ conversation_history: [{ role: 'tool', content: 'x' }] }),
    400,
    'validation_failed',
    'conversation_history.0.tool_call_id',
  ],
  [
    'a provider without a key',
    chat({ provider: 'openai', model_id: 'gpt-6' }),
    422,
    'model_not_in_catalog',
    'model_id',
  ],
  ['a bad slug', add({ slug: 'Bad Slug' }), 400, 'validation_failed', 'slug'],
  ['a slug that is taken', add({ slug: 'openai' }), 409, 'conflict', 'slug'],
  ['A01 a metadata address', add({ api_base_url: 'https://169.254.169.254/' }), 422, 'url_not_allowed', 'api_base_url'],
  ['A02 a private address', add({ api_base_url: 'https://10.0.0.1/v1' }), 422, 'url_not_allowed', 'api_base_url'],
  ['plain http', add({ api_base_url: 'http://llm.example.com/v1' }), 422, 'url_not_allowed', 'api_base_url'],
  ['a strategy that is not there', add({ strategy: 'telepathy' }), 404, 'provider_not_registered'],
  [
    'A13 a header that is ours',
    add({ config: { wire: { headers: { Authorization: 'x' } } } }),
    400,
    'validation_failed',
    'config.wire.headers.Authorization',
  ],
  ['a page beyond its size', ['GET', '/api/admin/ai/generations?limit=1000000000'], 400, 'validation_failed', 'limit'],
  ['A54 a forged cursor', ['GET', '/api/admin/ai/generations?cursor=bm9wZQ'], 400, 'validation_failed', 'cursor'],
  ['an unknown route', ['GET', '/api/admin/nothing'], 404, 'not_found'],
];

describe('bad input', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  const picture = async () => {
    const [providers, selections] = await Promise.all([
      server.call<{ data: object[] }>('GET', '/api/admin/ai-providers'),
      server.call<{ data: object[] }>('GET', '/api/admin/ai-models'),
    ]);
    // Looking at a provider may refresh its catalog; that is no change of what an administrator set.
    const stable = providers.body.data.map((provider) => ({ ...provider, catalog: null, stats: null }));
    return JSON.stringify([
      stable,
      selections.body.data.map((row) => ({ ...row, total_requests: 0, last_used_at: null })),
    ]);
  };

  it.each(CASES)('%s is refused by name and changes nothing', async (...args) => {
    const [, [method, path, body], status, code, field] = args;
    const before = await picture();
    const answer = await server.call<Problem>(method, path, body);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.body).toMatchObject({ status, code });
    expect(answer.status).toBe(status);
    expect(answer.body.detail.length).toBeGreaterThan(5);
    if (typeof field === 'string') expect(answer.body.errors.map((error) => error.field)).toContain(field);
    expect(await picture()).toBe(before);
  });

  it('takes a model that the catalog does not list when told to insist', async () => {
    const forced = await server.call(...select({ model_id: 'sandbox-next', force: true }));
    expect(forced).toMatchObject({ status: 200, body: { model_id: 'sandbox-next', is_active: true } });
    await server.call(...select({}));
  });

  it('answers malformed JSON and a wrong content type as the caller’s fault', async () => {
    const malformed = await server.app.inject({
      method: 'POST',
      url: '/api/admin/ai/chat/send',
      payload: '{"message":',
      headers: { authorization: 'Bearer x', 'content-type': 'application/json' },
    });
    expect(malformed.statusCode).toBe(400);
    expect(malformed.json()).toMatchObject({ code: 'validation_failed' });
  });

  it('answers nobody and strangers before anything else', async () => {
    for (const token of [null, 'sb_nobody']) {
      const answer = await server.call('POST', '/api/admin/ai-models/select-model', { nonsense: true }, token);
      expect(answer).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    }
  });
});
