import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Replica, Vendor } from './catalog-app.js';

describe('edits of a provider', () => {
  let vendor: Vendor;
  let replica: Replica;
  beforeAll(async () => {
    vendor = await Vendor.start();
    replica = await Replica.start({ vendors: [{ slug: 'acme', vendor }] });
  });
  afterAll(async () => {
    await replica.stop();
    await vendor.stop();
  });
  const read = async () => (await replica.call('GET', 'ai-providers/acme')).headers['etag'] as string;
  const edit = (body: object, headers: Readonly<Record<string, string>> = {}) =>
    replica.call('PATCH', 'ai-providers/acme', body, headers);

  it('of parallel ones with the same If-Match exactly one wins, the others are told (412)', async () => {
    const tag = await read();
    const answers = await Promise.all(
      [1, 2, 3, 4].map((order) =>
        edit({ sort_order: order, website: `https://${order}.example.com` }, { 'if-match': tag }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
    expect(answers.find(({ status }) => status === 412)!.body).toMatchObject({
      code: 'precondition_failed',
      detail: expect.stringContaining('ai-providers/acme'),
    });
    const won = answers.find(({ status }) => status === 200)!;
    const { body, headers } = await replica.call('GET', 'ai-providers/acme');
    expect(body).toMatchObject({ sort_order: won.body['sort_order'], website: won.body['website'] });
    expect(won.headers['etag']).toBe(headers['etag']);
    expect(headers['etag']).not.toBe(tag);
  });

  it('go on with the tag that the last one answered, and without any', async () => {
    const first = await edit({ description: 'one' }, { 'if-match': await read() });
    const second = await edit({ description: 'two' }, { 'if-match': first.headers['etag'] as string });
    expect([first.status, second.status]).toEqual([200, 200]);
    expect((await edit({ description: 'three' }, { 'if-match': first.headers['etag'] as string })).status).toBe(412);
    expect((await edit({ description: 'three' })).status).toBe(200);
    expect((await edit({ description: 'four' }, { 'if-match': '*' })).status).toBe(200);
    expect((await edit({ description: 'five' }, { 'if-match': `W/${await read()}` })).status).toBe(412);
    expect((await replica.call('GET', 'ai-providers/acme')).body).toMatchObject({ description: 'four' });
  });

  it('a tag survives lists, keys and use, and changes with the configuration', async () => {
    vendor.rows([{ id: 'a' }]);
    const tag = await read();
    await replica.call('POST', 'ai-models/sync', { provider: 'acme' });
    await replica.call('PUT', 'ai-providers/acme/shared-key', { api_key: 'sk-0123456789abcdef' });
    expect(await read()).toBe(tag);
    expect((await edit({ config: { timeout: 7 } }, { 'if-match': tag })).status).toBe(200);
    expect(await read()).not.toBe(tag);
  });
});
