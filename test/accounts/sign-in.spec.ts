import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { type AccountsApp, cookieOf, startAccounts, SUPERADMIN } from './accounts-app.js';

describe('signing in', () => {
  let app: AccountsApp;
  beforeAll(async () => {
    app = await startAccounts();
  });
  afterAll(() => app.stop());

  it('opens the admin routes by cookie, and only until signing out', async () => {
    const signedIn = await app.signIn(SUPERADMIN.email.toUpperCase(), SUPERADMIN.password);
    expect(signedIn.status).toBe(200);
    expect(signedIn.body).toMatchObject({ redirect: false, user: { email: SUPERADMIN.email, role: 'superadmin' } });
    const cookie = cookieOf(signedIn);
    const probe = await app.ask('GET', '/api/admin/probe', { cookie });
    expect(probe.body).toMatchObject({ role: 'superadmin', name: 'Superadmin' });
    expect(probe.body['token']).toBeUndefined();
    const session = await app.ask('GET', '/api/auth/get-session', { cookie });
    expect(session.body).toMatchObject({ user: { email: SUPERADMIN.email }, session: { ipAddress: '127.0.0.1' } });

    expect((await app.ask('POST', '/api/auth/sign-out', { cookie })).body).toEqual({ success: true });
    expect((await app.ask('GET', '/api/admin/probe', { cookie })).status).toBe(401);
    const nobody = await app.ask('GET', '/api/auth/get-session', { cookie });
    expect([nobody.status, nobody.text]).toEqual([200, 'null']);
  });

  it('ends a session when it expires, and names instants in ISO 8601', async () => {
    const cookie = await app.cookieOf();
    const { body } = await app.ask('GET', '/api/auth/get-session', { cookie });
    const { expiresAt } = body['session'] as { expiresAt: string };
    expect(expiresAt).toBe(new Date(expiresAt).toISOString());
    await app.rows(`update $s.admin_session set expires_at = now() - interval '1 second'`);
    expect((await app.ask('GET', '/api/admin/probe', { cookie })).status).toBe(401);
    expect((await app.ask('GET', '/api/auth/get-session', { cookie })).text).toBe('null');
  });

  it('has no public sign-up and none of the other routes of the library', async () => {
    for (const path of ['sign-up/email', 'update-user', 'delete-user', 'request-password-reset', 'sign-in/social'])
      expect((await app.ask('POST', `/api/auth/${path}`, { body: { email: 'new@example.com' } })).status).toBe(404);
    expect(await app.rows('select 1 from $s.admin_user')).toHaveLength(1);
  });

  it('A21 ends the session that the browser had before, and a planted one is worth nothing', async () => {
    const before = await app.cookieOf();
    const again = await app.signIn(SUPERADMIN.email, SUPERADMIN.password, { cookie: before });
    expect((await app.ask('GET', '/api/admin/probe', { cookie: before })).status).toBe(401);
    expect((await app.ask('GET', '/api/admin/probe', { cookie: cookieOf(again) })).status).toBe(200);
    const planted = await app.signIn(SUPERADMIN.email, SUPERADMIN.password, {
      cookie: 'switchboard.session_token=planted.signature',
    });
    expect(cookieOf(planted)).not.toContain('planted');
  });

  it('A21 ends every session when the password changes, and gives this browser a new one', async () => {
    const [here, elsewhere] = [await app.cookieOf(), await app.cookieOf()];
    const change = (currentPassword: string, newPassword: string, cookie: string) =>
      app.ask('POST', '/api/auth/change-password', { cookie, body: { currentPassword, newPassword } });
    expect((await change('wrong password', 'another good one', here)).status).toBe(400);
    const changed = await change(SUPERADMIN.password, 'another good one', here);
    expect(changed.status).toBe(200);
    for (const cookie of [here, elsewhere])
      expect((await app.ask('GET', '/api/admin/probe', { cookie })).status).toBe(401);
    const fresh = cookieOf(changed);
    expect((await app.ask('GET', '/api/admin/probe', { cookie: fresh })).status).toBe(200);
    expect((await app.signIn(SUPERADMIN.email, SUPERADMIN.password)).status).toBe(401);
    expect((await change('another good one', SUPERADMIN.password, fresh)).status).toBe(200);
  });

  it('A23 refuses writes that another site may have caused', async () => {
    const cookie = await app.cookieOf();
    const write = (headers: Record<string, string>, body: unknown = {}) =>
      app.ask('POST', '/api/admin/probe', { cookie, headers: { host: 'localhost:3000', ...headers }, body });
    expect((await write({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await write({ origin: 'https://evil.test' })).status).toBe(403);
    expect((await write({ origin: 'null' })).status).toBe(403);
    expect((await write({ origin: 'http://localhost:3000.evil.test' })).status).toBe(403);
    expect((await write({ 'content-type': 'text/plain' }, '{}')).status).toBe(403);
    expect((await write({})).status).toBe(201);
    expect((await write({ origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' })).status).toBe(201);
    const signIn = await app.signIn(SUPERADMIN.email, SUPERADMIN.password, {
      headers: { origin: 'https://evil.test' },
    });
    expect([signIn.status, signIn.headers['set-cookie']]).toEqual([403, undefined]);
    const signOut = await app.ask('POST', '/api/auth/sign-out', {
      cookie,
      headers: { 'sec-fetch-site': 'cross-site' },
    });
    expect(signOut.status).toBe(403);
    expect((await app.ask('GET', '/api/admin/probe', { cookie })).status).toBe(200);
  });

  it('A24 keeps only the hash of the session token, and shows the token nowhere but in the cookie', async () => {
    const signedIn = await app.signIn(SUPERADMIN.email, SUPERADMIN.password);
    const token =
      decodeURIComponent(/session_token=([^;]+)/.exec(cookieOf(signedIn))?.[1] ?? '').split('.', 1)[0] ?? '';
    expect(token.length).toBeGreaterThanOrEqual(32);
    const stored = (await app.rows('select token from $s.admin_session')).map((row) => String(row['token']));
    expect(stored).toContain(createHash('sha256').update(token).digest('hex'));
    expect(stored).not.toContain(token);
    const session = await app.ask('GET', '/api/auth/get-session', { cookie: cookieOf(signedIn) });
    expect(signedIn.text + session.text).not.toContain(token);
    expect(signedIn.text + session.text).not.toContain(stored[0]);
  });

  it('A24 sets an HttpOnly, SameSite cookie without Secure on plain loopback', async () => {
    const [cookie] = [(await app.signIn(SUPERADMIN.email, SUPERADMIN.password)).headers['set-cookie']].flat();
    expect(cookie).toMatch(/^switchboard\.session_token=.+; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  it('A24 sets a Secure __Host- cookie where the public address is https', async () => {
    const secure = await startAccounts({ publicUrl: 'https://ai.example.com' });
    const signedIn = await secure.signIn(SUPERADMIN.email, SUPERADMIN.password, {
      headers: { origin: 'https://ai.example.com', host: '10.0.0.7:3000' },
    });
    const [cookie] = [signedIn.headers['set-cookie']].flat();
    expect(cookie).toMatch(/^__Host-switchboard\.session_token=.+; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    expect((await secure.ask('GET', '/api/admin/probe', { cookie: cookieOf(signedIn) })).status).toBe(200);
    await secure.stop();
  });

  it('A25 grants no other origin anything', async () => {
    const cookie = await app.cookieOf();
    for (const origin of ['https://evil.test', 'null']) {
      const answer = await app.ask('GET', '/api/admin/probe', { cookie, headers: { origin } });
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  it('A29 refuses fields that are none of the caller’s business', async () => {
    for (const field of ['role', 'isAdmin', 'id', 'callbackURL', 'image', 'twoFactorEnabled']) {
      const answer = await app.ask('POST', '/api/auth/sign-in/email', {
        body: { ...SUPERADMIN, [field]: 'superadmin' },
      });
      expect([answer.status, answer.body['code']]).toEqual([400, 'validation_failed']);
    }
  });
});
