import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ReservationReaper } from '../../src/usage/limits/reservation-reaper.js';
import { chunk, json, type OpenAiUpstream, startOpenAiUpstream, USAGE } from '../support/openai-upstream.js';
import { SwitchboardLab, until } from '../support/switchboard-lab.js';

const RESERVED =
  'select coalesce(sum(reserved_requests), 0)::int as n, coalesce(sum(reserved_usd), 0)::text as usd from $s.usage_counter';

describe('limits', () => {
  let upstream: OpenAiUpstream;
  let lab: SwitchboardLab;
  let number = 0;
  let person: { id: string; token: string };

  beforeAll(async () => {
    upstream = await startOpenAiUpstream();
    lab = await SwitchboardLab.start({ upstream });
    await lab.plugIn(upstream);
  });
  afterAll(async () => {
    await lab.stop();
    await upstream.stop();
  });
  beforeEach(async () => {
    person = await lab.person(`someone${++number}@example.com`);
    upstream.calls.length = 0;
  });
  afterEach(() => {
    upstream.delayMs = 0;
    upstream.answering = () => undefined;
  });

  const setting = (fields: Record<string, unknown>) =>
    lab.must('PATCH', `/api/admin/ai-settings/lab?admin_id=${person.id}`, fields);
  const ledger = () =>
    until(async () => {
      const rows = await lab.rows('select * from $s.generation where admin = ? order by id', [person.id]);
      return rows.length > 0 && rows;
    });
  const counter = async () => {
    const [row] = await lab.rows(
      `select requests::int, cost_usd::text, reserved_requests::int, reserved_usd::text from $s.usage_counter where admin = ?`,
      [person.id],
    );
    return row;
  };

  it('A60 lets exactly 10 of 100 parallel calls through, the first calls of a new admin, and leaves nothing reserved', async () => {
    upstream.delayMs = 50;
    await setting({ monthly_limit: 10 });
    const answers = await Promise.all(Array.from({ length: 100 }, () => lab.chat(person.token)));
    expect(upstream.calls).toHaveLength(10);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(90);
    for (const { body, headers } of refused) {
      expect(body['code']).toBe('limit_exceeded');
      expect(headers['x-should-retry']).toBe('false');
    }
    expect(await counter()).toMatchObject({ requests: 10, reserved_requests: 0, reserved_usd: '0.000000' });
    expect((await lab.rows(RESERVED))[0]).toMatchObject({ n: 0 });
    expect(await lab.rows('select 1 from $s.usage_reservation')).toEqual([]);
  });

  it('A60 keeps a money budget under parallel calls, by the price at the time of the call', async () => {
    upstream.delayMs = 30;
    await lab.chat(person.token); // a history, so that the estimate is what a call costs
    await ledger();
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const each = 10 * 0.000001 + 20 * 0.000002;
    await setting({ monthly_budget_usd: (each * 6).toFixed(6) });
    const answers = await Promise.all(Array.from({ length: 30 }, () => lab.chat(person.token)));
    const served = answers.filter(({ status }) => status === 200).length;
    expect(served).toBeGreaterThanOrEqual(3);
    expect(served).toBeLessThanOrEqual(5);
    const after = await counter();
    expect(Number(after?.['cost_usd'])).toBeCloseTo(each * (served + 1), 9);
    expect(Number(after?.['cost_usd'])).toBeLessThanOrEqual(each * 6);
    expect(after?.['reserved_requests']).toBe(0);
  });

  it('counts what was used before the limit was set', async () => {
    await lab.chat(person.token);
    await lab.chat(person.token);
    await until(async () => (await counter())?.['requests'] === 2);
    await setting({ monthly_limit: 3 });
    expect((await lab.chat(person.token)).status).toBe(200);
    expect((await lab.chat(person.token)).status).toBe(429);
  });

  it('neither counts nor charges a call that failed before the first byte, and the next one finds its room', async () => {
    await setting({ monthly_limit: 1 });
    upstream.answering = (_call, response) => {
      json(response, 500, { error: { message: 'broken' } });
      return true;
    };
    expect((await lab.chat(person.token)).status).toBe(502);
    upstream.answering = () => undefined;
    expect((await lab.chat(person.token)).status).toBe(200);
    expect((await lab.chat(person.token)).status).toBe(429);
    expect(await counter()).toMatchObject({ requests: 1, reserved_requests: 0 });
    const rows = await until(async () => {
      const found = await lab.rows('select * from $s.generation where admin = ? order by id', [person.id]);
      return found.length === 3 && found;
    });
    expect(rows.map((row) => row['status'])).toEqual(['error', 'ok', 'error']);
    expect(rows.map((row) => row['error_code'])).toEqual(['upstream_unavailable', null, 'limit_exceeded']);
  });

  it('writes one ledger row with the vendor’s tokens for a plain answer and for a stream', async () => {
    await setting({ monthly_limit: 5 });
    await lab.chat(person.token);
    const streamed = await lab.chat(person.token, { stream: true });
    expect(streamed.text).toContain('event: done');
    const rows = await until(async () => {
      const found = await lab.rows('select * from $s.generation where admin = ? order by id', [person.id]);
      return found.length === 2 && found;
    });
    for (const row of rows)
      expect(row).toMatchObject({
        status: 'ok',
        prompt_tokens: USAGE.prompt_tokens,
        completion_tokens: USAGE.completion_tokens,
        usage_source: 'provider',
      });
    expect(await counter()).toMatchObject({ requests: 2, reserved_requests: 0 });
  });

  it('counts a stream that breaks off after its first byte, for what had arrived, as an estimate', async () => {
    await setting({ monthly_limit: 5 });
    upstream.answering = (_call, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(chunk({ content: 'Hello' }));
      setTimeout(() => response.destroy(), 50);
      return true;
    };
    const answer = await lab.chat(person.token, { stream: true });
    expect(answer.text).toContain('event: error');
    expect(await ledger()).toMatchObject([{ status: 'error', usage_source: 'estimated', completion_tokens: 2 }]);
    expect(await counter()).toMatchObject({ requests: 1, reserved_requests: 0 });
  });

  it('refuses a model of unknown price where a budget applies, unless the policy says otherwise', async () => {
    const unpriced = { provider: 'lab', model_id: 'unpriced' };
    await setting({ monthly_budget_usd: '1' });
    expect(await lab.chat(person.token, unpriced)).toMatchObject({ status: 422, body: { code: 'price_unknown' } });
    expect(upstream.calls).toHaveLength(0);
    await setting({ unknown_price: 'ceiling', unknown_price_ceiling_usd: '0.4' });
    expect((await lab.chat(person.token, unpriced)).status).toBe(200);
    expect((await lab.chat(person.token, unpriced)).status).toBe(200);
    expect((await lab.chat(person.token, unpriced)).status).toBe(429);
    expect(Number((await counter())?.['cost_usd'])).toBe(0.8);
    await setting({ unknown_price: 'allow' });
    expect((await lab.chat(person.token, unpriced)).status).toBe(200);
  });

  it('does not block anybody at zero spend over a high max_tokens', async () => {
    await setting({ monthly_budget_usd: '0.01' });
    expect((await lab.chat(person.token, { max_tokens: 8000 })).status).toBe(200);
  });

  it('touches no database before the answer where no limit holds', async () => {
    await lab.chat(person.token);
    await ledger();
    expect(await lab.rows('select 1 from $s.usage_reservation')).toEqual([]);
    expect(await counter()).toMatchObject({ requests: 1, reserved_requests: 0 });
  });

  it('settles what a lost process left at its estimate, once, however often the reaper runs', async () => {
    await setting({ monthly_limit: 5 });
    upstream.answering = () => new Promise<boolean>(() => undefined);
    const hanging = lab.chat(person.token);
    await until(async () => (await lab.rows('select 1 from $s.usage_reservation')).length === 1);
    await lab.rows(`update $s.usage_reservation set expires_at = now() - interval '1 minute'`);
    const reaper = lab.app.get(ReservationReaper, { strict: false });
    const settled = await Promise.all([reaper.reap(), reaper.reap()]);
    expect(Math.max(...settled)).toBe(1);
    expect(await reaper.reap()).toBe(0);
    expect(await ledger()).toMatchObject([{ status: 'aborted', usage_source: 'estimated' }]);
    expect(await counter()).toMatchObject({ requests: 1, reserved_requests: 0 });
    void hanging;
  });

  it('says in the settings what is used and what is reserved', async () => {
    await setting({ monthly_limit: 7 });
    await lab.chat(person.token);
    const { body } = await lab.must('GET', '/api/admin/ai-settings', undefined, person.token);
    const mine = body.data.find((row) => row['provider'] === 'lab');
    expect(mine).toMatchObject({
      monthly_limit: 7,
      access_state: 'available_shared',
      usage: { requests: 1, reserved_requests: 0 },
    });
  });

  it('lets an admin set her own switches only', async () => {
    const own = (fields: object, query = '') =>
      lab.ask('PATCH', `/api/admin/ai-settings/lab${query}`, fields, person.token);
    expect((await own({ monthly_limit: 1000 })).status).toBe(403);
    expect((await own({ monthly_budget_usd: null })).status).toBe(403);
    expect((await own({ unknown_price: 'allow' })).status).toBe(403);
    expect((await own({ is_active: false }, '?admin_id=somebody-else')).status).toBe(403);
    expect((await own({ use_shared_api: false })).status).toBe(200);
    expect(await lab.chat(person.token)).toMatchObject({ status: 403, body: { code: 'shared_api_not_allowed' } });
    expect((await own({ use_shared_api: true, is_active: false })).body).toMatchObject({ access_state: 'disabled' });
    expect(await lab.chat(person.token)).toMatchObject({ status: 409, body: { code: 'provider_inactive' } });
  });

  it('moves the room along to a stand-in, and charges who answered', async () => {
    await lab.must('POST', '/api/admin/ai-providers', {
      slug: 'spare',
      name: 'Spare',
      api_base_url: upstream.url,
      api_key: 'sk-spare-key-000001',
      config: { max_retry: 0, wire: { price_unit: 'usd_per_token' } },
      allow_shared_for_normal_admins: true,
    });
    await lab.must('POST', '/api/admin/ai-models/sync', { provider: 'spare' });
    const choice = { provider: 'spare', capability: 'chat', model_id: 'priced', activate: false };
    const { body } = await lab.must('POST', '/api/admin/ai-models/select-model', choice);
    await lab.must('PUT', '/api/admin/ai-models/fallbacks', { capability: 'chat', selection_ids: [body['id']] });
    await setting({ monthly_limit: 5 });
    await lab.must('PATCH', `/api/admin/ai-settings/spare?admin_id=${person.id}`, { monthly_limit: 1 });
    upstream.answering = ({ key }, response) => {
      if (key === 'sk-spare-key-000001') return false;
      json(response, 503, { error: { message: 'overloaded' } });
      return true;
    };
    expect(await lab.chat(person.token)).toMatchObject({ status: 200, body: { served_by_fallback: true } });
    expect((await lab.chat(person.token)).status).toBe(429);
    const rows = await lab.rows(
      `select provider, requests::int, reserved_requests::int, reserved_usd::float from $s.usage_counter
        where admin = ? order by provider`,
      [person.id],
    );
    expect(rows).toEqual([
      { provider: 'lab', requests: 0, reserved_requests: 0, reserved_usd: 0 },
      { provider: 'spare', requests: 1, reserved_requests: 0, reserved_usd: 0 },
    ]);
    expect(await ledger()).toMatchObject([{ provider: 'spare', status: 'ok' }]);
    await lab.must('PUT', '/api/admin/ai-models/fallbacks', { capability: 'chat', selection_ids: [] });
  });
});
