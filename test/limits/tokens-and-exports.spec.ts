import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type OpenAiUpstream, startOpenAiUpstream } from '../support/openai-upstream.js';
import { SwitchboardLab, until } from '../support/switchboard-lab.js';

describe('tokens with limits, and exports', () => {
  let upstream: OpenAiUpstream;
  let lab: SwitchboardLab;
  let person: { id: string; token: string };
  let number = 0;

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

  const tokenWith = async (fields: Record<string, unknown>, maker = person.token) => {
    const { body } = await lab.must('POST', '/api/admin/tokens', { name: 'limited', ...fields }, maker);
    return { id: String(body['id']), token: String(body['token']) };
  };
  const ledger = (count: number) =>
    until(async () => {
      const rows = await lab.rows('select * from $s.generation where admin = ? order by id', [person.id]);
      return rows.length === count && rows;
    });

  it('A60 holds a token’s own limit under parallel calls, beside its maker’s, without taking room from other tokens', async () => {
    upstream.delayMs = 30;
    const small = await tokenWith({ monthly_limit: 3 });
    const answers = await Promise.all(Array.from({ length: 20 }, () => lab.chat(small.token)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
    expect(answers.find(({ status }) => status === 429)?.body['detail']).toContain('of this token');
    expect((await lab.chat(person.token)).status).toBe(200);
    await lab.must('PATCH', `/api/admin/ai-settings/lab?admin_id=${person.id}`, { monthly_limit: 5 });
    const large = await tokenWith({ monthly_limit: 100 });
    expect((await lab.chat(large.token)).status).toBe(200);
    const refused = await lab.chat(large.token);
    expect(refused.status).toBe(429);
    expect(refused.body['detail']).toContain('at Lab');
    upstream.delayMs = 0;
    const rows = await lab.rows(
      'select token, requests::int, reserved_requests::int from $s.usage_counter where token = ?',
      [large.id],
    );
    expect(rows).toEqual([{ token: large.id, requests: 1, reserved_requests: 0 }]);
  });

  it('lets no token with a limit make tokens, which would not share it', async () => {
    const limited = await tokenWith({ monthly_budget_usd: '1.00', scopes: ['generate', 'read', 'manage'] });
    const answer = await lab.ask('POST', '/api/admin/tokens', { name: 'free' }, limited.token);
    expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });

  it('A57 exports the ledger as CSV without formulas and as JSON, each her own', async () => {
    await lab.chat(person.token);
    await lab.chat(person.token, { provider: 'lab', model_id: "=cmd|' /C calc'!A0" });
    await ledger(2);
    const csv = await lab.must('GET', '/api/admin/ai/generations/export', undefined, person.token);
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(csv.headers['content-disposition']).toBe('attachment; filename="generations.csv"');
    const lines = csv.text.trimEnd().split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain('request_id,created_at,admin,token,capability,provider,model_id');
    expect(lines[1]).toContain(",'=cmd|' /C calc'!A0,");
    expect(lines[2]).toContain(',ok,,false,10,20,30,');
    const json = await lab.must(
      'GET',
      '/api/admin/ai/generations/export?format=json&status=ok',
      undefined,
      person.token,
    );
    expect(JSON.parse(json.text)).toMatchObject([{ admin: person.id, usage: { prompt_tokens: 10 } }]);
    const other = await lab.person('stranger@example.com');
    const foreign = await lab.must(
      'GET',
      `/api/admin/ai/generations/export?admin_id=${person.id}`,
      undefined,
      other.token,
    );
    expect(foreign.text.trimEnd().split('\r\n')).toHaveLength(1);
  });

  it('exports usage by group', async () => {
    await lab.chat(person.token);
    await ledger(1);
    const csv = await lab.must('GET', '/api/admin/ai/usage/export?group_by=model', undefined, person.token);
    expect(csv.text).toMatch(/^group,requests,errors,.*\r\nlab\/priced,1,0,0,10,20,/);
    expect((await lab.ask('GET', '/api/admin/ai/usage/export?format=xls')).status).toBe(400);
  });

  it('keeps the ledger going when a row holds what the database refuses', async () => {
    await lab.chat(person.token, { provider: 'lab', model_id: 'nul\0and\ud800surrogate' });
    await lab.chat(person.token);
    const rows = await ledger(2);
    expect(rows.map((row) => row['status']).sort()).toEqual(['error', 'ok']);
  });
});
