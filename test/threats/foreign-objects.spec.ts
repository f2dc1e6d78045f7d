import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type OpenAiUpstream, startOpenAiUpstream } from '../support/openai-upstream.js';
import { SwitchboardLab } from '../support/switchboard-lab.js';
import { ACCESS_POLICY } from './access-policy.js';

const ABSENT = '00000000-0000-7000-8000-000000000000';
const NONSENSE = ['1', 'null', '%00', "'%20or%201=1", '..%2f..%2fetc', '00000000-0000-7000-8000-00000000000g'];

/** Routes with an id: how somebody comes to own such an object, and whether it is still there. */
interface Owned {
  /** Makes one that belongs to the person with this token; answers its id. */
  make(lab: SwitchboardLab, token: string): Promise<string>;
  readonly table: string;
  readonly body?: unknown;
}

const selection: Owned = {
  table: 'model_selection',
  make: async (lab, token) => {
    const body = { provider: 'lab', capability: 'chat', model_id: 'priced', scope: 'personal' };
    return String((await lab.must('POST', '/api/admin/ai-models/select-model', body, token)).body['id']);
  },
};
const OWNED: Readonly<Record<string, Owned>> = {
  'DELETE /api/admin/tokens/{id}': {
    table: 'api_token',
    make: async (lab, token) =>
      String((await lab.must('POST', '/api/admin/tokens', { name: 'mine' }, token)).body['id']),
  },
  'DELETE /api/admin/ai-settings/{slug}/keys/{id}': {
    table: 'provider_key',
    make: async (lab, token) => {
      const body = { api_key: 'sk-personal-00001', label: `mine ${Math.random()}` };
      return String((await lab.must('POST', '/api/admin/ai-settings/lab/keys', body, token)).body['id']);
    },
  },
  'DELETE /api/admin/ai-models/{id}': selection,
  'PUT /api/admin/ai-models/{id}/successor': { ...selection, body: { provider: 'lab', model_id: 'unpriced' } },
  'DELETE /api/admin/ai-models/{id}/successor': selection,
  'DELETE /api/admin/ai-models/scheduled/{id}': {
    table: 'scheduled_switch',
    make: async (lab, token) => {
      const at = new Date(Date.now() + 86_400_000).toISOString();
      const body = { provider: 'lab', capability: 'chat', model_id: 'priced', scope: 'personal', activate_at: at };
      await lab.must('POST', '/api/admin/ai-models/select-model', body, token);
      const { id } = (await lab.must('GET', '/api/admin/me', undefined, token)).body;
      const [row] = await lab.rows('select id from $s.scheduled_switch where owner = ? order by id desc', [id]);
      return String(row?.['id']);
    },
  },
  'DELETE /api/admin/me/sessions/{id}': {
    table: 'admin_session',
    make: async (lab, token) => {
      const { body } = await lab.must('GET', '/api/admin/me', undefined, token);
      const [row] = await lab.rows('select id from $s.admin_session where user_id = ?', [body['id']]);
      return String(row?.['id']);
    },
  },
  'GET /media/{id}': {
    table: 'media',
    make: async (lab, token) => {
      const body = { prompt: 'a bee', save_to_media: true, provider: 'sandbox' };
      const answer = await lab.must('POST', '/api/admin/ai/image/generate', body, token);
      return String((answer.body['images'] as { media_id: string }[])[0]?.media_id);
    },
  },
};

