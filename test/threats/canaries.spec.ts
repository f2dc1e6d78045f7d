import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { Evidence, findLeaks } from '../support/canary-scan.js';
import { oneTimeCodeOf } from '../support/one-time-code.js';
import { json, type OpenAiUpstream, startOpenAiUpstream } from '../support/openai-upstream.js';
import { freePort, startPostgres, type TestPostgres } from '../support/postgres.js';
import { ServerProcess, temporaryFolder } from '../support/server-process.js';
import { until } from '../support/switchboard-lab.js';
import { dumpOf } from '../support/table-dump.js';
import { ACCESS_POLICY, probePath } from './access-policy.js';

const canary = (name: string) => `canary-${name}-${randomBytes(9).toString('base64url')}`;

/** Distinctive secrets, one per place where a secret can live; more are planted on the way. */
const CANARY = {
  shared: `sk-${canary('shared')}`,
  second: `sk-${canary('second')}`,
  personal: `sk-${canary('personal')}`,
  environment: `sk-${canary('environment')}`,
  adminToken: `${canary('admin-token')}-of-32-characters`,
  ring: randomBytes(32).toString('base64'),
  superadminPassword: `${canary('superadmin')} password`,
  password: `${canary('person')} password`,
  wrongPassword: `${canary('wrong')} password`,
  nextPassword: `${canary('next')} password`,
  strayKey: `sk-${canary('stray-key')}`,
  strayToken: `sb_${randomBytes(32).toString('base64url')}`,
};
const CAPABILITIES = {
  chat: { supported: true, has_dynamic_models: true },
  content: { supported: true, has_dynamic_models: true },
  image: { supported: true, has_dynamic_models: false, models: [{ id: 'painter' }] },
  audio: { supported: true, has_dynamic_models: false, models: [{ id: 'speaker' }] },
};
const PERSON = 'canary@example.com';
/** What ends the session with which it is asked. */
const ENDS_SESSION = /sign-out|change-password|me\/sessions$|two-factor/;
const PLACES = ['answers', 'media', 'exports', 'audit', 'metrics', 'reference', 'panel', 'database', 'files', 'logs'];

interface Ask {
  readonly body?: unknown;
  readonly token?: string;
  readonly cookie?: string;
  readonly headers?: Record<string, string>;
  readonly place?: string;
  /** The answer shows these, once, to whom they belong. */
  readonly reveals?: (body: Record<string, unknown>) => Record<string, unknown>;
}

