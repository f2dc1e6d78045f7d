import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type OpenAiUpstream, startOpenAiUpstream } from '../support/openai-upstream.js';
import { type LabAnswer, SwitchboardLab } from '../support/switchboard-lab.js';
import { ACCESS_POLICY, probePath, type RouteRule } from './access-policy.js';

const CAPABILITIES = {
  chat: { supported: true, has_dynamic_models: true },
  content: { supported: true, has_dynamic_models: true },
  image: { supported: true, has_dynamic_models: false, models: [{ id: 'painter' }] },
  audio: { supported: true, has_dynamic_models: false, models: [{ id: 'speaker' }] },
};
const ROUTES = Object.entries(ACCESS_POLICY);
const GUARDED = ROUTES.filter(([, { who }]) => who === 'admin' || who === 'superadmin');
const PERSONAL = 'sk-personal-key-0001';
const SHARED = 'sk-lab-shared-key-0001';

/** Tables that are written in batches behind the answers. */
const WRITTEN_BEHIND = /^(?:audit_event|generation.*|usage_daily|usage_counter)$/;

/** State of a provider and of who asks it, and what becomes of every call to a model. */
interface World {
  readonly who: 'admin' | 'superadmin';
  readonly provider: Record<string, unknown>;
  readonly setting?: Record<string, unknown>;
  /** What a superadmin set for her. */
  readonly limit?: Record<string, unknown>;
  readonly hasPersonalKey?: boolean;
  readonly hasSharedKey?: boolean;
  /** The key with which the call is made, or the refusal. */
  readonly outcome: { readonly key: string } | { readonly status: number; readonly code: string };
  readonly access: string;
}

const SHARED_ON = { allow_shared_for_normal_admins: true, allow_personal_keys: true, is_active: true };
const SHARED_OFF = { ...SHARED_ON, allow_shared_for_normal_admins: false };
const NOT_ALLOWED = { status: 403, code: 'shared_api_not_allowed' };
const WORLDS: Readonly<Record<string, World>> = {
  'superadmin, shared key kept from normal admins': {
    who: 'superadmin',
    provider: SHARED_OFF,
    outcome: { key: SHARED },
    access: 'available_shared',
  },
  'admin with a personal key, shared forbidden': {
    who: 'admin',
    provider: SHARED_OFF,
    hasPersonalKey: true,
    outcome: { key: PERSONAL },
    access: 'available_personal',
  },
  'admin with a personal key, shared allowed': {
    who: 'admin',
    provider: SHARED_ON,
    hasPersonalKey: true,
    outcome: { key: PERSONAL },
    access: 'available_personal',
  },
  'admin without a key, shared allowed': {
    who: 'admin',
    provider: SHARED_ON,
    outcome: { key: SHARED },
    access: 'available_shared',
  },
  'admin without a key, shared forbidden': {
    who: 'admin',
    provider: SHARED_OFF,
    outcome: NOT_ALLOWED,
    access: 'no_access',
  },
  'admin without a key, shared switched off by herself': {
    who: 'admin',
    provider: SHARED_ON,
    setting: { use_shared_api: false },
    outcome: NOT_ALLOWED,
    access: 'no_access',
  },
  'admin with a personal key where they are forbidden, shared forbidden': {
    who: 'admin',
    provider: { ...SHARED_OFF, allow_personal_keys: false },
    hasPersonalKey: true,
    outcome: NOT_ALLOWED,
    access: 'no_access',
  },
  'admin with a personal key where they are forbidden, shared allowed': {
    who: 'admin',
    provider: { ...SHARED_ON, allow_personal_keys: false },
    hasPersonalKey: true,
    outcome: { key: SHARED },
    access: 'available_shared',
  },
  'admin, no key anywhere': {
    who: 'admin',
    provider: SHARED_ON,
    hasSharedKey: false,
    outcome: { status: 409, code: 'no_api_key_available' },
    access: 'no_access',
  },
  'admin whose limit is used up': {
    who: 'admin',
    provider: SHARED_ON,
    limit: { monthly_limit: 0 },
    outcome: { status: 429, code: 'limit_exceeded' },
    access: 'available_shared',
  },
  'admin whose limit is used up, with a personal key': {
    who: 'admin',
    provider: SHARED_ON,
    limit: { monthly_limit: 0 },
    hasPersonalKey: true,
    outcome: { status: 429, code: 'limit_exceeded' },
    access: 'available_personal',
  },
  'admin, provider switched off': {
    who: 'admin',
    provider: { ...SHARED_ON, is_active: false },
    hasPersonalKey: true,
    outcome: { status: 409, code: 'provider_inactive' },
    access: 'disabled',
  },
  'superadmin, provider switched off': {
    who: 'superadmin',
    provider: { ...SHARED_ON, is_active: false },
    outcome: { status: 409, code: 'provider_inactive' },
    access: 'disabled',
  },
};

