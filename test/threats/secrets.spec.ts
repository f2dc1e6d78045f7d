import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LoggerService } from '@nestjs/common';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { json, type OpenAiUpstream, startOpenAiUpstream } from '../support/openai-upstream.js';
import { ADMIN_TOKEN, ENCRYPTION_KEY, SwitchboardLab, until } from '../support/switchboard-lab.js';

/** Distinctive secrets, one per place where a secret can live. */
const CANARY = {
  shared: 'sk-canary-shared-Zq81xWv0',
  second: 'sk-canary-second-Mn52pLk7',
  personal: 'sk-canary-personal-Rt36yHg4',
  environment: 'sk-canary-environment-Bc94dFe2',
  password: 'canary password Jh27sXd9',
};

/** Every line that the server would log, at every level, before any redaction. */
class Collector implements LoggerService {
  lines: string[] = [];
  private readonly take = (...parts: unknown[]) =>
    void this.lines.push(
      parts.map((part) => (part instanceof Error ? String(part.stack) : JSON.stringify(part))).join(' '),
    );
  log = this.take;
  error = this.take;
  warn = this.take;
  debug = this.take;
  verbose = this.take;
  fatal = this.take;
}

describe('secrets', () => {
  const folder = mkdtempSync(join(tmpdir(), 'switchboard-canary-'));
  const logs = new Collector();
  const answers: string[] = [];
  let upstream: OpenAiUpstream;
  let elsewhere: OpenAiUpstream;
  let lab: SwitchboardLab;
  let person: { id: string; token: string };

  beforeAll(async () => {
    upstream = await startOpenAiUpstream();
    elsewhere = await startOpenAiUpstream();
    const file = join(folder, 'providers.json');
    const entry = {
      name: 'Envy',
      api_base_url: upstream.url,
      env_key: 'ENVY_API_KEY',
      capabilities: { chat: { supported: true, has_dynamic_models: true } },
    };
    writeFileSync(file, JSON.stringify([{ slug: 'envy', ...entry, allow_shared_for_normal_admins: true }]));
    lab = await SwitchboardLab.start({
      upstream,
      logger: logs,
      variables: {
        PROVIDERS_FILE: file,
        ENVY_API_KEY: CANARY.environment,
        ALLOW_PRIVATE_UPSTREAMS: `127.0.0.1:${upstream.port},127.0.0.1:${elsewhere.port}`,
      },
    });
    // Every answer of every test is looked through at the end; what shows a token once is asked past this.
    const ask = lab.ask.bind(lab);
    lab.ask = async (...asked) => {
      const answer = await ask(...asked);
      if (!(asked[0] === 'POST' && asked[1] === '/api/admin/tokens'))
        answers.push(JSON.stringify(answer.headers) + answer.text);
      return answer;
    };
    await lab.plugIn(upstream, { api_key: CANARY.shared });
    person = await lab.person('someone@example.com');
  });
  afterAll(async () => {
    await lab.stop();
    await upstream.stop();
    await elsewhere.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    upstream.answering = () => undefined;
    upstream.calls.length = 0;
    elsewhere.calls.length = 0;
  });

  const putShared = (key: string) => lab.must('PUT', '/api/admin/ai-providers/lab/shared-key', { api_key: key });
  const patch = (fields: object, slug = 'lab') => lab.must('PATCH', `/api/admin/ai-providers/${slug}`, fields);

  it('A10 drops the keys of a provider that moves to another origin, and says so; the new origin sees none', async () => {
    await lab.must('PUT', '/api/admin/ai-settings/lab/personal-key', { api_key: CANARY.personal }, person.token);
    const { body } = await patch({ api_base_url: elsewhere.url });
    expect(body).toMatchObject({ has_shared_key: false, shared_key: null });
    expect(String(body['warnings'])).toMatch(/2 stored keys were dropped/);
    expect(await lab.chat()).toMatchObject({ status: 409, body: { code: 'no_api_key_available' } });
    expect(await lab.chat(person.token)).toMatchObject({ status: 409, body: { code: 'no_api_key_available' } });
    await lab.ask('POST', '/api/admin/ai-providers/lab/validate-key', {});
    await lab.ask('POST', '/api/admin/ai-models/sync', { provider: 'lab' });
    expect(elsewhere.calls).toEqual([]);
    const back = await patch({ api_base_url: upstream.url, api_key: CANARY.shared });
    expect(back.body).toMatchObject({ has_shared_key: true });
    expect((await lab.chat()).status).toBe(200);
  });

  it('A10 A09 hands the environment’s key only to the origin that the provider file names', async () => {
    expect((await lab.must('GET', '/api/admin/ai-providers/envy')).body).toMatchObject({
      has_shared_key: true,
      shared_key: { source: 'environment' },
    });
    const thief = { slug: 'thief', name: 'Thief', api_base_url: elsewhere.url, allow_shared_for_normal_admins: true };
    for (const name of ['ENVY_API_KEY', 'ADMIN_TOKEN'])
      expect((await lab.ask('POST', '/api/admin/ai-providers', { ...thief, env_key: name })).status).toBe(400);
    await lab.must('POST', '/api/admin/ai-providers', thief);
    for (const name of ['ENVY_API_KEY', 'ADMIN_TOKEN']) {
      await lab.rows("update $s.provider set env_key = ? where slug = 'thief'", [name]);
      await lab.must('PATCH', '/api/admin/ai-providers/thief', { sort_order: 5 });
      expect((await lab.must('GET', '/api/admin/ai-providers/thief')).body).toMatchObject({ has_shared_key: false });
      const chat = await lab.chat(ADMIN_TOKEN, { provider: 'thief', model_id: 'priced' });
      expect(chat.status).toBeGreaterThanOrEqual(400);
    }
    await patch({ api_base_url: elsewhere.url }, 'envy');
    expect((await lab.must('GET', '/api/admin/ai-providers/envy')).body).toMatchObject({ has_shared_key: false });
    expect(elsewhere.calls).toEqual([]);
  });

  it('A11 lets nobody with a personal key move the provider, and sends no shared key in place of an empty one', async () => {
    for (const path of ['ai-providers/lab', 'ai-settings/lab'])
      for (const field of ['api_base_url', 'base_url']) {
        const answer = await lab.ask('PATCH', `/api/admin/${path}`, { [field]: elsewhere.url }, person.token);
        expect([400, 403]).toContain(answer.status);
      }
    for (const key of ['', '   ', null, undefined, 7, ['a'], '••••1234', 'two\nlines']) {
      const answer = await lab.ask('PUT', '/api/admin/ai-settings/lab/personal-key', { api_key: key }, person.token);
      expect(answer.status).toBe(400);
    }
    expect(elsewhere.calls).toEqual([]);
  });

  it('A40 never shows a key, keeps it when a change brings none, and takes no mask for one', async () => {
    await putShared(CANARY.shared);
    const { body, text } = await patch({ sort_order: 3 });
    expect(body).toMatchObject({ has_shared_key: true, shared_key: { last4: CANARY.shared.slice(-4) } });
    expect(text).not.toContain(CANARY.shared);
    for (const mask of ['••••1234', `…${CANARY.shared.slice(-4)}`])
      expect((await lab.ask('PATCH', '/api/admin/ai-providers/lab', { api_key: mask })).status).toBe(400);
    expect((await lab.chat()).status).toBe(200);
    expect(upstream.calls.at(-1)?.key).toBe(CANARY.shared);
  });

  it.each([400, 401, 403, 404, 429, 500])(
    'A41 takes our key out of what a vendor says with status %d',
    async (status) => {
      await putShared(CANARY.shared);
      upstream.answering = ({ key }, response) => {
        const message = `Incorrect API key provided: ${key}. See https://vendor.test/?key=${key}&x=Bearer%20${key}`;
        json(response, status, { error: { message, code: 'invalid_api_key' } }, { 'x-echo': key });
        return true;
      };
      const plain = await lab.chat();
      const streamed = await lab.chat(ADMIN_TOKEN, { stream: true });
      for (const { text, headers } of [plain, streamed]) {
        expect(text).not.toContain(CANARY.shared);
        expect(JSON.stringify(headers)).not.toContain(CANARY.shared);
      }
    },
  );

  it('A42 gives nothing for a ciphertext that was moved, cut or bent: the row is shown as undecryptable', async () => {
    await putShared(CANARY.shared);
    await lab.must('POST', '/api/admin/ai-providers/lab/keys', { api_key: CANARY.second, label: 'second' });
    const rows = await lab.rows('select id, ciphertext from $s.provider_key where owner is null order by id');
    const [first, second] = rows.map((row) => String(row['ciphertext']));
    const bent = [
      [second, first],
      [first?.slice(0, -4), second?.slice(0, 20)],
      [`${first?.slice(0, -8)}AAAAAAAA`, second?.replace(/^v1\.\w{8}/, 'v1.00000000')],
      ['', 'garbage'],
    ];
    for (const pair of bent) {
      for (const [index, ciphertext] of pair.entries())
        await lab.rows('update $s.provider_key set ciphertext = ? where id = ?', [ciphertext, rows[index]?.['id']]);
      await lab.rows("select pg_notify('switchboard_changes', 'key')");
      const statuses = async () =>
        (await lab.must('GET', '/api/admin/ai-providers/lab/keys')).body.data.map(({ status }) => status);
      await until(async () => (await statuses()).every((status) => status === 'undecryptable'));
      upstream.calls.length = 0;
      expect(await lab.chat()).toMatchObject({ status: 409, body: { code: 'no_api_key_available' } });
      expect(upstream.calls).toEqual([]);
    }
    for (const row of rows)
      await lab.rows('update $s.provider_key set ciphertext = ? where id = ?', [row['ciphertext'], row['id']]);
    await lab.rows("select pg_notify('switchboard_changes', 'key')");
    await until(async () => (await lab.chat()).status === 200);
  });

  it('A44 has no door to the environment, the sources or a stack', async () => {
    const doors = [
      '/debug',
      '/env',
      '/.env',
      '/process',
      '/report',
      '/metrics/../.env',
      '/dist/main.js',
      '/main.js.map',
      '/package.json',
    ];
    for (const door of doors) {
      const { status, text } = await lab.ask('GET', door);
      expect([door, status >= 400 || text.includes('<!doctype html') || text.includes('<html')]).toEqual([door, true]);
      expect(text).not.toMatch(/node_modules|at \w+ \(|SWITCHBOARD_KEYS/);
    }
    const broken = await lab.app.inject({
      method: 'POST',
      url: '/api/admin/ai/chat/send',
      headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
      payload: '{"message": ',
    });
    expect(broken.statusCode).toBe(400);
    expect(broken.payload).not.toMatch(/\.ts:|\.js:|node_modules/);
  });

  it('A39 A43 leaves no planted secret in logs, database, answers, API reference, audit or exports', async () => {
    await putShared(CANARY.shared);
    await lab.must('PUT', '/api/admin/ai-settings/lab/personal-key', { api_key: CANARY.personal }, person.token);
    const made = await lab.must('POST', '/api/admin/admins', {
      email: 'canary@example.com',
      name: 'Canary',
      role: 'admin',
      password: CANARY.password,
    });
    expect(made.status).toBe(201);
    const signedIn = await lab.app.inject({
      method: 'POST',
      url: '/api/auth/sign-in/email',
      payload: { email: 'canary@example.com', password: CANARY.password },
    });
    const session = /=([^;]{20,})/.exec(String(signedIn.headers['set-cookie']))?.[1] ?? 'no session';
    const wrong = { email: 'canary@example.com', password: `${CANARY.password}!` };
    await lab.ask('POST', '/api/auth/sign-in/email', wrong);
    upstream.answering = ({ key }, response) => {
      json(response, 500, { error: { message: `boom ${key}` } });
      return true;
    };
    await lab.chat(person.token);
    await lab.ask('POST', '/api/admin/ai-providers/lab/validate-key', {});
    upstream.answering = () => undefined;
    await lab.chat(person.token);
    await lab.ask('POST', '/api/admin/ai-models/sync', { provider: 'lab' });
    await lab.ask('GET', '/api/admin/ai-providers', undefined, `${person.token}x`);
    await new Promise((resolve) => setTimeout(resolve, 600));
    for (const path of [
      'audit?limit=200',
      'ai/generations',
      'ai/generations/export',
      'ai/usage/export',
      'ai-providers',
      'ai-settings',
      'tokens',
      'admins',
      'me',
    ])
      await lab.must('GET', `/api/admin/${path}`);
    for (const path of ['/docs-json', '/docs', '/v1/models']) await lab.ask('GET', path);

    const tables = await lab.rows(
      "select table_name as name from information_schema.tables where table_schema = 'switchboard'",
    );
    const dump: string[] = [];
    for (const { name } of tables) {
      const rows = await lab.rows(`select to_jsonb(t)::text as row from $s."${String(name)}" t`);
      dump.push(...rows.map(({ row }) => `${String(name)} ${String(row)}`));
    }
    expect(dump.length).toBeGreaterThan(50);
    expect(answers.length).toBeGreaterThan(50);
    expect(logs.lines.length).toBeGreaterThan(5);

    const secrets = {
      ...CANARY,
      token: person.token,
      session: decodeURIComponent(session),
      adminToken: ADMIN_TOKEN,
      ring: ENCRYPTION_KEY,
    };
    const places = { dump, answers, logs: logs.lines };
    for (const [what, secret] of Object.entries(secrets))
      for (const spelling of [
        secret,
        Buffer.from(secret).toString('base64').replace(/=+$/, ''),
        Buffer.from(secret).toString('hex'),
        encodeURIComponent(secret),
      ])
        for (const [where, lines] of Object.entries(places))
          expect([
            what,
            where,
            lines.filter((line) => line.includes(spelling)).map((line) => line.slice(0, 300)),
          ]).toEqual([what, where, []]);
  });
});
