import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startPostgres, type TestPostgres } from '../support/postgres.js';
import { type AccountsApp, ADMIN_TOKEN, SUPERADMIN, startAccounts } from './accounts-app.js';

const PUBLIC_URL = 'https://ai.example.com';

const invite = (app: AccountsApp, email: string, body: object = {}, as: object = { token: ADMIN_TOKEN }) =>
  app.ask('POST', '/api/admin/admins/invitations', { ...as, body: { email, role: 'admin', ...body } });
const secretOf = async (app: AccountsApp, email: string, body: object = {}) =>
  String((await invite(app, email, body)).body['token']);
const accept = (app: AccountsApp, token: string, body: object = {}, ip = '203.0.113.1') =>
  app.ask('POST', '/api/auth/invitations/accept', {
    ip,
    body: { token, name: 'Ada', password: 'a good one', ...body },
  });
const read = (app: AccountsApp, token: string) =>
  app.ask('POST', '/api/auth/invitations/read', { ip: '203.0.113.2', body: { token } });
const statuses = async (app: AccountsApp) =>
  (await app.ask('GET', '/api/admin/admins/invitations', { token: ADMIN_TOKEN })).body.data?.map(
    ({ email, status }) => `${String(email)} ${String(status)}`,
  ) ?? [];

describe('invitations', () => {
  let app: AccountsApp;
  beforeAll(async () => {
    app = await startAccounts({ publicUrl: PUBLIC_URL });
  });
  beforeEach(async () => {
    await app.rows('delete from $s.sign_in_attempt');
  });
  afterAll(() => app.stop());

  it('A36 invite by a link shown once, whose secret no server is sent and no row holds', async () => {
    const made = await invite(app, 'Ada@Example.com');
    const { token, link, ...rest } = made.body;
    expect([made.status, link]).toEqual([201, `${PUBLIC_URL}/invitation#token=${String(token)}`]);
    expect(token).toMatch(/^sbi_[\w-]{43}$/);
    expect(rest).toMatchObject({ email: 'ada@example.com', role: 'admin', status: 'open', invited_by: null });
    const hours = Date.parse(String(rest['expires_at'])) - Date.parse(String(rest['created_at']));
    expect(hours).toBe(72 * 3_600_000);
    const listed = await app.ask('GET', '/api/admin/admins/invitations', { token: ADMIN_TOKEN });
    expect(listed.text).not.toContain(String(token));
    for (const table of ['admin_invitation', 'audit_event'])
      expect(JSON.stringify(await app.rows(`select * from $s.${table}`))).not.toContain(String(token));
    expect((await read(app, String(token))).body).toEqual({
      email: 'ada@example.com',
      role: 'admin',
      expires_at: rest['expires_at'],
    });
  });

  it('makes the invited person what she was invited to be, with the name and password she chose', async () => {
    const token = await secretOf(app, 'grace@example.com', { role: 'superadmin' });
    const accepted = await accept(app, token, { name: 'Grace' });
    expect([accepted.status, accepted.body]).toEqual([
      201,
      { id: expect.any(String), email: 'grace@example.com', name: 'Grace', role: 'superadmin' },
    ]);
    const cookie = await app.cookieOf('grace@example.com', 'a good one');
    expect((await app.ask('GET', '/api/admin/probe/superadmin', { cookie })).status).toBe(200);
    expect(await statuses(app)).toContain('grace@example.com accepted');
    expect((await accept(app, token)).status).toBe(404);
    const trail = await app.rows(
      `select action, actor, actor_name, ip from $s.audit_event where target = 'grace@example.com' and action like 'invitation.%' order by id`,
    );
    expect(trail).toEqual([
      expect.objectContaining({ action: 'invitation.create', actor: 'admin-token' }),
      { action: 'invitation.accept', actor: accepted.body['id'], actor_name: 'Grace', ip: '203.0.113.1' },
    ]);
  });

  it('A36 holds for nobody when used, revoked, replaced, expired, made up, or made by one who may not any more', async () => {
    const revoked = await invite(app, 'revoked@example.com');
    const revoke = () =>
      app.ask('DELETE', `/api/admin/admins/invitations/${String(revoked.body['id'])}`, { token: ADMIN_TOKEN });
    expect([(await revoke()).status, (await revoke()).status]).toEqual([204, 404]);
    const replaced = await secretOf(app, 'replaced@example.com');
    const fresh = await secretOf(app, 'REPLACED@example.com');
    const expired = await secretOf(app, 'expired@example.com', { expires_in_hours: 1 });
    await app.rows(`update $s.admin_invitation set expires_at = now() where email = 'expired@example.com'`);
    const cookie = await app.cookieOf();
    const orphan = await invite(app, 'orphan@example.com', {}, { cookie });
    expect(orphan.status).toBe(201);
    await app.rows(`update $s.admin_user set role = 'admin' where email = ?`, [SUPERADMIN.email]);
    const dead = [revoked.body['token'], replaced, expired, orphan.body['token'], `${fresh}x`, 'sbi_', 'nonsense'];
    const answers = await Promise.all(dead.flatMap((one) => [accept(app, String(one)), read(app, String(one))]));
    await app.rows(`update $s.admin_user set role = 'superadmin' where email = ?`, [SUPERADMIN.email]);
    expect(new Set(answers.map(({ status, body }) => `${status} ${String(body['detail'])}`))).toEqual(
      new Set(['404 This invitation does not hold: it was used or revoked, or is too old. Ask for a new one.']),
    );
    expect((await accept(app, fresh)).status).toBe(201);
    expect(await statuses(app)).toEqual(
      expect.arrayContaining([
        'revoked@example.com revoked',
        'replaced@example.com revoked',
        'replaced@example.com accepted',
        'expired@example.com expired',
      ]),
    );
  });

  it('A29 takes neither role nor address nor a bad password from the invited person, and stays open then', async () => {
    const token = await secretOf(app, 'eve@example.com');
    for (const body of [{ role: 'superadmin' }, { email: 'x@example.com' }, { password: 'short' }, { name: '' }])
      expect((await accept(app, token, body)).status).toBe(400);
    expect((await accept(app, token, { password: 'x'.repeat(2_000) })).status).toBe(422);
    await app.rows('delete from $s.sign_in_attempt');
    expect((await accept(app, token)).body).toMatchObject({ email: 'eve@example.com', role: 'admin' });
  });

  it('A31 is for superadmins, and for addresses that nobody has', async () => {
    await accept(app, await secretOf(app, 'plain@example.com'));
    const cookie = await app.cookieOf('plain@example.com', 'a good one');
    const before = await app.rows('select count(*) from $s.admin_invitation');
    expect((await invite(app, 'friend@example.com', {}, { cookie })).status).toBe(403);
    expect((await app.ask('GET', '/api/admin/admins/invitations', { cookie })).status).toBe(403);
    const taken = await invite(app, 'Plain@example.com');
    expect([taken.status, taken.body['code']]).toEqual([409, 'conflict']);
    for (const body of [{ expires_in_hours: 0 }, { expires_in_hours: 721 }, { role: 'owner' }, { id: 'x' }])
      expect((await invite(app, 'friend@example.com', body)).status).toBe(400);
    expect(await app.rows('select count(*) from $s.admin_invitation')).toEqual(before);
  });

  it('A27 bounds who tries invitations, and A23 takes none from another site', async () => {
    const token = await secretOf(app, 'site@example.com');
    const foreign = await app.ask('POST', '/api/auth/invitations/accept', {
      headers: { origin: 'https://evil.test' },
      body: { token, name: 'Ada', password: 'a good one' },
    });
    expect(foreign.status).toBe(403);
    const tries = Array.from({ length: 52 }, (_, index) => () => accept(app, `sbi_${index}`, {}, '203.0.113.9'));
    let last = 0;
    for (const attempt of tries) last = (await attempt()).status;
    expect(last).toBe(429);
    expect((await accept(app, token)).status).toBe(201);
  });

  it('names the list’s next page', async () => {
    const page = (cursor = '') =>
      app.ask('GET', `/api/admin/admins/invitations?limit=2${cursor}`, { token: ADMIN_TOKEN });
    const first = await page();
    const second = await page(`&cursor=${String(first.body['next_cursor'])}`);
    const ids = [...(first.body.data ?? []), ...(second.body.data ?? [])].map(({ id }) => id);
    expect(new Set(ids).size).toBe(4);
    expect((await page('&cursor=bm9uc2Vuc2U')).status).toBe(400);
  });
});

describe('an invitation on two replicas', () => {
  let postgres: TestPostgres;
  let apps: AccountsApp[];
  beforeAll(async () => {
    postgres = await startPostgres();
    apps = [await startAccounts({ url: postgres.url }), await startAccounts({ url: postgres.url })];
  });
  afterAll(async () => {
    for (const app of apps ?? []) await app.stop();
    await postgres?.stop();
  });

  it('A36 makes one person of twenty acceptances at once', async () => {
    const [first] = apps as [AccountsApp];
    const made = await invite(first, 'race@example.com');
    expect(made.body['link']).toBe(`/invitation#token=${String(made.body['token'])}`);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        accept(apps[index % 2] ?? first, String(made.body['token']), { name: `n${index}` }, `198.51.100.${index}`),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 404)).toHaveLength(19);
    const people = await first.rows(`select name from $s.admin_user where email = 'race@example.com'`);
    expect(people).toEqual([{ name: answers.find(({ status }) => status === 201)?.body['name'] }]);
  });
});