describe('objects of others', () => {
  let upstream: OpenAiUpstream;
  let lab: SwitchboardLab;
  let owner: { id: string; token: string };
  let stranger: { id: string; token: string };

  beforeAll(async () => {
    upstream = await startOpenAiUpstream();
    lab = await SwitchboardLab.start({ upstream });
    await lab.plugIn(upstream);
    owner = await lab.person('owner@example.com');
    stranger = await lab.person('stranger@example.com');
  });
  afterAll(async () => {
    await lab.stop();
    await upstream.stop();
  });

  it('A30 has a maker for every route with an id that is not for superadmins alone', () => {
    const routes = Object.entries(ACCESS_POLICY).filter(
      ([route, { who }]) => route.includes('{id}') && who === 'admin',
    );
    expect(Object.keys(OWNED).sort()).toEqual(routes.map(([route]) => route).sort());
  });

  describe.each(Object.entries(OWNED))('A30 %s', (route, owned) => {
    const [method = '', path = ''] = route.split(' ');
    const ask = (id: string, token: string) =>
      lab.ask(method, path.replace('{slug}', 'lab').replace('{id}', id), owned.body, token);
    const there = async (id: string) =>
      (await lab.rows(`select 1 from $s.${owned.table} where id = ?`, [id])).length === 1;

    it('answers 404 for a foreign, an absent and another kind’s id alike, and touches nothing', async () => {
      const mine = await owned.make(lab, owner.token);
      const foreign = await ask(mine, stranger.token);
      const absent = await ask(ABSENT, stranger.token);
      expect([foreign.status, absent.status]).toEqual([404, 404]);
      expect(foreign.body['code']).toBe(absent.body['code']);
      expect(foreign.body['detail']).toBe(absent.body['detail']);
      const others = Object.entries(OWNED).filter(([, other]) => other.table !== owned.table);
      for (const [, other] of others)
        expect((await ask(await other.make(lab, stranger.token), stranger.token)).status).toBe(404);
      expect(await there(mine)).toBe(true);
      expect((await ask(mine, owner.token)).status).toBeLessThan(300);
    });

    it.each(NONSENSE)('answers 404 for the id %s', async (id) => {
      expect((await ask(id, stranger.token)).status).toBe(404);
    });
  });

  it('A30 shows nobody the rows of another: ledger, usage, settings, tokens, keys', async () => {
    await lab.chat(owner.token);
    await new Promise((resolve) => setTimeout(resolve, 400));
    const paths = ['ai/generations', 'ai/usage?group_by=admin', 'tokens', 'ai-settings/lab/keys', 'me/sessions'];
    for (const path of paths) {
      const { text } = await lab.must('GET', `/api/admin/${path}`, undefined, stranger.token);
      expect(text).not.toContain(owner.id);
    }
    const asked = await lab.must('GET', `/api/admin/ai/generations?admin_id=${owner.id}`, undefined, stranger.token);
    expect(asked.text).not.toContain(owner.id);
    expect(
      (await lab.ask('GET', `/api/admin/ai-settings?admin_id=${owner.id}`, undefined, stranger.token)).status,
    ).toBe(403);
  });

  it('A65 gives each admin her own answer, and no cache in between a chance', async () => {
    const keyless = await lab.person('keyless@example.com');
    await lab.must(
      'DELETE',
      '/api/admin/ai-models/' + (await selection.make(lab, owner.token)),
      undefined,
      owner.token,
    );
    for (const { id } of (await lab.must('GET', '/api/admin/ai-settings/lab/keys', undefined, owner.token)).body.data)
      await lab.must('DELETE', `/api/admin/ai-settings/lab/keys/${String(id)}`, undefined, owner.token);
    await lab.must('PUT', '/api/admin/ai-settings/lab/personal-key', { api_key: 'sk-personal-00009' }, owner.token);
    const [hers, his] = await Promise.all(
      [owner, keyless].map(({ token }) => lab.must('GET', '/api/admin/ai-providers/lab', undefined, token)),
    );
    expect(hers?.body).toMatchObject({ has_personal_key: true, access_state: 'available_personal' });
    expect(his?.body).toMatchObject({ has_personal_key: false, personal_key: null, access_state: 'available_shared' });
    expect(hers?.headers['cache-control']).toBe('no-store');
    await lab.chat(owner.token);
    await lab.chat(keyless.token);
    expect(upstream.calls.slice(-2).map(({ key }) => key)).toEqual(['sk-personal-00009', 'sk-lab-shared-key-0001']);
  });

  it('A64 selects no model of another capability, of an unknown or switched-off provider, or for others', async () => {
    const select = (fields: object, token?: string) =>
      lab.ask(
        'POST',
        '/api/admin/ai-models/select-model',
        { provider: 'lab', capability: 'chat', model_id: 'priced', ...fields },
        token,
      );
    expect((await select({ capability: 'image' })).status).toBe(422);
    expect((await select({ provider: 'absent' })).status).toBe(404);
    expect((await select({ model_id: 'hidden' })).status).toBe(422);
    expect((await select({}, stranger.token)).status).toBe(403);
    await lab.must('PATCH', '/api/admin/ai-providers/lab', { is_active: false });
    expect(await select({})).toMatchObject({ status: 409, body: { code: 'provider_inactive' } });
    await lab.must('PATCH', '/api/admin/ai-providers/lab', { is_active: true });
  });

  it('A66 gives nothing away for a request id or an idempotency key that another used', async () => {
    const headers = { 'x-request-id': 'the-same-id', 'idempotency-key': 'the-same-key' };
    const send = (token: string, message: string) =>
      lab.app.inject({
        method: 'POST',
        url: '/api/admin/ai/chat/send',
        headers: { ...headers, authorization: `Bearer ${token}` },
        payload: { message },
      });
    upstream.calls.length = 0;
    await send(owner.token, 'the first one');
    const second = await send(stranger.token, 'the second one');
    expect(second.payload).not.toContain('the first one');
    expect(upstream.calls.map(({ body }) => JSON.stringify(body['messages']))).toEqual([
      expect.stringContaining('the first one'),
      expect.stringContaining('the second one'),
    ]);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const rows = await lab.rows("select admin from $s.generation where request_id like 'the-same-id%' order by id");
    expect(rows.map(({ admin }) => admin)).toEqual([owner.id, stranger.id]);
  });
});