describe('A39 planted secrets, over every route of a real server that logs at every level', () => {
  const evidence = new Evidence();
  const folder = temporaryFolder();
  const data = temporaryFolder();
  const driven = new Set<string>();
  const planted = new Map<string, string>();
  let postgres: TestPostgres;
  let upstream: OpenAiUpstream;
  let server: ServerProcess;
  let url: string;
  let databaseUrl: string;

  const plant = (name: string, secret: unknown) => {
    const text = String(secret);
    evidence.plant(name, text);
    planted.set(name, text);
  };

  async function ask(method: string, path: string, asked: Ask = {}) {
    const { body, token, cookie, headers, place = 'answers', reveals } = asked;
    const answer = await fetch(url + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(cookie !== undefined && { cookie }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    const set = answer.headers.getSetCookie();
    let text = bytes.toString('latin1');
    const isJson = answer.headers.get('content-type')?.includes('json') === true;
    const parsed = (isJson ? JSON.parse(bytes.toString() || '{}') : {}) as Record<string, unknown>;
    for (const [name, secret] of Object.entries((answer.ok && reveals?.(parsed)) || {})) {
      plant(name, secret);
      text = text
        .replaceAll(String(secret), '[shown once]')
        .replaceAll(encodeURIComponent(String(secret)), '[shown once]');
    }
    for (const one of set) {
      const session = /session_token=([^;.]+)/.exec(one)?.[1];
      if (session !== undefined && session !== '') plant(`session ${planted.size}`, decodeURIComponent(session));
    }
    const kept = [...answer.headers].filter(([name]) => name !== 'set-cookie');
    evidence.note(place, JSON.stringify([method, path.split('?', 1)[0], answer.status, kept]));
    evidence.note(place, text);
    return { status: answer.status, body: parsed, cookie: set.map((one) => one.split(';', 1)[0]).join('; ') };
  }

  const admin = async (method: string, path: string, body?: unknown, more: Ask = {}) => {
    const answer = await ask(method, `/api/admin/${path}`, { token: CANARY.adminToken, body, ...more });
    if (answer.status >= 300)
      throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer;
  };

  beforeAll(async () => {
    for (const [name, secret] of Object.entries(CANARY)) plant(name, secret);
    postgres = await startPostgres();
    upstream = await startOpenAiUpstream();
    const file = join(folder.path, 'providers.json');
    const entry = {
      slug: 'envy',
      name: 'Envy',
      api_base_url: upstream.url,
      env_key: 'ENVY_API_KEY',
      capabilities: CAPABILITIES,
      allow_shared_for_normal_admins: true,
    };
    writeFileSync(file, JSON.stringify([entry]));
    databaseUrl = await postgres.createDatabase('canaries');
    server = ServerProcess.start({
      DATABASE_URL: databaseUrl,
      DATA_DIR: data.path,
      SWITCHBOARD_KEYS: CANARY.ring,
      ADMIN_TOKEN: CANARY.adminToken,
      SUPERADMIN_EMAIL: 'root@example.com',
      SUPERADMIN_PASSWORD: CANARY.superadminPassword,
      PROVIDERS_FILE: file,
      ENVY_API_KEY: CANARY.environment,
      ALLOW_PRIVATE_UPSTREAMS: `127.0.0.1:${upstream.port}`,
      LOG_LEVEL: 'trace',
      PORT: String(await freePort()),
    });
    url = await server.ready();
  }, 180_000);
  afterAll(async () => {
    await ServerProcess.killAll();
    await upstream?.stop();
    await postgres?.stop();
    folder.remove();
    data.remove();
  });

  it('are planted, used, shown to the vendor and back in its errors, and exported', async () => {
    const provider = { slug: 'lab', name: 'Lab', api_base_url: upstream.url, capabilities: CAPABILITIES };
    const config = { max_retry: 0, timeout: 20, wire: { price_unit: 'usd_per_token' } };
    await admin('POST', 'ai-providers', {
      ...provider,
      config,
      api_key: CANARY.shared,
      allow_shared_for_normal_admins: true,
      allow_personal_keys: true,
    });
    await admin('POST', 'ai-models/sync', { provider: 'lab' });
    const models = { chat: 'priced', content: 'priced', image: 'painter', audio: 'speaker' };
    for (const [capability, modelId] of Object.entries(models))
      await admin('POST', 'ai-models/select-model', { provider: 'lab', capability, model_id: modelId });
    await admin('POST', 'admins', { email: PERSON, name: 'Canary', role: 'admin', password: CANARY.password });
    const signIn = (email: string, password: string) =>
      ask('POST', '/api/auth/sign-in/email', { body: { email, password } });
    expect((await signIn(PERSON, CANARY.wrongPassword)).status).toBe(401);
    expect((await signIn('nobody@example.com', CANARY.wrongPassword)).status).toBe(401);
    expect((await signIn('root@example.com', CANARY.superadminPassword)).status).toBe(200);
    const { cookie } = await signIn(PERSON, CANARY.password);
    const made = await ask('POST', '/api/admin/tokens', {
      cookie,
      body: { name: 'canary', scopes: ['generate', 'read', 'manage'] },
      reveals: ({ token }) => ({ token }),
    });
    const token = String(made.body['token']);

    const invited = await admin(
      'POST',
      'admins/invitations',
      { email: 'guest@example.com', role: 'admin' },
      {
        reveals: ({ token: invitation }) => ({ invitation }),
      },
    );
    const accept = { token: invited.body['token'], name: 'Guest', password: CANARY.nextPassword };
    await ask('POST', '/api/auth/invitations/read', { body: { token: invited.body['token'] } });
    expect((await ask('POST', '/api/auth/invitations/accept', { body: accept })).status).toBe(201);
    expect((await ask('POST', '/api/auth/invitations/accept', { body: accept })).status).toBe(404);
    const guest = await signIn('guest@example.com', CANARY.nextPassword);
    const second = await ask('POST', '/api/auth/two-factor/enable', {
      cookie: guest.cookie,
      body: { password: CANARY.nextPassword },
      reveals: ({ totpURI, backupCodes }) => ({
        totp: new URL(String(totpURI)).searchParams.get('secret'),
        ...Object.fromEntries((backupCodes as string[]).map((code, index) => [`backup code ${index}`, code])),
      }),
    });
    const code = oneTimeCodeOf(String(second.body['totpURI']));
    const verified = await ask('POST', '/api/auth/two-factor/verify-totp', { cookie: guest.cookie, body: { code } });
    expect(verified.status).toBe(200);
    const { id: guestId } = (await ask('GET', '/api/admin/me', { cookie: verified.cookie })).body;
    await admin(
      'POST',
      `admins/${String(guestId)}/reset-password`,
      {},
      {
        reveals: ({ password }) => ({ 'generated password': password }),
      },
    );

    const calls = async (more: Ask) => {
      const chat = { messages: [{ role: 'user', content: 'hello' }] };
      for (const stream of [false, true]) {
        await ask('POST', '/api/admin/ai/chat/send', { ...more, body: { message: 'hello', stream } });
        await ask('POST', '/v1/chat/completions', { ...more, body: { ...chat, model: 'chat', stream } });
        await ask('POST', '/v1/messages', { ...more, body: { ...chat, model: 'chat', max_tokens: 50, stream } });
        await ask('POST', '/v1/responses', { ...more, body: { model: 'chat', input: 'hello', stream } });
        await ask('POST', '/api/admin/ai/content/generate', { ...more, body: { topic: 'bees', stream } });
      }
      const image = { prompt: 'a bee', save_to_media: true };
      const audio = { text: 'hello', format: 'wav', save_to_media: true };
      const saved = [
        await ask('POST', '/api/admin/ai/image/generate', { ...more, body: image }),
        await ask('POST', '/api/admin/ai/audio/generate', { ...more, body: audio }),
      ];
      await ask('POST', '/v1/images/generations', { ...more, body: { model: 'image', prompt: 'a bee' } });
      await ask('POST', '/v1/audio/speech', { ...more, body: { model: 'audio', input: 'hello', voice: 'alloy' } });
      for (const { body } of saved)
        for (const { url: address, media_id: id } of [body['images'] ?? [], body['audio'] ?? []].flat() as {
          url: string;
          media_id: string;
        }[]) {
          const signed = new URL(address, url);
          expect((await ask('GET', signed.pathname + signed.search, { place: 'media' })).status).toBe(200);
          expect((await ask('GET', `/media/${id}`, { ...more, place: 'media' })).status).toBe(200);
        }
    };
    const keys = () => new Set(upstream.calls.map(({ key }) => key));
    await calls({ token });
    await admin('POST', 'ai-providers/lab/keys', { api_key: CANARY.second, label: 'second', weight: 100 });
    await ask('PUT', '/api/admin/ai-settings/lab/personal-key', { token, body: { api_key: CANARY.personal } });
    await until(async () => {
      await calls({ token });
      await ask('POST', '/api/admin/ai/chat/send', { token: CANARY.adminToken, body: { message: 'hello' } });
      const named = { message: 'hello', provider: 'envy', model_id: 'priced' };
      await ask('POST', '/api/admin/ai/chat/send', { token: CANARY.adminToken, body: named });
      return [CANARY.shared, CANARY.second, CANARY.personal, CANARY.environment].every((key) => keys().has(key));
    }, 60_000);
    for (const status of [400, 401, 402, 404, 429, 500]) {
      upstream.answering = ({ key }, response) => {
        const message = `Incorrect API key provided: ${key}. See https://vendor.test/?key=${key}&x=Bearer%20${key}`;
        json(response, status, { error: { message, code: key } }, { 'x-echo': key, 'x-request-id': key });
        return true;
      };
      for (const asks of [token, CANARY.adminToken]) await calls({ token: asks });
      await ask('POST', '/api/admin/ai-providers/lab/validate-key', { token: CANARY.adminToken, body: {} });
      await ask('POST', '/api/admin/ai-providers/lab/conformance', { token: CANARY.adminToken, body: {} });
    }
    upstream.answering = ({ key }, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(`data: {"error":{"message":"no such key ${key}"}}\n\n`);
      return true;
    };
    await calls({ token });
    upstream.answering = () => undefined;
    await calls({ token });
  }, 180_000);

  it('are sent to every documented route by everybody, in and out of place', async () => {
    const { paths } = (await ask('GET', '/docs-json', { place: 'reference' })).body as {
      paths: Record<string, object>;
    };
    const documented = Object.entries(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const { cookie } = await ask('POST', '/api/auth/sign-in/email', {
      body: { email: PERSON, password: CANARY.password },
    });
    const misplaced = {
      api_key: CANARY.strayKey,
      password: CANARY.wrongPassword,
      token: CANARY.strayToken,
      nested: { secret: CANARY.strayKey, authorization: `Bearer ${CANARY.strayToken}` },
    };
    for (const [route, rule] of Object.entries(ACCESS_POLICY)) {
      const [method = ''] = route.split(' ');
      const path = probePath(route, rule);
      const place = route.includes('/export') ? 'exports' : route.includes('/audit') ? 'audit' : undefined;
      const more = { ...(place !== undefined && { place }), ...(rule.body !== undefined && { body: rule.body }) };
      const reveals =
        route === 'POST /api/admin/tokens' ? ({ token }: Record<string, unknown>) => ({ token }) : undefined;
      const asks: Ask[] = [
        more,
        { ...more, token: CANARY.adminToken },
        { ...more, token: planted.get('token') ?? '' },
        { ...more, token: CANARY.strayToken },
        { ...more, headers: { 'x-api-key': CANARY.strayKey } },
        ...(ENDS_SESSION.test(route) ? [] : [{ ...more, cookie }]),
      ];
      for (const one of asks) await ask(method, path, { ...one, ...(reveals && { reveals }) });
      for (const token of [CANARY.adminToken, CANARY.strayToken])
        if (method !== 'GET' && !route.startsWith('POST /api/auth'))
          await ask(method, path, { body: misplaced, token });
      if (route.startsWith('POST /api/auth')) await ask(method, path, { body: misplaced });
      for (const name of ['api_key', 'key', 'token'])
        await ask(method, `${path}${path.includes('?') ? '&' : '?'}${name}=${CANARY.strayKey}`, {
          token: CANARY.adminToken,
        });
      driven.add(route);
    }
    expect([...driven].sort()).toEqual(documented.sort());
  }, 180_000);

  it('are in nothing that left the server or stayed behind: none of them, anywhere, in any spelling', async () => {
    await new Promise((resolve) => setTimeout(resolve, 1_000)); // refusals and the ledger are written in batches
    for (const path of ['ai/usage/export', 'ai/generations/export'])
      for (const format of ['csv', 'json'])
        await admin('GET', `${path}?format=${format}`, undefined, { place: 'exports' });
    let cursor = '';
    do {
      const page = await admin('GET', `audit?limit=200${cursor}`, undefined, { place: 'audit' });
      cursor = typeof page.body['next_cursor'] === 'string' ? `&cursor=${page.body['next_cursor']}` : '';
    } while (cursor !== '');
    expect((await ask('GET', '/metrics', { token: CANARY.adminToken, place: 'metrics' })).status).toBe(200);
    for (const path of ['/docs', '/docs-json']) await ask('GET', path, { place: 'reference' });
    const page = await fetch(url, { headers: { accept: 'text/html' } }).then((answer) => answer.text());
    evidence.note('panel', page);
    for (const [, path] of page.matchAll(/(?:src|href)="\.?(\/[^"]+)"/g))
      await ask('GET', String(path), { place: 'panel' });

    const client = new Client(databaseUrl);
    await client.connect();
    const rows = await dumpOf(async (sql) => (await client.query<Record<string, unknown>>(sql)).rows);
    await client.end();
    for (const row of rows) evidence.note('database', row);
    expect(await server.stop()).toBe(0);
    evidence.note('logs', server.output);
    for (const name of readdirSync(data.path, { recursive: true, withFileTypes: true }))
      if (name.isFile()) evidence.note('files', readFileSync(join(name.parentPath, name.name)));

    expect(evidence.leaks().slice(0, 20)).toEqual([]);

    // A scan of nothing would find nothing, too.
    expect(PLACES.map((place) => [place, evidence.count(place) > 0])).toEqual(PLACES.map((place) => [place, true]));
    expect(evidence.count('answers')).toBeGreaterThan(1_000);
    expect(evidence.count('database')).toBeGreaterThan(500);
    expect(server.output.split('\n').length).toBeGreaterThan(500);
    for (const level of ['info', 'warn', 'debug']) expect(server.output).toContain(`"level":"${level}"`);
    for (const name of ['token', 'invitation', 'totp', 'backup code 0', 'generated password'])
      expect([name, planted.has(name)]).toEqual([name, true]);
    expect([...planted.keys()].filter((name) => name.startsWith('session')).length).toBeGreaterThanOrEqual(4);
  }, 120_000);

  it('would have been found in each of these places', () => {
    for (const place of PLACES)
      for (const [name, secret] of planted) {
        const spoilt = `${server.output.slice(-2_000)}\n{"x":"${Buffer.from(`k:${secret}!`).toString('base64')}"}`;
        const leaks = findLeaks(new Map([[name, secret]]), new Map([[place, [spoilt]]]));
        expect(leaks[0]).toMatchObject({ secret: name, place });
      }
  });
});
