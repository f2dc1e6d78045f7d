import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FIXTURES } from '../contract/fixtures/index.js';
import { FixtureUpstream } from './fixture-upstream.js';
import { type Answered, GenerationApp } from './generation-app.js';

const upstream = await FixtureUpstream.listen();
let app: GenerationApp;
let cookie: string;

const EMAIL = 'nora@example.com';

beforeAll(async () => {
  app = await GenerationApp.start([upstream.host]);
  upstream.list = FIXTURES['openai']!.cases.listModels!.answer;
  await app.connect('openai', `http://${upstream.host}/v1`, { chat: 'gpt-4o', image: 'gpt-image-1' });
  const { json } = await app.post('/api/admin/admins', { email: EMAIL, name: 'Nora', role: 'admin' });
  const signedIn = await app.post(
    '/api/auth/sign-in/email',
    { email: EMAIL, password: json['password'] },
    { authorization: '' },
  );
  cookie = (signedIn.headers['set-cookie'] ?? []).map((each) => each.split(';', 1)[0]).join('; ');
});
afterAll(async () => {
  await app.stop();
  await upstream.stop();
});

const asNora = (path: string) => app.get(path, { authorization: '', cookie });
const rows = ({ json }: Answered) => json['data'] as Record<string, unknown>[];
const find = (answer: Answered, slug: string) => rows(answer).find((row) => (row['slug'] ?? row['provider']) === slug);

describe('what a normal admin may use', () => {
  it('is the sandbox, and with a reason not what only superadmins share', async () => {
    const mine = await asNora('/api/admin/ai/providers?capability=chat');
    expect(find(mine, 'sandbox')).toMatchObject({ access_state: 'available_shared' });
    expect(find(mine, 'openai')).toMatchObject({
      access_state: 'no_access',
      access_reason: 'The shared key is for superadmins; you can add your own key.',
      selected_model: { id: 'gpt-4o' },
    });
  });

  it('shows of a closed provider only what was selected, of an open one all it lists', async () => {
    const closed = rows(await asNora('/api/admin/ai/chat/models?limit=200'));
    expect(
      closed.filter(({ provider }) => provider === 'openai').map(({ id, access_state: state }) => [id, state]),
    ).toEqual([['gpt-4o', 'no_access']]);
    await app.ask('PATCH', '/api/admin/ai-providers/openai', { allow_shared_for_normal_admins: true });
    const open = rows(await asNora('/api/admin/ai/image/models?limit=200'));
    expect(open.find(({ provider }) => provider === 'openai')).toMatchObject({
      id: 'gpt-image-1',
      provider_name: 'OpenAI',
      is_selected: true,
      is_active: false,
      access_state: 'available_shared',
      access_reason: 'The shared key is used.',
    });
  });

  it('includes her own key, and ends where a provider is switched off', async () => {
    const put = { api_key: 'noras-own-key-0001' };
    await app.ask('PUT', '/api/admin/ai-settings/openai/personal-key', put, {
      authorization: '',
      cookie,
      origin: app.url,
    });
    expect(find(await asNora('/api/admin/ai/providers'), 'openai')).toMatchObject({
      access_state: 'available_personal',
      access_reason: 'Your own key is used.',
    });
    await app.ask('PATCH', '/api/admin/ai-providers/openai', { is_active: false });
    expect(find(await asNora('/api/admin/ai/providers'), 'openai')).toMatchObject({ access_state: 'disabled' });
    const used = await app.post('/api/admin/ai/image/generate', { provider: 'openai', prompt: 'A fox' });
    expect([used.status, used.json['code']]).toEqual([409, 'provider_inactive']);
  });

  it('is no more than her token is for', async () => {
    const body = { name: 'pictures only', scopes: ['read', 'generate'], capabilities: ['image'] };
    const made = await app.post('/api/admin/tokens', body, { authorization: '', cookie, origin: app.url });
    const headers = { authorization: `Bearer ${String(made.json['token'])}` };
    expect(find(await app.get('/api/admin/ai/providers?capability=chat', headers), 'sandbox')).toMatchObject({
      access_state: 'no_access',
      access_reason: 'This token may not be used for chat.',
    });
    expect(find(await app.get('/api/admin/ai/image/models', headers), 'sandbox')).toMatchObject({
      access_state: 'available_shared',
    });
    const spoken = await app.post('/api/admin/ai/audio/generate', { text: 'Hi' }, headers);
    expect([spoken.status, spoken.json['code']]).toEqual([403, 'model_access_denied']);
  });
});
