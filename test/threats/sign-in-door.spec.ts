import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AuditRetention } from '../../src/core/audit/index.js';
import { oneTimeCodeOf } from '../support/one-time-code.js';
import { ADMIN_TOKEN, SwitchboardLab, until } from '../support/switchboard-lab.js';

const PASSWORD = 'correct horse battery staple';

interface Browser {
  readonly cookie?: string;
  readonly ip?: string;
  readonly headers?: Record<string, string>;
}

/** As a browser asks: with a cookie, from an address. */
async function browse(lab: SwitchboardLab, method: string, url: string, body?: object, browser: Browser = {}) {
  const answer = await lab.app.inject({
    method: method as 'GET',
    url,
    headers: { ...(browser.cookie !== undefined && { cookie: browser.cookie }), ...browser.headers },
    ...(body && { payload: body }),
    ...(browser.ip !== undefined && { remoteAddress: browser.ip }),
  });
  const cookie = [answer.headers['set-cookie'] ?? []]
    .flat()
    .map((one) => one.split(';', 1)[0])
    .join('; ');
  const text = answer.payload;
  return { status: answer.statusCode, cookie, text, body: JSON.parse(text || '{}') as Record<string, unknown> };
}

const signIn = (lab: SwitchboardLab, email: string, password = PASSWORD, browser: Browser = {}) =>
  browse(lab, 'POST', '/api/auth/sign-in/email', { email, password }, browser);