describe('who may what', () => {
  let upstream: OpenAiUpstream;
  let lab: SwitchboardLab;
  let admin: { id: string; token: string };
  let superadmin: { id: string; token: string };
  let suspended: string;
  const tokens: Record<string, string> = {};

  beforeAll(async () => {
    upstream = await startOpenAiUpstream();
    lab = await SwitchboardLab.start({ upstream });
    await lab.plugIn(upstream, { capabilities: CAPABILITIES });
    const models = { chat: 'priced', content: 'priced', image: 'painter', audio: 'speaker' };
    for (const [capability, model] of Object.entries(models)) {
      const choice = { provider: 'lab', capability, model_id: model };
      await lab.must('POST', '/api/admin/ai-models/select-model', choice);
    }
    admin = await lab.person('admin@example.com');
    superadmin = await lab.person('superadmin@example.com', 'superadmin');
    const gone = await lab.person('suspended@example.com', 'superadmin');
    await lab.must('PATCH', `/api/admin/admins/${gone.id}`, { is_suspended: true });
    suspended = gone.token;
    for (const scope of ['read', 'generate', 'manage']) {
      const made = await lab.must('POST', '/api/admin/tokens', { name: scope, scopes: [scope] }, superadmin.token);
      tokens[scope] = String(made.body['token']);
    }
  }, 120_000);
  afterAll(async () => {
    await lab.stop();
    await upstream.stop();
  });
  beforeEach(() => {
    upstream.calls.length = 0;
  });

  const send = (route: string, rule: RouteRule, token: string | null) =>
    lab.ask(route.split(' ')[0] ?? '', probePath(route, rule), rule.body, token);
  const codeOf = ({ body }: LabAnswer) => body['code'] ?? (body['error'] as { code?: string } | undefined)?.code;

  /** All that a refused request could have changed. */
  const picture = async () => {
    const all = await lab.rows(
      `select table_name as name from information_schema.tables where table_schema = 'switchboard' order by 1`,
    );
    // What every request may touch: the audit of refusals, and the ledger's rows of requests before this one.
    const tables = all.map(({ name }) => String(name)).filter((name) => !WRITTEN_BEHIND.test(name));
    const parts = await Promise.all(
      tables.map((table) =>
        lab.rows(
          `select md5(coalesce(string_agg(row, '|' order by row), '')) as sum
             from (select (to_jsonb(t) - 'last_used_at' - 'total_requests')::text as row from $s.${table} t) as rows`,
        ),
      ),
    );
    expect(tables.length).toBeGreaterThan(12);
    return parts.map(([row]) => row?.['sum']);
  };

  it('A30 has a row for every documented route, and no row for another', async () => {
    const { body } = await lab.must('GET', '/docs-json');
    const documented = Object.entries(body['paths'] as Record<string, object>).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(Object.keys(ACCESS_POLICY).sort()).toEqual(documented.sort());
  });

  it.each(GUARDED)('%s is for nobody unknown, and for no suspended person', async (route, rule) => {
    expect((await send(route, rule, null)).status).toBe(401);
    expect((await send(route, rule, 'sb_nonsense')).status).toBe(401);
    expect((await send(route, rule, suspended)).status).toBe(401);
    expect(upstream.calls).toHaveLength(0);
  });

  it.each(GUARDED.filter(([, { who }]) => who === 'superadmin'))(
    'A31 %s refuses a normal admin before it looks at the body and without any effect',
    async (route, rule) => {
      const before = await picture();
      const real = { ...rule, path: probePath(route, { ...rule, path: undefined } as unknown as RouteRule) };
      for (const body of [rule.body, { nonsense: true }, undefined]) {
        const answer = await send(route, { ...real, body }, admin.token);
        expect([answer.status, codeOf(answer)]).toEqual([403, 'forbidden']);
      }
      expect(await picture()).toEqual(before);
      expect(upstream.calls).toHaveLength(0);
    },
  );

  it.each(GUARDED)('%s lets those in that it is for', async (route, rule) => {
    expect(rule.answers).toContain((await send(route, rule, superadmin.token)).status);
    if (rule.who === 'admin') expect(rule.answers).toContain((await send(route, rule, admin.token)).status);
  });

  it.each(GUARDED)('A33 %s asks tokens for their scope', async (route, rule) => {
    for (const scope of ['read', 'generate', 'manage'] as const) {
      const answer = await send(route, rule, tokens[scope] ?? '');
      if (rule.scopes.includes(scope)) expect(rule.answers).toContain(answer.status);
      else expect([answer.status, codeOf(answer)]).toEqual([403, 'forbidden']);
    }
  });

  it.each(ROUTES.filter(([, { who }]) => who === 'session' || who === 'public'))(
    '%s answers a token as it answers a stranger',
    async (route, rule) => {
      const answers = [await send(route, rule, null), await send(route, rule, superadmin.token)];
      for (const { status } of answers) expect(rule.answers).toContain(status);
      expect(answers[1]?.status).toBe(answers[0]?.status);
    },
  );

  describe.each(Object.entries(WORLDS))('%s', (_name, world) => {
    let token: string;

    beforeAll(async () => {
      const who = world.who === 'admin' ? admin : superadmin;
      token = who.token;
      await lab.must('PATCH', '/api/admin/ai-providers/lab', { ...SHARED_ON });
      if (world.hasPersonalKey)
        await lab.must('PUT', '/api/admin/ai-settings/lab/personal-key', { api_key: PERSONAL }, admin.token);
      else await lab.must('DELETE', '/api/admin/ai-settings/lab/personal-key', undefined, admin.token);
      if (world.hasSharedKey === false) await lab.must('DELETE', '/api/admin/ai-providers/lab/shared-key');
      else await lab.must('PUT', '/api/admin/ai-providers/lab/shared-key', { api_key: SHARED });
      await lab.must('PATCH', '/api/admin/ai-settings/lab', { use_shared_api: true, ...world.setting }, admin.token);
      const limit = { monthly_limit: null, ...world.limit };
      await lab.must('PATCH', `/api/admin/ai-settings/lab?admin_id=${admin.id}`, limit);
      await lab.must('PATCH', '/api/admin/ai-providers/lab', world.provider);
    });

    it.each(GUARDED.filter(([, { serves }]) => serves !== undefined))('%s', async (route, rule) => {
      const answer = await send(route, rule, token);
      if ('key' in world.outcome) {
        expect([answer.status, answer.status === 200 ? '' : answer.text]).toEqual([200, '']);
        expect([...new Set(upstream.calls.map(({ key }) => key))]).toEqual([world.outcome.key]);
      } else {
        expect(answer.status).toBe(world.outcome.status);
        // Under /v1 a limit has the name that OpenAI's clients know.
        if (world.limit === undefined || route.includes('/api/')) expect(codeOf(answer)).toBe(world.outcome.code);
        if (world.limit !== undefined) expect(answer.headers['x-should-retry']).toBe('false');
        expect(upstream.calls).toHaveLength(0);
      }
    });

    it.each(GUARDED.filter(([, { serves }]) => serves === undefined))('leaves %s as it is', async (route, rule) => {
      const lets = world.who === 'superadmin' || rule.who === 'admin';
      const forbids =
        !lets || (route.includes('ai-settings/{slug}') && route.startsWith('P') && rule.body !== undefined);
      const answer = await send(route, rule, token);
      if (lets)
        expect([
          ...rule.answers,
          ...(forbids ? [403] : []),
          ...(world.provider['is_active'] === false ? [404, 409] : []),
        ]).toContain(answer.status);
      else expect(answer.status).toBe(403);
    });

    it('says so wherever it shows the provider, with a reason', async () => {
      const { body } = await lab.must('GET', '/api/admin/ai-providers/lab', undefined, token);
      expect(body).toMatchObject({
        access_state: world.access,
        access_reason: expect.stringMatching(/\w+.*\.$/) as unknown,
      });
      const settings = await lab.must('GET', '/api/admin/ai-settings', undefined, token);
      expect(settings.body.data.find(({ provider }) => provider === 'lab')).toMatchObject({
        access_state: world.access,
      });
    });
  });
});
