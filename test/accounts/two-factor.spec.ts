import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { oneTimeCodeOf as codeOf } from '../support/one-time-code.js';
import { type AccountsApp, ADMIN_TOKEN, cookieOf, startAccounts, SUPERADMIN } from './accounts-app.js';

describe('the second factor', () => {
  let app: AccountsApp;
  let enrolment: { totpURI: string; backupCodes: string[] };
  const { email, password } = SUPERADMIN;
  beforeAll(async () => {
    app = await startAccounts();
    const cookie = await app.cookieOf();
    const wrong = await app.ask('POST', '/api/auth/two-factor/enable', { cookie, body: { password: 'wrong one' } });
    expect(wrong.body).toMatchObject({ status: 400, errors: [{ field: 'password' }] });
    const enabled = await app.ask('POST', '/api/auth/two-factor/enable', { cookie, body: { password } });
    enrolment = enabled.body as unknown as typeof enrolment;
    expect((await app.signIn(email, password)).body['user']).toBeDefined();
    const code = codeOf(enrolment.totpURI);
    const verified = await app.ask('POST', '/api/auth/two-factor/verify-totp', { cookie, body: { code } });
    expect(verified.body).toEqual({ user: expect.objectContaining({ email }) });
  });
  beforeEach(() => app.rows('delete from $s.sign_in_attempt'));
  afterAll(() => app.stop());

  it('opens nothing before the code, and everything after it', async () => {
    const first = await app.signIn(email, password);
    expect(first.body).toEqual({ redirect: false, twoFactorRedirect: true, twoFactorMethods: ['totp'] });
    const pending = cookieOf(first);
    expect((await app.ask('GET', '/api/admin/probe', { cookie: pending })).status).toBe(401);
    const verify = (code: string) =>
      app.ask('POST', '/api/auth/two-factor/verify-totp', { cookie: pending, body: { code } });
    expect((await verify('000000')).status).toBe(401);
    const done = await verify(codeOf(enrolment.totpURI));
    expect(done.status).toBe(200);
    expect((await app.ask('GET', '/api/admin/probe', { cookie: cookieOf(done) })).status).toBe(200);
    expect((await app.ask('GET', '/api/admin/me', { cookie: cookieOf(done) })).body).toMatchObject({
      two_factor_enabled: true,
    });
  });

  it('forgets a sign-in that waited too long for its code', async () => {
    const cookie = cookieOf(await app.signIn(email, password));
    await app.rows(`update $s.admin_verification set expires_at = now() - interval '1 second'`);
    const body = { code: codeOf(enrolment.totpURI) };
    expect((await app.ask('POST', '/api/auth/two-factor/verify-totp', { cookie, body })).status).toBe(401);
  });

  it('takes each backup code once', async () => {
    const verify = async () => {
      const cookie = cookieOf(await app.signIn(email, password));
      const code = enrolment.backupCodes[0];
      return (await app.ask('POST', '/api/auth/two-factor/verify-backup-code', { cookie, body: { code } })).status;
    };
    expect([await verify(), await verify()]).toEqual([200, 401]);
  });

  it('A27 stops guessing of codes', async () => {
    const cookie = cookieOf(await app.signIn(email, password));
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 8; attempt += 1) {
      const body = { code: String(attempt).padStart(6, '0') };
      statuses.push((await app.ask('POST', '/api/auth/two-factor/verify-totp', { cookie, body })).status);
    }
    expect(statuses.at(-1)).not.toBe(200);
    const right = { code: codeOf(enrolment.totpURI) };
    expect((await app.ask('POST', '/api/auth/two-factor/verify-totp', { cookie, body: right })).status).not.toBe(200);
  });

  it('lies encrypted in the database, and a superadmin can take a lost one off', async () => {
    const stored = JSON.stringify(await app.rows('select * from $s.admin_two_factor'));
    const secret = new URL(enrolment.totpURI).searchParams.get('secret') ?? '';
    expect(stored).not.toContain(secret);
    expect(stored).not.toContain(enrolment.backupCodes[1]);
    const [{ id } = { id: '' }] = await app.rows('select id from $s.admin_user');
    const body = { password, remove_two_factor: true };
    await app.ask('POST', `/api/admin/admins/${String(id)}/reset-password`, { token: ADMIN_TOKEN, body });
    expect((await app.signIn(email, password)).body['user']).toBeDefined();
  });
});