describe('the audit of what people do with their accounts', () => {
  let lab: SwitchboardLab;
  beforeAll(async () => {
    lab = await SwitchboardLab.start();
  }, 60_000);
  afterAll(() => lab.stop());
  beforeEach(async () => {
    await lab.rows('delete from $s.sign_in_attempt');
  });

  const trail = (target: string) =>
    lab.rows(
      'select action, actor, actor_name, ip, request_id, after from $s.audit_event where target = ? order by id',
      [target],
    );

  it('A39 has a row for each, with who and from where, and without a secret', async () => {
    const email = 'audited@example.com';
    await lab.must('POST', '/api/admin/admins', { email, name: 'Audited', role: 'admin', password: PASSWORD });
    const { cookie } = await signIn(lab, email, PASSWORD, { ip: '203.0.113.5' });
    const ask = (route: string, body: object, as = cookie) =>
      browse(lab, 'POST', `/api/auth/${route}`, body, { cookie: as, ip: '203.0.113.5' });
    const begun = await ask('two-factor/enable', { password: PASSWORD });
    const uri = String(begun.body['totpURI']);
    const on = await ask('two-factor/verify-totp', { code: oneTimeCodeOf(uri) });
    expect(on.status).toBe(200);
    const mine = on.cookie === '' ? cookie : on.cookie;
    const shown = await ask('two-factor/get-totp-uri', { password: PASSWORD }, mine);
    const codes = await ask('two-factor/generate-backup-codes', { password: PASSWORD }, mine);
    const [code, second] = codes.body['backupCodes'] as string[];
    const pending = await signIn(lab, email);
    const late = await ask('two-factor/verify-backup-code', { code }, pending.cookie);
    const again = await signIn(lab, email);
    const totp = await ask('two-factor/verify-totp', { code: oneTimeCodeOf(uri) }, again.cookie);
    expect([shown.status, codes.status, late.status, totp.status]).toEqual([200, 200, 200, 200]);
    const off = await ask('two-factor/disable', { password: PASSWORD }, mine);
    expect(off.status).toBe(200);
    const change = { currentPassword: PASSWORD, newPassword: 'another good one' };
    const changed = await ask('change-password', change, off.cookie === '' ? mine : off.cookie);
    expect(changed.status).toBe(200);
    const own = { current_password: 'another good one', new_password: PASSWORD };
    const patched = await browse(lab, 'PATCH', '/api/admin/me', own, { cookie: changed.cookie, ip: '203.0.113.5' });
    expect(patched.status).toBe(200);
    const last = patched.cookie;
    expect((await browse(lab, 'DELETE', '/api/admin/me/sessions', undefined, { cookie: last })).status).toBe(204);
    expect((await ask('sign-out', {}, last)).status).toBe(200);

    const rows = await trail(email);
    expect(rows.map(({ action }) => action)).toEqual([
      'admin.create',
      'me.sign_in',
      'me.two_factor_begin',
      'me.two_factor_on',
      'me.two_factor_show',
      'me.backup_codes',
      'me.sign_in',
      'me.sign_in',
      'me.two_factor_off',
      'me.change_password',
      'me.change_password',
      'me.sign_out',
    ]);
    for (const row of rows.slice(1))
      expect(row).toMatchObject({
        actor_name: 'Audited',
        ip: expect.any(String),
        request_id: expect.stringMatching(/^[\w-]{10,}$/),
      });
    expect(rows[1]).toMatchObject({ ip: '203.0.113.5' });
    expect(rows.slice(6, 8).map(({ after }) => after)).toEqual([
      { second_factor: 'backup-code' },
      { second_factor: 'totp' },
    ]);
    expect(await trail(String(rows[1]?.['actor']))).toMatchObject([{ action: 'me.end_sessions' }]);
    const all = JSON.stringify(await lab.rows('select * from $s.audit_event'));
    const totpSecret = new URL(uri).searchParams.get('secret') ?? uri;
    for (const secret of [PASSWORD, 'another good one', totpSecret, code, second])
      expect(all).not.toContain(String(secret));
  });

  it('A27 has a row for every refusal: a wrong password, a wrong code, too many, a strange invitation, another site', async () => {
    const email = 'refused@example.com';
    await lab.must('POST', '/api/admin/admins', { email, name: 'Refused', role: 'admin', password: PASSWORD });
    const ip = '203.0.113.6';
    for (let guess = 0; guess < 6; guess++) await signIn(lab, email, 'wrong password', { ip });
    await browse(lab, 'POST', '/api/auth/invitations/read', { token: 'sbi_nonsense' }, { ip });
    await browse(lab, 'POST', '/api/auth/two-factor/verify-totp', { code: '000000' }, { ip });
    await signIn(lab, email, PASSWORD, { ip, headers: { origin: 'https://evil.test' } });
    const refused = await until(async () => {
      const rows = await lab.rows(
        `select target, code, count(*)::int as n from $s.audit_event where outcome = 'refused' and ip = ?
          group by target, code order by target, code`,
        [ip],
      );
      return rows.length >= 5 && rows;
    });
    expect(refused).toEqual([
      { target: 'POST /api/auth/invitations/read', code: 'not_found', n: 1 },
      { target: 'POST /api/auth/sign-in/email', code: 'forbidden', n: 1 },
      { target: 'POST /api/auth/sign-in/email', code: 'rate_limited', n: 1 },
      { target: 'POST /api/auth/sign-in/email', code: 'unauthenticated', n: 5 },
      { target: 'POST /api/auth/two-factor/verify-totp', code: 'unauthenticated', n: 1 },
    ]);
    expect(JSON.stringify(await lab.rows('select * from $s.audit_event'))).not.toContain('wrong password');
  });

  it('has rows for what the system does by itself at a first start', async () => {
    const rows = await lab.rows('select action, target, after from $s.audit_event where actor is null order by id');
    expect(rows).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ action: 'admin.create', after: { name: 'Superadmin', role: 'superadmin' } }),
        ...['chat', 'content', 'image', 'audio'].map((target) =>
          expect.objectContaining({
            action: 'selection.seed',
            target,
            after: expect.objectContaining({ provider: 'sandbox' }) as unknown,
          }),
        ),
      ]),
    );
  });
});

describe('AUDIT_RETENTION_DAYS', () => {
  const age = (lab: SwitchboardLab, action: string) =>
    lab.rows(`update $s.audit_event set at = now() - interval '31 days' where action = ?`, [action]);
  const actions = async (lab: SwitchboardLab) =>
    (await lab.rows('select action from $s.audit_event order by id')).map(({ action }) => String(action));

  it('keeps everything unless it is set', async () => {
    const lab = await SwitchboardLab.start();
    await age(lab, 'selection.seed');
    const before = await actions(lab);
    expect(await lab.app.get(AuditRetention, { strict: false }).prune()).toBe(0);
    expect(await actions(lab)).toEqual(before);
    await lab.stop();
  }, 60_000);

  it('deletes what is older, oldest first, once, and says so in the audit itself', async () => {
    const lab = await SwitchboardLab.start({ variables: { AUDIT_RETENTION_DAYS: '30' } });
    await age(lab, 'selection.seed');
    const before = await actions(lab);
    const old = before.filter((action) => action === 'selection.seed').length;
    expect(old).toBeGreaterThanOrEqual(4);
    const retention = lab.app.get(AuditRetention, { strict: false });
    const gone = await Promise.all([retention.prune(), retention.prune()]);
    expect(gone.reduce((sum, one) => sum + one, 0)).toBe(old);
    expect(await actions(lab)).toEqual([...before.filter((action) => action !== 'selection.seed'), 'audit.prune']);
    const listed = await lab.must('GET', '/api/admin/audit?action=audit.prune');
    expect(listed.body.data).toMatchObject([{ actor: null, after: { deleted: old, retention_days: 30 } }]);
    expect(await retention.prune()).toBe(0);
    await lab.stop();
  }, 60_000);

  it('runs by itself where schedules run', async () => {
    const lab = await SwitchboardLab.start({
      variables: { AUDIT_RETENTION_DAYS: '30' },
      overrides: { cron: true, catalog: { ttl: 1_000_000, syncCron: '0 0 1 1 *' } },
    });
    await age(lab, 'selection.seed');
    lab.app.get(AuditRetention, { strict: false }).onApplicationBootstrap();
    await until(async () => (await actions(lab)).includes('audit.prune'));
    await lab.stop();
  }, 60_000);
});

