import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type OpenAiUpstream, startOpenAiUpstream } from '../support/openai-upstream.js';
import { SwitchboardLab, until } from '../support/switchboard-lab.js';

describe('the audit', () => {
  let upstream: OpenAiUpstream;
  let lab: SwitchboardLab;
  let person: { id: string; token: string };

  beforeAll(async () => {
    upstream = await startOpenAiUpstream();
    lab = await SwitchboardLab.start({ upstream });
    await lab.plugIn(upstream);
    person = await lab.person('someone@example.com');
  });
  afterAll(async () => {
    await lab.stop();
    await upstream.stop();
  });

  const latest = async (action: string) =>
    (await lab.must('GET', `/api/admin/audit?action=${action}&limit=1`)).body.data[0] as Record<string, unknown>;

  it('has a row for every administrative write, with what changed and by whom', async () => {
    await lab.must('PATCH', '/api/admin/ai-providers/lab', { description: 'A new one', sort_order: 7 });
    expect(await latest('provider.update')).toMatchObject({
      actor: 'admin-token',
      target: 'lab',
      outcome: 'done',
      before: { description: null, sort_order: 1000 },
      after: { description: 'A new one', sort_order: 7 },
    });
    await lab.must('PUT', '/api/admin/ai-providers/lab/shared-key', { api_key: 'sk-very-secret-0002' });
    const key = await latest('shared_key.set');
    expect(key).toMatchObject({ target: 'lab', after: { last4: '0002' } });
    expect(JSON.stringify(key)).not.toContain('very-secret');
    await lab.must('PATCH', `/api/admin/ai-settings/lab?admin_id=${person.id}`, { monthly_limit: 5 });
    expect(await latest('setting.update')).toMatchObject({
      before: { monthlyLimit: null },
      after: { monthlyLimit: 5 },
    });
    await lab.must('POST', '/api/admin/ai-models/select-model', {
      provider: 'lab',
      capability: 'chat',
      model_id: 'unpriced',
    });
    expect(await latest('selection.select')).toMatchObject({
      target: 'chat',
      before: { model_id: 'priced' },
      after: { model_id: 'unpriced' },
    });
    await lab.must('POST', '/api/admin/ai-models/rollback', { capability: 'chat' });
    expect(await latest('selection.rollback')).toMatchObject({ after: { model_id: 'priced' } });
    await lab.must('PATCH', `/api/admin/admins/${person.id}`, { role: 'superadmin' });
    expect(await latest('admin.update')).toMatchObject({
      target: 'someone@example.com',
      before: { role: 'admin' },
      after: { role: 'superadmin' },
    });
    await lab.must('PATCH', `/api/admin/admins/${person.id}`, { role: 'admin' });
    expect(await latest('token.create')).toMatchObject({ actor: person.id, actor_name: 'someone@example.com' });
    expect(await latest('admin.create')).toMatchObject({ target: 'someone@example.com' });
    expect(await latest('provider.create')).toMatchObject({ target: 'lab' });
  });

  it('has no row of a write that did not happen', async () => {
    const count = async () => (await lab.must('GET', '/api/admin/audit?action=provider.update')).body['total'];
    const before = await count();
    expect((await lab.ask('PATCH', '/api/admin/ai-providers/lab', { sort_order: 'first' })).status).toBe(400);
    expect(await count()).toBe(before);
  });

  it('A31 has a row for every refusal on an admin route, with the name of who tried', async () => {
    expect((await lab.ask('DELETE', '/api/admin/ai-providers/lab', undefined, person.token)).status).toBe(403);
    expect((await lab.ask('GET', '/api/admin/ai-providers', undefined, null)).status).toBe(401);
    const refused = await until(async () => {
      const { data } = (await lab.must('GET', '/api/admin/audit?outcome=refused')).body;
      return data.length >= 2 && data;
    });
    expect(refused).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ actor: person.id, target: 'DELETE /api/admin/ai-providers/lab', code: 'forbidden' }),
        expect.objectContaining({ actor: null, target: 'GET /api/admin/ai-providers', code: 'unauthenticated' }),
      ]),
    );
  });

  it('is paged by a cursor, for superadmins only', async () => {
    const first = await lab.must('GET', '/api/admin/audit?limit=2');
    expect(first.body.data).toHaveLength(2);
    const second = await lab.must('GET', `/api/admin/audit?limit=2&cursor=${String(first.body['next_cursor'])}`);
    const ids = [...first.body.data, ...second.body.data].map(({ id }) => id);
    expect(new Set(ids).size).toBe(4);
    expect((await lab.ask('GET', '/api/admin/audit?cursor=nonsense')).status).toBe(400);
    expect((await lab.ask('GET', '/api/admin/audit', undefined, person.token)).status).toBe(403);
  });
});
