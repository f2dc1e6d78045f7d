import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Clock } from '../../src/core/time/index.js';
import { startPostgres, type TestPostgres } from '../support/postgres.js';
import { type AccountsApp, ADMIN_TOKEN, type Answer, startAccounts, SUPERADMIN } from './accounts-app.js';
import { within } from '../support/patience.js';

class MovableClock extends Clock {
  ahead = 0;
  override now(): Date {
    return new Date(Date.now() + this.ahead);
  }
}

describe('tokens', () => {
  const clock = new MovableClock();
  let app: AccountsApp;
  let root: string;
  beforeAll(async () => {
    app = await startAccounts({ clock });
    root = await app.cookieOf();
  });
  afterAll(() => app.stop());

  const make = (body: object = {}, as: { cookie?: string; token?: string } = { cookie: root }) =>
    app.ask('POST', '/api/admin/tokens', { ...as, body: { name: 'a token', ...body } });
  const tokenOf = (answer: Answer) => answer.body['token'] as string;
  const probe = (token: string) => app.ask('GET', '/api/admin/probe', { token });

  it('A45 shows the token once, with a prefix for scanners, and keeps only its hash', async () => {
    const made = await make({ name: 'website' });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ name: 'website', scopes: ['generate', 'read'], expires_at: null });
    const token = tokenOf(made);
    expect(token).toMatch(/^sb_[\w-]{43}$/);
    expect(token.startsWith(made.body['prefix'] as string)).toBe(true);
    const list = await app.ask('GET', '/api/admin/tokens', { cookie: root });
    expect(list.text).not.toContain(token);
    expect(list.body.data?.[0]).toMatchObject({ name: 'website', admin: { email: SUPERADMIN.email } });
    const [row] = await app.rows('select * from $s.api_token where id = ?', [made.body['id']]);
    expect(JSON.stringify(row)).not.toContain(token);
    expect(row?.['hash']).toBe(createHash('sha256').update(token).digest('hex'));
    expect((await probe(token)).body).toMatchObject({ role: 'superadmin', token: { scopes: ['generate', 'read'] } });
  });

  it('A33 does what its scopes say and no more', async () => {
    const token = tokenOf(await make({ scopes: ['read'] }));
    expect((await probe(token)).status).toBe(200);
    expect((await app.ask('POST', '/api/admin/probe', { token, body: {} })).status).toBe(403);
    expect((await make({}, { token })).status).toBe(403);
    for (const scopes of [['*'], ['superadmin'], ['read', '*'], [], 'read', ['read', 'read']])
      expect((await make({ scopes })).status).toBe(400);
  });

  it('A33 cannot make a token that may more than itself', async () => {
    const token = tokenOf(await make({ scopes: ['read', 'manage'], capabilities: ['chat', 'image'] }));
    expect((await make({ scopes: ['generate'], capabilities: ['chat'] }, { token })).status).toBe(403);
    expect((await make({ scopes: ['read'] }, { token })).status).toBe(403);
    expect((await make({ scopes: ['read'], capabilities: ['audio'] }, { token })).status).toBe(403);
    const child = await make({ scopes: ['read'], capabilities: ['chat'] }, { token });
    expect(child.status).toBe(201);
    expect((await probe(tokenOf(child))).body).toMatchObject({ token: { scopes: ['read'], capabilities: ['chat'] } });
  });

  it('A33 never exceeds its maker, whatever became of her since', async () => {
    const maker = await app.ask('POST', '/api/admin/admins', {
      cookie: root,
      body: { email: 'maker@example.com', name: 'Maker', password: 'makers password', role: 'superadmin' },
    });
    const token = tokenOf(
      await make({ scopes: ['read'] }, { cookie: await app.cookieOf('maker@example.com', 'makers password') }),
    );
    const superadmin = () => app.ask('GET', '/api/admin/probe/superadmin', { token });
    expect((await superadmin()).status).toBe(200);
    const change = (body: object) =>
      app.ask('PATCH', `/api/admin/admins/${String(maker.body['id'])}`, { cookie: root, body });
    expect((await change({ role: 'admin' })).status).toBe(200);
    expect((await superadmin()).status).toBe(403);
    expect((await probe(token)).body).toMatchObject({ role: 'admin' });
    await change({ is_suspended: true });
    expect((await probe(token)).status).toBe(401);
    await change({ is_suspended: false });
    expect((await probe(token)).status).toBe(200);
  });

  it('A30 A31 shows and revokes the own tokens; foreign, absent and nonsense ids are the same 404', async () => {
    await app.ask('POST', '/api/admin/admins', {
      cookie: root,
      body: { email: 'eve@example.com', name: 'Eve', password: 'eves password', role: 'admin' },
    });
    const eve = await app.cookieOf('eve@example.com', 'eves password');
    const foreign = await make();
    const own = await make({}, { cookie: eve });
    const list = await app.ask('GET', '/api/admin/tokens', { cookie: eve });
    expect(list.body).toMatchObject({ total: 1, next_cursor: null, data: [{ id: own.body['id'] }] });
    const revoke = (id: unknown, cookie: string) => app.ask('DELETE', `/api/admin/tokens/${String(id)}`, { cookie });
    for (const id of [foreign.body['id'], '01890000-0000-7000-8000-000000000000', 'nonsense', "1'or'1"])
      expect((await revoke(id, eve)).status).toBe(404);
    expect((await probe(tokenOf(foreign))).status).toBe(200);
    expect((await revoke(own.body['id'], root)).status).toBe(204);
    expect((await probe(tokenOf(own))).status).toBe(401);
    expect((await revoke(own.body['id'], eve)).status).toBe(404);
  });

  it('expires', async () => {
    const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
    const token = tokenOf(await make({ expires_at: inAnHour }));
    expect((await probe(token)).status).toBe(200);
    clock.ahead = 3_700_000;
    expect((await probe(token)).status).toBe(401);
    clock.ahead = 0;
    for (const expires_at of ['2020-01-01T00:00:00Z', 'tomorrow', '2027-01-31', '2027-13-41T00:00:00Z'])
      expect((await make({ expires_at })).status).toBe(400);
  });

  it('A34 takes every header alike and refuses two credentials, and keys in the query', async () => {
    const [one, other] = [tokenOf(await make()), tokenOf(await make())];
    const ask = (headers: Record<string, string>, query = '') =>
      app.ask('GET', `/api/admin/probe${query}`, { headers });
    const verdicts = await Promise.all([
      ask({ authorization: `Bearer ${one}` }),
      ask({ authorization: `bearer ${one}` }),
      ask({ 'x-api-key': one }),
      ask({ 'api-key': one }),
      ask({ authorization: `Bearer ${one}`, 'x-api-key': one }),
    ]);
    expect(verdicts.map(({ body }) => (body['token'] as { id: string }).id)).toHaveLength(5);
    expect(new Set(verdicts.map(({ text }) => text)).size).toBe(1);
    expect((await ask({ authorization: `Bearer ${one}`, 'x-api-key': other })).status).toBe(400);
    for (const query of [`?key=${one}`, `?api_key=${one}`, `?access_token=${one}`, `?KEY=${one}`])
      expect((await ask({}, query)).status).toBe(400);
    expect((await ask({ authorization: `Basic ${one}` })).status).toBe(401);
    expect((await ask({ authorization: `Bearer ${one}x` })).status).toBe(401);
  });

  it('A34 refuses a token beside the session of somebody else, and never falls back to the cookie', async () => {
    const own = tokenOf(await make({ scopes: ['read'] }));
    const both = await app.ask('POST', '/api/admin/probe', { cookie: root, token: own, body: {} });
    expect(both.status).toBe(403);
    expect((await app.ask('GET', '/api/admin/probe', { cookie: root, token: ADMIN_TOKEN })).status).toBe(400);
    expect((await app.ask('GET', '/api/admin/probe', { cookie: root, token: 'sb_wrong' })).status).toBe(401);
  });

  it('takes tokens and no sign-in on /v1', async () => {
    const v1 = async (ask: object) => (await app.ask('GET', '/v1/probe', ask)).body['admin'];
    expect(await v1({ cookie: root })).toBeNull();
    expect(await v1({ token: tokenOf(await make()) })).toMatchObject({ role: 'superadmin' });
    expect(await v1({ token: ADMIN_TOKEN, cookie: root })).toMatchObject({ id: 'admin-token' });
  });

  it('A23 leaves writes by token alone', async () => {
    const token = tokenOf(await make({ scopes: ['manage'] }));
    const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere.test' };
    expect((await app.ask('POST', '/api/admin/probe', { token, headers, body: {} })).status).toBe(201);
  });

  it('takes ADMIN_TOKEN as a superadmin, whose tokens live as long as it is set', async () => {
    expect((await probe(ADMIN_TOKEN)).body).toMatchObject({ id: 'admin-token', role: 'superadmin' });
    expect((await probe(`${ADMIN_TOKEN}x`)).status).toBe(401);
    const made = await make({}, { token: ADMIN_TOKEN });
    expect((await probe(tokenOf(made))).body).toMatchObject({ id: 'admin-token', token: { id: made.body['id'] } });
  });

  it('A29 refuses fields that are none of the caller’s business', async () => {
    for (const field of ['id', 'admin_id', 'adminId', 'hash', 'prefix', 'role', 'created_at', 'last_used_at']) {
      const answer = await make({ [field]: 'x' });
      expect([answer.status, answer.body['errors']]).toEqual([400, [expect.objectContaining({ field })]]);
    }
  });

  it('A54 pages, and refuses limits and cursors that it did not give', async () => {
    const page = await app.ask('GET', '/api/admin/tokens?limit=2', { cookie: root });
    expect(page.body.data).toHaveLength(2);
    const next = await app.ask('GET', `/api/admin/tokens?limit=2&cursor=${String(page.body['next_cursor'])}`, {
      cookie: root,
    });
    const ids = [...(page.body.data ?? []), ...(next.body.data ?? [])].map((row) => row['id']);
    expect(new Set(ids).size).toBe(4);
    const forged = Buffer.from('{"id":"1 or 1=1"}').toString('base64url');
    for (const query of ['limit=0', 'limit=1e9', 'limit=-1', 'cursor=x', `cursor=${forged}`])
      expect((await app.ask('GET', `/api/admin/tokens?${query}`, { cookie: root })).status).toBe(400);
  });

  it('writes when a token was last used, but not on the way', async () => {
    const made = await make();
    await probe(tokenOf(made));
    const lastUse = () => app.rows('select last_used_at from $s.api_token where id = ?', [made.body['id']]);
    expect(await lastUse()).toEqual([{ last_used_at: null }]);
    const { TokenUse } = await import('../../src/accounts/tokens/token-use.js');
    await app.app.get(TokenUse).flush();
    expect((await lastUse())[0]?.['last_used_at']).not.toBeNull();
  });
});

