import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startPostgres, type TestPostgres } from '../support/postgres.js';
import { type AccountsApp, ADMIN_TOKEN, cookieOf, startAccounts, SUPERADMIN } from './accounts-app.js';

const add = (app: AccountsApp, name: string, role = 'admin', body: object = {}) =>
  app.ask('POST', '/api/admin/admins', {
    token: ADMIN_TOKEN,
    body: { email: `${name}@example.com`, name, role, password: `password of ${name}`, ...body },
  });
const change = (app: AccountsApp, id: unknown, body: object, as: object = { token: ADMIN_TOKEN }) =>
  app.ask('PATCH', `/api/admin/admins/${String(id)}`, { ...as, body });
const cookieFor = (app: AccountsApp, name: string) => app.cookieOf(`${name}@example.com`, `password of ${name}`);

describe('people', () => {
  let app: AccountsApp;
  beforeAll(async () => {
    app = await startAccounts();
  });
  afterAll(() => app.stop());

  it('adds a person, with a generated password shown once where none is given', async () => {
    const made = await add(app, 'ada');
    expect([made.status, made.body]).toEqual([
      201,
      { id: expect.any(String), email: 'ada@example.com', name: 'ada', role: 'admin' },
    ]);
    const generated = await add(app, 'Bob', 'superadmin', { password: undefined });
    const password = generated.body['password'] as string;
    expect(password).toHaveLength(20);
    expect((await app.signIn('bob@example.com', password)).status).toBe(200);
    const list = await app.ask('GET', '/api/admin/admins', { token: ADMIN_TOKEN });
    expect(list.body.data?.map((row) => row['email'])).toEqual([
      SUPERADMIN.email,
      'ada@example.com',
      'bob@example.com',
    ]);
    expect(list.text).not.toContain(password);
    expect((await add(app, 'ADA')).body).toMatchObject({ code: 'conflict', errors: [{ field: 'email' }] });
  });

  it('A31 refuses a normal admin before looking at the body, and changes nothing', async () => {
    await add(app, 'carl');
    const cookie = await cookieFor(app, 'carl');
    const before = await app.rows('select count(*) from $s.admin_user');
    const answers = await Promise.all([
      app.ask('GET', '/api/admin/admins', { cookie }),
      app.ask('POST', '/api/admin/admins', { cookie, body: { nonsense: true } }),
      app.ask('PATCH', '/api/admin/admins/nonsense', { cookie, body: { role: 'superadmin' } }),
      app.ask('POST', '/api/admin/admins/nonsense/reset-password', { cookie, body: {} }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    expect(await app.rows('select count(*) from $s.admin_user')).toEqual(before);
  });

  it('A28 A29 checks what it is given and takes nothing more', async () => {
    const refused = async (body: object) => {
      const { status, body: problem } = await add(app, 'dora', 'admin', body);
      return [status, (problem['errors'] as { field: string }[])[0]?.field];
    };
    expect(await refused({ password: 'short' })).toEqual([400, 'password']);
    expect(await refused({ password: 'p'.repeat(129) })).toEqual([400, 'password']);
    expect(await refused({ password: 'p'.repeat(2_000) })).toEqual([422, 'password']);
    expect(await refused({ password: 'with a \u0000 inside' })).toEqual([400, 'password']);
    expect(await refused({ email: 'no address' })).toEqual([400, 'email']);
    expect(await refused({ role: 'owner' })).toEqual([400, 'role']);
    for (const field of ['id', 'is_suspended', 'createdAt', 'two_factor_enabled', 'emailVerified', 'budget'])
      expect(await refused({ [field]: 'x' })).toEqual([400, field]);
    expect((await app.signIn('dora@example.com', 'password of dora')).status).toBe(401);
  });

  it('A21 A22 ends sessions when the role changes, and the new role counts at once', async () => {
    const { body } = await add(app, 'emil', 'superadmin');
    const cookie = await cookieFor(app, 'emil');
    expect((await app.ask('GET', '/api/admin/probe/superadmin', { cookie })).status).toBe(200);
    expect((await change(app, body['id'], { role: 'admin' })).body).toMatchObject({ role: 'admin' });
    expect((await app.ask('GET', '/api/admin/probe/superadmin', { cookie })).status).toBe(401);
    const again = await cookieFor(app, 'emil');
    expect((await app.ask('GET', '/api/admin/probe/superadmin', { cookie: again })).status).toBe(403);
  });

  it('A22 ends a suspended person’s sessions and refuses the right password with a reason', async () => {
    const { body } = await add(app, 'fred');
    const cookie = await cookieFor(app, 'fred');
    expect((await change(app, body['id'], { is_suspended: true })).body).toMatchObject({ is_suspended: true });
    expect((await app.ask('GET', '/api/admin/probe', { cookie })).status).toBe(401);
    const right = await app.signIn('fred@example.com', 'password of fred');
    expect([right.status, right.body['code']]).toEqual([403, 'forbidden']);
    expect((await app.signIn('fred@example.com', 'wrong password')).status).toBe(401);
    await change(app, body['id'], { is_suspended: false });
    expect((await app.signIn('fred@example.com', 'password of fred')).status).toBe(200);
  });

  it('A22 A36 resets a password once shown, and the old password, sessions and tokens are dead', async () => {
    const { body } = await add(app, 'gina');
    const cookie = await cookieFor(app, 'gina');
    const made = await app.ask('POST', '/api/admin/tokens', { cookie, body: { name: 'mine' } });
    const reset = await app.ask('POST', `/api/admin/admins/${String(body['id'])}/reset-password`, {
      token: ADMIN_TOKEN,
      body: {},
    });
    expect(reset.body).toMatchObject({ email: 'gina@example.com', revoked_tokens: 1 });
    const password = reset.body['password'] as string;
    expect((await app.ask('GET', '/api/admin/me', { cookie })).status).toBe(401);
    expect((await app.ask('GET', '/api/admin/me', { token: made.body['token'] as string })).status).toBe(401);
    expect((await app.signIn('gina@example.com', 'password of gina')).status).toBe(401);
    expect((await app.signIn('gina@example.com', password)).status).toBe(200);
    expect(JSON.stringify(await app.rows('select * from $s.admin_account'))).not.toContain(password);
  });

  it('A32 keeps the last active superadmin', async () => {
    const alone = await startAccounts();
    const [{ id } = { id: '' }] = await alone.rows('select id from $s.admin_user');
    for (const body of [{ role: 'admin' }, { is_suspended: true }]) {
      const refused = await change(alone, id, body);
      expect([refused.status, refused.body['code']]).toEqual([409, 'conflict']);
    }
    const spare = await add(alone, 'spare', 'superadmin');
    await change(alone, spare.body['id'], { is_suspended: true });
    expect((await change(alone, id, { role: 'admin' })).status).toBe(409);
    await change(alone, spare.body['id'], { is_suspended: false });
    expect((await change(alone, id, { role: 'admin' })).status).toBe(200);
    await alone.stop();
  });

  it('A30 answers 404 for people who do not exist', async () => {
    for (const id of ['01890000-0000-7000-8000-000000000000', 'nonsense', 'admin-token'])
      expect((await change(app, id, { name: 'x' })).status).toBe(404);
  });

  it('lets everybody change the own name and password', async () => {
    await add(app, 'hans');
    const cookie = await cookieFor(app, 'hans');
    const patch = (body: object, as: object = { cookie }) => app.ask('PATCH', '/api/admin/me', { ...as, body });
    expect((await patch({ name: 'Hans the Second' })).body).toMatchObject({ name: 'Hans the Second', role: 'admin' });
    expect((await patch({ role: 'superadmin' })).status).toBe(400);
    expect((await patch({ new_password: 'a new password' })).status).toBe(400);
    const wrong = await patch({ current_password: 'not it at all', new_password: 'a new password' });
    expect(wrong.body).toMatchObject({ status: 400, errors: [{ field: 'current_password' }] });
    const changed = await patch({ current_password: 'password of hans', new_password: 'a new password' });
    expect(changed.status).toBe(200);
    expect((await app.ask('GET', '/api/admin/me', { cookie })).status).toBe(401);
    expect((await app.ask('GET', '/api/admin/me', { cookie: cookieOf(changed) })).status).toBe(200);
    expect((await app.signIn('hans@example.com', 'a new password')).status).toBe(200);
    expect((await patch({ name: 'x' }, { token: ADMIN_TOKEN })).status).toBe(403);
  });

  it('A30 lists and ends the own sessions only', async () => {
    await add(app, 'ines');
    const [here, there] = [await cookieFor(app, 'ines'), await cookieFor(app, 'ines')];
    const list = await app.ask('GET', '/api/admin/me/sessions', { cookie: here });
    expect(list.body).toMatchObject({ total: 2, data: [{ is_current: false }, { is_current: true }] });
    expect(list.text).not.toMatch(/token/);
    const [other, current] = list.body.data ?? [];
    const stranger = await app.cookieOf();
    const end = (id: unknown, cookie: string) => app.ask('DELETE', `/api/admin/me/sessions/${String(id)}`, { cookie });
    expect((await end(other?.['id'], stranger)).status).toBe(404);
    expect((await end(other?.['id'], here)).status).toBe(204);
    expect((await app.ask('GET', '/api/admin/me', { cookie: there })).status).toBe(401);
    const more = await cookieFor(app, 'ines');
    expect((await app.ask('DELETE', '/api/admin/me/sessions', { cookie: more })).status).toBe(204);
    expect((await app.ask('GET', '/api/admin/me', { cookie: here })).status).toBe(401);
    expect((await app.ask('GET', '/api/admin/me', { cookie: more })).status).toBe(200);
    expect((await end(current?.['id'], more)).status).toBe(404);
  });
});

describe('people on two replicas', () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  it('A32 two superadmins demoting each other at the same time leave one', async () => {
    const url = await postgres.createDatabase('demotions');
    const [one, two] = await Promise.all([startAccounts({ url }), startAccounts({ url })]);
    const [{ id: root } = { id: '' }] = await one.rows('select id from $s.admin_user');
    const rootCookie = await one.cookieOf();
    for (let round = 0; round < 5; round += 1) {
      const name = `rival${round}`;
      const { body } = await add(one, name, 'superadmin');
      const rivalCookie = await cookieFor(two, name);
      const answers = await Promise.all([
        change(one, body['id'], { role: 'admin' }, { cookie: rootCookie }),
        change(two, root, { is_suspended: true }, { cookie: rivalCookie }),
        change(two, body['id'], { is_suspended: true }, { token: ADMIN_TOKEN }),
        change(one, root, { role: 'admin' }, { token: ADMIN_TOKEN }),
      ]);
      expect(answers.every(({ status }) => [200, 401, 403, 409].includes(status))).toBe(true);
      const left = await one.rows(
        `select count(*)::int as n from $s.admin_user where role = 'superadmin' and suspended_at is null`,
      );
      expect(left).toEqual([{ n: 1 }]);
      const [{ id: survivor } = { id: '' }] = await one.rows(
        `select id from $s.admin_user where role = 'superadmin' and suspended_at is null`,
      );
      if (survivor !== root) break;
    }
    await Promise.all([one.stop(), two.stop()]);
  });

  it('A22 suspension counts on the other replica at the next request', async () => {
    const url = await postgres.createDatabase('suspension');
    const [one, two] = await Promise.all([startAccounts({ url }), startAccounts({ url })]);
    const { body } = await add(one, 'kurt');
    const cookie = await cookieFor(two, 'kurt');
    expect((await two.ask('GET', '/api/admin/probe', { cookie })).status).toBe(200);
    await change(one, body['id'], { is_suspended: true });
    expect((await two.ask('GET', '/api/admin/probe', { cookie })).status).toBe(401);
    await Promise.all([one.stop(), two.stop()]);
  });
});
