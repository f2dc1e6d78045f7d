import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { json, type OpenAiUpstream, startOpenAiUpstream } from '../support/openai-upstream.js';
import { SwitchboardLab, until } from '../support/switchboard-lab.js';
import { within } from '../support/patience.js';

const KEYS = '/api/admin/ai-providers/lab/keys';

describe('several keys of one provider', () => {
  let upstream: OpenAiUpstream;
  let lab: SwitchboardLab;

  beforeAll(async () => {
    upstream = await startOpenAiUpstream();
    lab = await SwitchboardLab.start({ upstream });
    await lab.plugIn(upstream);
  });
  afterAll(async () => {
    await lab.stop();
    await upstream.stop();
  });
  beforeEach(() => {
    upstream.calls.length = 0;
  });
  afterEach(async () => {
    upstream.answering = () => undefined;
    for (const { id } of (await lab.must('GET', KEYS)).body.data) await lab.must('DELETE', `${KEYS}/${String(id)}`);
  });

  const primary = (apiKey: string) => lab.must('PUT', '/api/admin/ai-providers/lab/shared-key', { api_key: apiKey });
  const add = (apiKey: string, label: string, weight = 1) => lab.must('POST', KEYS, { api_key: apiKey, label, weight });
  const refuse = (key: string, status: number, headers: Record<string, string> = {}) => {
    upstream.answering = (call, response) => {
      if (call.key !== key) return false;
      json(
        response,
        status,
        { error: { message: status === 401 ? 'Incorrect API key provided' : 'Slow down' } },
        headers,
      );
      return true;
    };
  };
  const usedKeys = () => upstream.calls.map(({ key }) => key);
  const list = async () => (await lab.must('GET', KEYS)).body.data;

  it('lets the second one carry on when the first is asked too often, without waiting, and lets the first rest', async () => {
    await primary('sk-first-000000001');
    refuse('sk-first-000000001', 429, { 'retry-after': '30' });
    expect((await lab.chat()).status).toBe(429);
    await primary('sk-first-000000001');
    await add('sk-second-00000002', 'second');
    upstream.calls.length = 0;
    const started = performance.now();
    for (let call = 0; call < 10; call++) expect((await lab.chat()).status).toBe(200);
    expect(performance.now() - started).toBeLessThan(within(2_000));
    expect(usedKeys().filter((key) => key === 'sk-first-000000001').length).toBeLessThanOrEqual(1);
    expect((await list()).find(({ label }) => label === 'primary')).toMatchObject({ is_resting: true });
  });

  it('disables one that the vendor does not know, says why, and goes on with the other', async () => {
    await primary('sk-first-000000001');
    await add('sk-second-00000002', 'second');
    refuse('sk-first-000000001', 401);
    for (let call = 0; call < 8; call++) expect((await lab.chat()).status).toBe(200);
    expect(usedKeys().filter((key) => key === 'sk-first-000000001').length).toBeLessThanOrEqual(1);
    const first = async () => (await list()).find(({ label }) => label === 'primary');
    while (!usedKeys().includes('sk-first-000000001')) await lab.chat();
    await until(async () => (await first())?.['status'] === 'invalid');
    expect(String((await first())?.['reason'])).not.toContain('sk-first');
    upstream.answering = () => undefined;
    await primary('sk-first-renewed-1');
    expect(await first()).toMatchObject({ status: 'unverified', reason: null });
  });

  it('answers 502 upstream_auth_failed when no key is left, and heals when the vendor knows the key again', async () => {
    await primary('sk-first-000000001');
    refuse('sk-first-000000001', 401);
    expect(await lab.chat()).toMatchObject({ status: 502, body: { code: 'upstream_auth_failed' } });
    expect((await lab.chat()).status).toBe(502);
    upstream.answering = () => undefined;
    expect((await lab.chat()).status).toBe(200);
  });

  it('shares calls by weight', async () => {
    await primary('sk-first-000000001');
    await add('sk-second-00000002', 'second', 9);
    for (let call = 0; call < 100; call++) await lab.chat();
    const second = usedKeys().filter((key) => key === 'sk-second-00000002').length;
    expect(second).toBeGreaterThan(70);
    expect(second).toBeLessThan(100);
  });

  it('refuses a taken label, forgets a foreign or absent key with 404, and never shows a secret', async () => {
    await primary('sk-first-000000001');
    await add('sk-second-00000002', 'second');
    expect(await lab.ask('POST', KEYS, { api_key: 'sk-x-0000000003', label: 'second' })).toMatchObject({
      status: 409,
      body: { code: 'conflict' },
    });
    expect((await lab.ask('DELETE', `${KEYS}/not-an-id`)).status).toBe(404);
    expect((await lab.ask('DELETE', `${KEYS}/00000000-0000-7000-8000-000000000000`)).status).toBe(404);
    const shared = await list();
    expect(JSON.stringify(shared)).not.toContain('sk-first');
    const own = await lab.ask('DELETE', `/api/admin/ai-settings/lab/keys/${String(shared[0]?.['id'])}`);
    expect(own.status).toBe(404);
  });

  it('keeps the others when the primary one is replaced or removed', async () => {
    await primary('sk-first-000000001');
    await add('sk-second-00000002', 'second');
    await lab.must('DELETE', '/api/admin/ai-providers/lab/shared-key');
    expect((await lab.chat()).status).toBe(200);
    expect(usedKeys()).toEqual(['sk-second-00000002']);
    const { body } = await lab.must('GET', '/api/admin/ai-providers/lab');
    expect(body).toMatchObject({ has_shared_key: true, access_state: 'available_shared' });
  });

  it('uses an admin’s own keys before the shared ones, and never the shared one in place of a refused own one', async () => {
    await primary('sk-first-000000001');
    const person = await lab.person('own-keys@example.com');
    await lab.must('PUT', '/api/admin/ai-settings/lab/personal-key', { api_key: 'sk-own-0000000001' }, person.token);
    expect((await lab.chat(person.token)).status).toBe(200);
    refuse('sk-own-0000000001', 401);
    expect((await lab.chat(person.token)).status).toBe(502);
    expect(usedKeys()).toEqual(['sk-own-0000000001', 'sk-own-0000000001']);
  });
});