describe('tokens on two replicas', () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  it('A22 are known and revoked everywhere within two seconds', async () => {
    const url = await postgres.createDatabase('tokens');
    const [one, two] = await Promise.all([startAccounts({ url }), startAccounts({ url })]);
    const made = await one.ask('POST', '/api/admin/tokens', { token: ADMIN_TOKEN, body: { name: 'shared' } });
    const token = made.body['token'] as string;
    const statusOnTwo = async () => (await two.ask('GET', '/api/admin/probe', { token })).status;
    const seen = async (status: number) => {
      const deadline = performance.now() + within(2_000);
      while ((await statusOnTwo()) !== status && performance.now() < deadline) await sleep(20);
      return statusOnTwo();
    };
    expect(await seen(200)).toBe(200);
    await one.ask('DELETE', `/api/admin/tokens/${String(made.body['id'])}`, { token: ADMIN_TOKEN });
    expect((await one.ask('GET', '/api/admin/probe', { token })).status).toBe(401);
    expect(await seen(401)).toBe(401);
    await Promise.all([one.stop(), two.stop()]);
  });

  it('F29 serve on while the database is away, whereas sessions answer 503', async () => {
    const doomed = await startPostgres();
    const app = await startAccounts({ url: doomed.url, isQuiet: true });
    const cookie = await app.cookieOf();
    const made = await app.ask('POST', '/api/admin/tokens', { cookie, body: { name: 'steady' } });
    await doomed.stop();
    const token = made.body['token'] as string;
    expect((await app.ask('GET', '/api/admin/probe', { token })).status).toBe(200);
    const away = await app.ask('GET', '/api/admin/probe', { cookie });
    expect([away.status, away.body['code']]).toEqual([503, 'service_unavailable']);
    expect(away.text).not.toMatch(/postgres|ECONN|127\.0\.0\.1/);
    await app.stop();
  });
});
