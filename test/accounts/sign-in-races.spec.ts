import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { oneTimeCodeOf } from '../support/one-time-code.js';
import { startPostgres, type TestPostgres } from '../support/postgres.js';
import { until } from '../support/switchboard-lab.js';
import { type AccountsApp, ADMIN_TOKEN, type Answer, cookieOf, startAccounts } from './accounts-app.js';

const GATE = 42;

describe('A22 a sign-in while the password is reset', () => {
  let postgres: TestPostgres;
  let app: AccountsApp;
  let gate: Client;
  let isLost = false;
  let number = 0;
  let person: { id: string; email: string; password: string };

  beforeAll(async () => {
    postgres = await startPostgres();
    app = await startAccounts({ url: postgres.url, isQuiet: true });
    gate = new Client(postgres.url);
    gate.on('error', () => undefined); // the last test takes the database away
    await gate.connect();
    // Whoever writes into a gated table waits there for as long as the test holds the gate.
    await gate.query(
      `create function wait_at_gate() returns trigger language plpgsql as
         $$ begin perform pg_advisory_xact_lock_shared(${GATE}); return new; end $$`,
    );
  }, 120_000);
  afterAll(async () => {
    await gate.end().catch(() => undefined);
    await app.stop().catch(() => undefined);
    await postgres.stop();
  });
  beforeEach(async () => {
    await app.rows('delete from $s.sign_in_attempt');
    const name = `person${++number}`;
    const body = { email: `${name}@example.com`, name, role: 'admin', password: `password of ${name}` };
    const made = await app.ask('POST', '/api/admin/admins', { token: ADMIN_TOKEN, body });
    person = { id: String(made.body['id']), email: body.email, password: body.password };
  });
  afterEach(async () => {
    if (isLost) return;
    await gate.query('select pg_advisory_unlock_all()');
    for (const table of ['admin_session', 'admin_verification', 'audit_event', 'admin_account'])
      await gate.query(`drop trigger if exists gate on switchboard.${table}`);
  });

  const shut = async (table: string, event = 'insert') => {
    await gate.query(`select pg_advisory_lock(${GATE})`);
    await gate.query(
      `create trigger gate before ${event} on switchboard.${table} for each row execute function wait_at_gate()`,
    );
  };
  const somebodyWaits = (count = 1) =>
    until(async () => {
      const { rows } = await gate.query<{ n: number }>(
        `select count(distinct pid)::int as n from pg_locks where not granted`,
      );
      return rows[0]?.n === count;
    });
  const open = () => gate.query(`select pg_advisory_unlock(${GATE})`);
  const reset = (body: object = {}) =>
    app.ask('POST', `/api/admin/admins/${person.id}/reset-password`, { token: ADMIN_TOKEN, body });
  const signIn = () => app.signIn(person.email, person.password);
  const left = async (table = 'admin_session', column = 'user_id') =>
    (await app.rows(`select 1 from $s.${table} where ${column}::text = ?`, [person.id])).length;
  /** Without this the answers would be right for the wrong reason. */
  const opensNothing = async (answer: Answer) => {
    expect([answer.status, answer.body['code']]).toEqual([401, 'unauthenticated']);
    expect(await left()).toBe(0);
    expect((await app.ask('GET', '/api/admin/me', { cookie: cookieOf(answer) })).status).toBe(401);
  };
  const enrol = async () => {
    const cookie = cookieOf(await signIn());
    const enabled = await app.ask('POST', '/api/auth/two-factor/enable', {
      cookie,
      body: { password: person.password },
    });
    const uri = String(enabled.body['totpURI']);
    const body = { code: oneTimeCodeOf(uri) };
    expect((await app.ask('POST', '/api/auth/two-factor/verify-totp', { cookie, body })).status).toBe(200);
    return uri;
  };

  it('opens nothing when the reset commits between the right password and the session', async () => {
    await shut('admin_session');
    const signingIn = signIn();
    await somebodyWaits();
    expect((await reset()).status).toBe(200);
    await open();
    await opensNothing(await signingIn);
  });

  it('opens nothing when the reset was under way, its sessions deleted and not yet committed', async () => {
    await shut('audit_event');
    const resetting = reset();
    await somebodyWaits();
    const signingIn = signIn();
    await until(async () => (await left()) === 1);
    await open();
    expect((await resetting).status).toBe(200);
    await opensNothing(await signingIn);
  });

  it('leaves no challenge of the second factor that the old password made, and takes none in the middle', async () => {
    const uri = await enrol();
    const pending = cookieOf(await signIn());
    await reset({ password: 'another good one' });
    expect(await left('admin_verification', 'value')).toBe(0);
    const late = await app.ask('POST', '/api/auth/two-factor/verify-totp', {
      cookie: pending,
      body: { code: oneTimeCodeOf(uri) },
    });
    expect(late.status).toBe(401);

    person = { ...person, password: 'another good one' };
    await shut('admin_verification');
    const signingIn = signIn();
    await somebodyWaits();
    await reset();
    await open();
    await opensNothing(await signingIn);
    expect(await left('admin_verification', 'value')).toBe(0);
  });

  it('opens nothing when the reset commits between the right code and the session', async () => {
    const uri = await enrol();
    const pending = cookieOf(await signIn());
    await app.rows('delete from $s.admin_session where user_id = ?', [person.id]);
    await shut('admin_session');
    const verifying = app.ask('POST', '/api/auth/two-factor/verify-totp', {
      cookie: pending,
      body: { code: oneTimeCodeOf(uri) },
    });
    await somebodyWaits();
    await reset();
    await open();
    await opensNothing(await verifying);
  });

  it('lets no session renew itself past the reset while it enrols a second factor', async () => {
    const cookie = cookieOf(await signIn());
    const enabled = await app.ask('POST', '/api/auth/two-factor/enable', {
      cookie,
      body: { password: person.password },
    });
    await shut('admin_session');
    const verifying = app.ask('POST', '/api/auth/two-factor/verify-totp', {
      cookie,
      body: { code: oneTimeCodeOf(String(enabled.body['totpURI'])) },
    });
    await somebodyWaits();
    await reset();
    await open();
    await opensNothing(await verifying);
  });

  it('lets a change of the password that began before the reset neither undo it nor open anything', async () => {
    const cookie = cookieOf(await signIn());
    await shut('admin_account', 'update');
    const resetting = reset({ password: 'what the superadmin set' });
    await somebodyWaits();
    const changing = app.ask('POST', '/api/auth/change-password', {
      cookie,
      body: { currentPassword: person.password, newPassword: 'what the thief wants' },
    });
    await somebodyWaits(2);
    await open();
    expect((await resetting).status).toBe(200);
    await opensNothing(await changing);
    expect((await app.signIn(person.email, 'what the thief wants')).status).toBe(401);
    expect((await app.signIn(person.email, 'what the superadmin set')).status).toBe(200);
  });

  it('opens nothing for a person who is suspended meanwhile', async () => {
    await shut('admin_session');
    const signingIn = signIn();
    await somebodyWaits();
    const body = { is_suspended: true };
    await app.ask('PATCH', `/api/admin/admins/${person.id}`, { token: ADMIN_TOKEN, body });
    await open();
    const answer = await signingIn;
    expect((await app.ask('GET', '/api/admin/me', { cookie: cookieOf(answer) })).status).toBeGreaterThanOrEqual(401);
    const lifted = { is_suspended: false };
    await app.ask('PATCH', `/api/admin/admins/${person.id}`, { token: ADMIN_TOKEN, body: lifted });
    expect((await app.ask('GET', '/api/admin/me', { cookie: cookieOf(answer) })).status).toBe(401);
  });

  it('is an ordinary sign-in when nobody resets anything', async () => {
    await shut('admin_session');
    const signingIn = signIn();
    await somebodyWaits();
    await open();
    const answer = await signingIn;
    expect(answer.status).toBe(200);
    expect((await app.ask('GET', '/api/admin/me', { cookie: cookieOf(answer) })).status).toBe(200);
  });

  it('answers 503, never 500 or 401, on every route when the database is lost', async () => {
    const cookie = cookieOf(await signIn());
    const { password } = person;
    isLost = true;
    await postgres.stop();
    const asked = await Promise.all([
      app.ask('GET', '/api/auth/get-session', { cookie }),
      signIn(),
      app.ask('POST', '/api/auth/sign-out', { cookie, body: {} }),
      app.ask('POST', '/api/auth/two-factor/verify-totp', { cookie, body: { code: '123456' } }),
      app.ask('POST', '/api/auth/two-factor/verify-backup-code', { body: { code: '123456' } }),
      app.ask('POST', '/api/auth/two-factor/enable', { cookie, body: { password } }),
      app.ask('POST', '/api/auth/change-password', {
        cookie,
        body: { currentPassword: password, newPassword: 'something new' },
      }),
      app.ask('POST', '/api/auth/invitations/read', { body: { token: 'sbi_x' } }),
      app.ask('POST', '/api/auth/invitations/accept', { body: { token: 'sbi_x', name: 'x', password } }),
      app.ask('GET', '/api/admin/me', { cookie }),
    ]);
    // Without a challenge cookie there is nothing to look up: that one is told so.
    expect(asked.map(({ status }) => status)).toEqual([503, 503, 503, 503, 401, 503, 503, 503, 503, 503]);
    for (const { status, headers } of asked) if (status === 503) expect(headers['retry-after']).toBeDefined();
  }, 60_000);
});