describe('the door of strangers', () => {
  it('takes no body larger than an absurd password', async () => {
    const lab = await SwitchboardLab.start();
    const huge = 'x'.repeat(3 * 1024 * 1024);
    for (const path of ['sign-in/email', 'invitations/accept', 'two-factor/verify-totp', 'change-password']) {
      const answer = await browse(lab, 'POST', `/api/auth/${path}`, { email: 'a@example.com', password: huge });
      expect([path, answer.status, answer.body['code']]).toEqual([path, 413, 'payload_too_large']);
      expect(answer.text.length).toBeLessThan(1_000);
    }
    const absurd = await signIn(lab, 'a@example.com', 'x'.repeat(1_000_000));
    expect([absurd.status, absurd.body['code']]).toEqual([422, 'password_not_accepted']);
    // Elsewhere there is room for pictures.
    const elsewhere = await lab.ask('POST', '/api/admin/ai-providers', { slug: huge });
    expect([elsewhere.status, elsewhere.body['code']]).toEqual([400, 'validation_failed']);
    await lab.stop();
  }, 60_000);

  const addressSeen = async (lab: SwitchboardLab, ip: string, forwarded: string) => {
    const { status } = await lab.app
      .inject({
        method: 'PATCH',
        url: '/api/admin/ai-providers/sandbox',
        headers: {
          authorization: `Bearer ${ADMIN_TOKEN}`,
          'x-forwarded-for': forwarded,
          forwarded: `for=${forwarded}`,
        },
        payload: { sort_order: Math.floor(Math.random() * 1e6) },
        remoteAddress: ip,
      })
      .then((answer) => ({ status: answer.statusCode }));
    expect(status).toBe(200);
    const [row] = await lab.rows(
      `select ip from $s.audit_event where action = 'provider.update' order by id desc limit 1`,
    );
    return row?.['ip'];
  };

  it('A27 believes nobody’s X-Forwarded-For unless told whose', async () => {
    const lab = await SwitchboardLab.start();
    expect(await addressSeen(lab, '10.0.0.1', '203.0.113.7')).toBe('10.0.0.1');
    await lab.stop();
  }, 60_000);

  it('A27 with TRUST_PROXY sees who asks through that proxy, whatever else she claims, and counts her guesses', async () => {
    const lab = await SwitchboardLab.start({ variables: { TRUST_PROXY: '10.0.0.0/8' } });
    expect(await addressSeen(lab, '10.0.0.1', '203.0.113.7')).toBe('203.0.113.7');
    expect(await addressSeen(lab, '10.0.0.1', '1.2.3.4, 203.0.113.7')).toBe('203.0.113.7');
    expect(await addressSeen(lab, '10.0.0.1', '1.2.3.4, 203.0.113.7, 10.9.9.9')).toBe('203.0.113.7');
    expect(await addressSeen(lab, '198.51.100.1', '203.0.113.7')).toBe('198.51.100.1');
    const guess = (claimed: string) =>
      signIn(lab, 'a@example.com', 'wrong password', {
        ip: '10.0.0.1',
        headers: { 'x-forwarded-for': `${claimed}, 203.0.113.8` },
      });
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 6; attempt++) statuses.push((await guess(`1.2.3.${attempt}`)).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    const neighbour = await signIn(lab, 'a@example.com', 'wrong password', {
      ip: '10.0.0.1',
      headers: { 'x-forwarded-for': '203.0.113.9' },
    });
    expect(neighbour.status).toBe(401);
    await lab.stop();
  }, 60_000);
});
