import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SwitchboardClient, SwitchboardClientError } from '../src/client/index.js';
import { ADMIN_TOKEN, TestServer } from './support/test-server.js';

describe('the typed client', () => {
  let server: TestServer;
  let client: SwitchboardClient;
  beforeAll(async () => {
    server = await TestServer.start();
    client = new SwitchboardClient({ baseUrl: `${await server.listen()}/`, token: ADMIN_TOKEN });
  });
  afterAll(() => server.stop());

  it('calls operations with path, query and body', async () => {
    const provider = await client.call('GET /api/admin/ai-providers/{slug}', { path: { slug: 'sandbox' } });
    expect(provider.slug).toBe('sandbox');
    const listed = await client.call('GET /api/admin/ai-providers', { query: { capability: 'image' } });
    expect(listed.data.length).toBeGreaterThan(1);
    const answer = await client.call('POST /api/admin/ai/chat/send', { body: { message: 'hello' } });
    expect(answer.provider.slug).toBe('sandbox');
  });

  it('reads streams event by event', async () => {
    const names: string[] = [];
    const events = client.stream('POST /api/admin/ai/chat/send', { body: { message: 'hello', stream: true } });
    for await (const { event } of events) names.push(event);
    expect(names.filter((name) => name === 'delta').length).toBeGreaterThan(1);
    expect(names.at(-1)).toBe('done');
  });

  it('throws what the server says, with its stable code', async () => {
    const asked = client.call('GET /api/admin/ai-providers/{slug}', { path: { slug: 'a/b?c' } });
    const error = (await asked.catch((thrown: unknown) => thrown)) as SwitchboardClientError;
    expect(error).toBeInstanceOf(SwitchboardClientError);
    expect([error.status, error.code, typeof error.requestId]).toEqual([404, 'provider_not_registered', 'string']);
  });
});
