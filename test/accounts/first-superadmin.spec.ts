import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FirstSuperadmin } from '../../src/accounts/index.js';
import { startPostgres, type TestPostgres } from '../support/postgres.js';
import { startAccounts, SUPERADMIN } from './accounts-app.js';

describe('the first superadmin', () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  it('A35 is generated with a password of its own, told once, and signs in with it', async () => {
    const app = await startAccounts({ superadmin: null });
    const first = app.app.get(FirstSuperadmin);
    const made = first.take();
    expect(made?.password).toMatch(/^[a-zA-Z2-9]{20}$/);
    expect(first.take()).toBeNull();
    expect((await app.signIn(made?.email ?? '', made?.password ?? '')).status).toBe(200);
    expect((await app.signIn('admin', 'admin')).status).toBe(400);
    await app.stop();
  });

  it('A35 is made once by replicas that start together', async () => {
    const url = await postgres.createDatabase('first');
    const replicas = await Promise.all([1, 2, 3].map(() => startAccounts({ url, superadmin: null })));
    const made = replicas.flatMap((replica) => replica.app.get(FirstSuperadmin).take() ?? []);
    expect(made).toHaveLength(1);
    const people = await replicas[0]!.rows('select email, role from $s.admin_user');
    expect(people).toEqual([{ email: made[0]?.email, role: 'superadmin' }]);
    for (const replica of replicas)
      expect((await replica.signIn(made[0]?.email ?? '', made[0]?.password ?? '')).status).toBe(200);
    await Promise.all(replicas.map((replica) => replica.stop()));
  });

  it('comes from the settings without being told again, and a later start changes nothing', async () => {
    const url = await postgres.createDatabase('settings');
    const one = await startAccounts({ url });
    expect(one.app.get(FirstSuperadmin).take()).toEqual({ email: SUPERADMIN.email, password: null });
    await one.stop();
    const two = await startAccounts({ url, superadmin: { email: 'other@example.com', password: 'something else' } });
    expect(two.app.get(FirstSuperadmin).take()).toBeNull();
    expect((await two.signIn('other@example.com', 'something else')).status).toBe(401);
    expect((await two.signIn(SUPERADMIN.email, SUPERADMIN.password)).status).toBe(200);
    await two.stop();
  });

  it('A21 accepts a session on every replica and, once signed out, on none', async () => {
    const url = await postgres.createDatabase('replicas');
    const [one, two] = await Promise.all([startAccounts({ url }), startAccounts({ url })]);
    const cookie = await one.cookieOf();
    expect((await two.ask('GET', '/api/admin/probe', { cookie })).status).toBe(200);
    await one.ask('POST', '/api/auth/sign-out', { cookie });
    expect((await two.ask('GET', '/api/admin/probe', { cookie })).status).toBe(401);
    const expired = await one.cookieOf();
    await one.rows(`update $s.admin_session set expires_at = now() - interval '1 second'`);
    expect((await two.ask('GET', '/api/admin/probe', { cookie: expired })).status).toBe(401);
    await Promise.all([one.stop(), two.stop()]);
  });
});
