import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { RunningGenerations } from '../../src/generation/running-generations.js';
import { chunk, json, type OpenAiUpstream, startOpenAiUpstream } from '../support/openai-upstream.js';
import { SwitchboardLab, until } from '../support/switchboard-lab.js';

const V1_CHAT = { model: 'chat', messages: [{ role: 'user', content: 'hello' }] };

describe('A59 calls at once', () => {
  let upstream: OpenAiUpstream;
  let lab: SwitchboardLab;
  let url: string;
  let person: { id: string; token: string };
  let capped: { id: string; token: string };

  beforeAll(async () => {
    upstream = await startOpenAiUpstream();
    lab = await SwitchboardLab.start({ upstream, variables: { MAX_CONCURRENT_CALLS: '5' } });
    await lab.plugIn(upstream);
    person = await lab.person('someone@example.com');
    const wish = { name: 'capped', max_concurrent: 2, scopes: ['generate', 'read', 'manage'] };
    const { body } = await lab.must('POST', '/api/admin/tokens', wish, person.token);
    expect(body).toMatchObject({ max_concurrent: 2 });
    capped = { id: String(body['id']), token: String(body['token']) };
    await lab.app.listen(0, '127.0.0.1');
    url = await lab.app.getUrl();
  }, 60_000);
  afterAll(async () => {
    await lab.stop();
    await upstream.stop();
  });

  let letGo: () => void;
  let held: Promise<void>;
  beforeEach(() => {
    upstream.calls.length = 0;
    held = new Promise((resolve) => (letGo = resolve));
    upstream.answering = () => held;
  });
  afterEach(() => {
    upstream.answering = () => undefined;
    letGo();
  });

  const running = (id: string) => lab.app.get(RunningGenerations, { strict: false }).of(id);
  const nobodyRuns = () => until(async () => running(person.id) === 0 && running(capped.id) === 0 && true);
  const v1 = (token: string) => lab.ask('POST', '/v1/chat/completions', V1_CHAT, token);
  const reached = (count: number) => until(async () => upstream.calls.length === count && true);

  it('lets as many run as the token may, refuses the rest with Retry-After, and lets the next in when one ended', async () => {
    const first = [v1(capped.token), lab.chat(capped.token)];
    await reached(2);
    for (let refusal = 0; refusal < 5; refusal++) {
      const admin = await lab.chat(capped.token);
      expect(admin).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
      expect(Number(admin.headers['retry-after'])).toBeGreaterThan(0);
      const openAi = await v1(capped.token);
      expect(openAi).toMatchObject({ status: 429, body: { error: { code: 'rate_limit_exceeded' } } });
      expect(Number(openAi.headers['retry-after'])).toBeGreaterThan(0);
      expect(openAi.headers['x-should-retry']).not.toBe('false');
    }
    expect(upstream.calls).toHaveLength(2);
    letGo();
    expect((await Promise.all(first)).map(({ status }) => status)).toEqual([200, 200]);
    expect((await v1(capped.token)).status).toBe(200);
    await nobodyRuns();
  });

  it('A62 holds for the person, whichever of her tokens she uses, and for nobody else', async () => {
    const calls = [v1(capped.token), ...Array.from({ length: 4 }, () => v1(person.token))];
    await reached(5);
    expect((await v1(person.token)).status).toBe(429);
    expect((await v1(capped.token)).status).toBe(429);
    const others = v1('lab-admin-token-of-at-least-32-characters');
    await reached(6);
    letGo();
    expect((await Promise.all([...calls, others])).map(({ status }) => status)).toEqual(Array(6).fill(200));
    await nobodyRuns();
  });

  it('of 40 calls at once lets five reach the upstream', async () => {
    const answers = Promise.all(Array.from({ length: 40 }, () => v1(person.token)));
    await until(async () => upstream.calls.length === 5 && running(person.id) === 5);
    await sleep(100);
    expect(upstream.calls).toHaveLength(5);
    letGo();
    const statuses = (await answers).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(35);
    await nobodyRuns();
  });

  it('forgets a call however it ends: upstream error, broken stream, refused limit, a caller who leaves', async () => {
    // In between one that is well, so that the breaker stays closed.
    const well = async () => {
      upstream.answering = () => undefined;
      expect((await v1(capped.token)).status).toBe(200);
    };
    const failing = (status: number) => {
      upstream.answering = (_call, response) => {
        json(response, status, { error: { message: 'no' } });
        return true;
      };
    };
    for (const status of [400, 401, 429, 500]) {
      failing(status);
      expect((await v1(capped.token)).status).toBeGreaterThanOrEqual(400);
      expect((await lab.chat(capped.token, { stream: true })).status).toBeGreaterThanOrEqual(400);
      await well();
    }
    upstream.answering = (_call, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(chunk({ content: 'Hello' }));
      setTimeout(() => response.destroy(), 20);
      return true;
    };
    await lab.chat(capped.token, { stream: true });
    await nobodyRuns();
    await lab.ask('POST', '/v1/chat/completions', { ...V1_CHAT, stream: true }, capped.token).catch(() => undefined);
    await nobodyRuns();

    await well();
    await lab.must('PATCH', `/api/admin/ai-settings/lab?admin_id=${person.id}`, { monthly_limit: 0 });
    for (let call = 0; call < 4; call++) expect((await lab.chat(capped.token)).body['code']).toBe('limit_exceeded');
    await lab.must('PATCH', `/api/admin/ai-settings/lab?admin_id=${person.id}`, { monthly_limit: null });
    await nobodyRuns();

    const doors = [
      ['/v1/chat/completions', { ...V1_CHAT, stream: true }],
      ['/v1/chat/completions', V1_CHAT],
      ['/api/admin/ai/chat/send', { message: 'hello', stream: true }],
      ['/api/admin/ai/chat/send', { message: 'hello' }],
      ['/api/admin/ai/content/generate', { topic: 'bees', stream: true, provider: 'lab', model_id: 'priced' }],
    ] as const;
    for (const hasBegun of [true, false])
      for (const [path, body] of doors) {
        upstream.calls.length = 0;
        upstream.answering = (_call, response) => {
          if (hasBegun) {
            response.writeHead(200, { 'content-type': 'text/event-stream' });
            response.write(chunk({ content: 'Hello' }));
          }
          return true;
        };
        const leaving = new AbortController();
        const call = fetch(url + path, {
          method: 'POST',
          headers: { authorization: `Bearer ${capped.token}`, 'content-type': 'application/json' },
          body: JSON.stringify(body),
          signal: leaving.signal,
        })
          .then((answer) => answer.text())
          .catch(() => undefined);
        await reached(1);
        expect(running(capped.id)).toBe(1);
        leaving.abort();
        await call;
        await nobodyRuns();
      }
    upstream.answering = () => undefined;
    expect((await v1(capped.token)).status).toBe(200);
  }, 60_000);

  it('reserves what a call asks to be spent on thinking and on the best pictures, and nothing for a high max_tokens', async () => {
    upstream.answering = () => undefined;
    const budget = (usd: string | null) =>
      lab.must('PATCH', `/api/admin/ai-settings/lab?admin_id=${person.id}`, { monthly_budget_usd: usd });
    await budget('0.03');
    const asking = (fields: object) => lab.ask('POST', '/v1/chat/completions', { ...V1_CHAT, ...fields }, person.token);
    const dear = [{ reasoning_effort: 'max' }, { thinking: { type: 'enabled', budget_tokens: 30_000 } }];
    for (const fields of dear) {
      const refused = await asking(fields);
      expect([refused.status, refused.headers['x-should-retry'], refused.text]).toEqual([
        429,
        'false',
        expect.stringContaining('insufficient_quota') as unknown,
      ]);
    }
    expect(upstream.calls).toHaveLength(0);
    for (const fields of [{}, { max_tokens: 8_000 }, { ...dear[0], max_completion_tokens: 1_000 }])
      expect((await asking(fields)).status).toBe(200);
    await budget(null);
    await nobodyRuns();
  });

  it('gives a token that has a bound no way to make one without', async () => {
    const made = await lab.ask('POST', '/api/admin/tokens', { name: 'more' }, capped.token);
    expect(made).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    for (const bound of [0, -1, 1.5, '2', 1e9])
      expect(
        (await lab.ask('POST', '/api/admin/tokens', { name: 'x', max_concurrent: bound }, person.token)).status,
      ).toBe(400);
  });
});
