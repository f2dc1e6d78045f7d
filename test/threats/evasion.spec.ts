import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { chunk, json, MODELS, type OpenAiUpstream, startOpenAiUpstream } from '../support/openai-upstream.js';
import { SwitchboardLab, until } from '../support/switchboard-lab.js';

const EACH = 10 * 0.000001 + 20 * 0.000002;

describe('ways around a budget', () => {
  let upstream: OpenAiUpstream;
  let lab: SwitchboardLab;
  let person: { id: string; token: string };
  let address: string;
  let number = 0;

  beforeAll(async () => {
    upstream = await startOpenAiUpstream();
    lab = await SwitchboardLab.start({ upstream });
    await lab.app.listen(0, '127.0.0.1');
    address = `http://127.0.0.1:${String((lab.app.getHttpServer().address() as AddressInfo).port)}`;
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
    upstream.answering = () => undefined;
    upstream.models = MODELS;
  });

  const setting = (fields: Record<string, unknown>) =>
    lab.must('PATCH', `/api/admin/ai-settings/lab?admin_id=${person.id}`, fields);
  const counters = () =>
    lab.rows(
      `select month::text, requests::int, cost_usd::float, reserved_requests::int, reserved_usd::float
         from $s.usage_counter where admin = ? order by month`,
      [person.id],
    );
  const ledger = () =>
    until(async () => {
      const rows = await lab.rows('select * from $s.generation where admin = ? order by id', [person.id]);
      return rows.length > 0 && rows;
    });

  it('A58 refuses nonsense sizes before room is taken, and never reserves what they claim', async () => {
    await setting({ monthly_budget_usd: '1' });
    const bodies: [path: string, body: Record<string, unknown>][] = [
      ...[1e9, -1, 0, 1.5, '10', null].map((max_tokens) => ['chat/send', { message: 'hi', max_tokens }] as never),
      ['chat/send', { message: 'hi', n: 128 }],
      ['chat/send', { message: 'hi', best_of: 5 }],
      ['image/generate', { prompt: 'a bee', n: 128 }],
      ['image/generate', { prompt: 'a bee', n: -1 }],
      ['audio/generate', { text: 'x'.repeat(60_000) }],
      ['content/generate', { topic: 'bees', word_count: 1e9 }],
    ];
    for (const [path, body] of bodies)
      expect([body, (await lab.ask('POST', `/api/admin/ai/${path}`, body, person.token)).status]).toEqual([body, 400]);
    expect(upstream.calls).toEqual([]);
    expect(await counters()).toEqual([]);
    expect((await lab.chat(person.token, { max_tokens: 1_000_000 })).status).toBe(200);
  });

  it('A61 does not take a free flag for a price', async () => {
    await setting({ monthly_budget_usd: '1' });
    const choice = { provider: 'lab', capability: 'chat', model_id: 'unpriced', is_free: true, scope: 'personal' };
    await lab.must('POST', '/api/admin/ai-models/select-model', choice, person.token);
    expect(await lab.chat(person.token)).toMatchObject({ status: 422, body: { code: 'price_unknown' } });
    expect(upstream.calls).toEqual([]);
  });

  it('A61 charges the price at the time of the call, whatever it becomes meanwhile', async () => {
    await setting({ monthly_budget_usd: '1' });
    let answer: () => void = () => undefined;
    upstream.answering = () => new Promise((resolve) => (answer = () => resolve(false)));
    const running = lab.chat(person.token);
    await until(async () => upstream.calls.length === 1);
    upstream.models = [
      { id: 'priced', name: 'Priced', pricing: { prompt: '0.0001', completion: '0.0002' } },
      MODELS[1] ?? {},
    ];
    await lab.must('POST', '/api/admin/ai-models/sync', { provider: 'lab' });
    answer();
    expect(Number((await running).body['cost_usd'])).toBeCloseTo(EACH, 9);
    upstream.answering = () => undefined;
    expect(Number((await lab.chat(person.token)).body['cost_usd'])).toBeCloseTo(EACH * 100, 9);
    upstream.models = MODELS;
    await lab.must('POST', '/api/admin/ai-models/sync', { provider: 'lab' });
  });

  it('A61 charges by its own count where the vendor tells no usage, or nonsense', async () => {
    await setting({ monthly_budget_usd: '1' });
    for (const usage of [undefined, null, {}, { prompt_tokens: -5, completion_tokens: 'many' }]) {
      upstream.answering = ({ body }, response) => {
        const message = { role: 'assistant', content: 'x'.repeat(400) };
        json(response, 200, { model: body['model'], choices: [{ index: 0, message, finish_reason: 'stop' }], usage });
        return true;
      };
      const { body } = await lab.chat(person.token);
      expect(Number(body['cost_usd'])).toBeGreaterThanOrEqual(100 * 0.000002);
    }
    expect((await counters())[0]).toMatchObject({ requests: 4, reserved_requests: 0, reserved_usd: 0 });
  });

  it('A61 charges cached and reasoning tokens once each, as part of what they are part of', async () => {
    await setting({ monthly_budget_usd: '1' });
    upstream.answering = ({ body }, response) => {
      const usage = {
        prompt_tokens: 100,
        completion_tokens: 50,
        total_tokens: 150,
        prompt_tokens_details: { cached_tokens: 80 },
        completion_tokens_details: { reasoning_tokens: 40 },
      };
      const message = { role: 'assistant', content: 'ok' };
      json(response, 200, { model: body['model'], choices: [{ index: 0, message, finish_reason: 'stop' }], usage });
      return true;
    };
    const { body } = await lab.chat(person.token);
    // The list has no price of its own for cached tokens: then they cost what others do, never nothing.
    const cost = 100 * 0.000001 + 50 * 0.000002;
    expect(Number(body['cost_usd'])).toBeCloseTo(cost, 9);
    expect(await ledger()).toMatchObject([
      { prompt_tokens: 100, completion_tokens: 50, cached_tokens: 80, reasoning_tokens: 40, usage_source: 'provider' },
    ]);
    expect(Number((await counters())[0]?.['cost_usd'])).toBeCloseTo(cost, 9);
  });

  it('A61 charges a stream that its caller leaves, once, for what had arrived', async () => {
    await setting({ monthly_limit: 5 });
    upstream.answering = async (_call, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (let piece = 0; piece < 200 && !response.destroyed; piece++) {
        response.write(chunk({ content: 'word ' }));
        await sleep(20);
      }
      return true;
    };
    const controller = new AbortController();
    const response = await fetch(`${address}/api/admin/ai/chat/send`, {
      method: 'POST',
      headers: { authorization: `Bearer ${person.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ message: 'hello', stream: true }),
      signal: controller.signal,
    });
    await response.body?.getReader().read();
    await sleep(200);
    controller.abort();
    const rows = await ledger();
    expect(rows).toMatchObject([{ status: 'aborted', usage_source: 'estimated' }]);
    const [row] = rows;
    expect(row?.['completion_tokens']).toBeGreaterThan(1);
    expect(row?.['completion_tokens']).toBeLessThan(200);
    const [counter] = await counters();
    expect(counter).toMatchObject({ requests: 1, reserved_requests: 0 });
    expect(counter?.['cost_usd']).toBeCloseTo(Number(row?.['cost_usd']), 9);
  });

  it('A61 charges a plain call that its caller leaves, at its estimate', async () => {
    await setting({ monthly_limit: 5 });
    upstream.answering = () => sleep(30_000, true, { ref: false });
    const controller = new AbortController();
    const left = fetch(`${address}/api/admin/ai/chat/send`, {
      method: 'POST',
      headers: { authorization: `Bearer ${person.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ message: 'hello' }),
      signal: controller.signal,
    }).catch(() => undefined);
    await until(async () => upstream.calls.length === 1);
    controller.abort();
    await left;
    expect(await ledger()).toMatchObject([{ status: 'aborted', usage_source: 'estimated' }]);
    const [counter] = await counters();
    expect(counter).toMatchObject({ requests: 1, reserved_requests: 0, reserved_usd: 0 });
    expect(counter?.['cost_usd']).toBeGreaterThan(0);
  });

  it('A61 F57 charges the month in which the call began, and the new month begins empty', async () => {
    await setting({ monthly_limit: 1 });
    let answer: () => void = () => undefined;
    upstream.answering = () => new Promise((resolve) => (answer = () => resolve(false)));
    const running = lab.chat(person.token);
    await until(async () => upstream.calls.length === 1);
    for (const table of ['usage_counter', 'usage_reservation'])
      await lab.rows(`update $s.${table} set month = (month - interval '1 month')::date where admin = ?`, [person.id]);
    answer();
    expect((await running).status).toBe(200);
    const [last] = await counters();
    expect(last).toMatchObject({ requests: 1, reserved_requests: 0 });
    upstream.answering = () => undefined;
    expect((await lab.chat(person.token)).status).toBe(200);
    expect((await lab.chat(person.token)).status).toBe(429);
    expect((await counters()).map(({ requests }) => requests)).toEqual([1, 1]);
  });

  it('A62 knows one person by one id only: no spelling of it opens a second account', async () => {
    await setting({ monthly_limit: 1 });
    expect((await lab.chat(person.token)).status).toBe(200);
    for (const fields of [
      { provider: 'lab' },
      { provider: 'lab', model_id: 'priced' },
      { provider: 'lab', model_id: 'unpriced' },
    ])
      expect((await lab.chat(person.token, fields)).status).toBe(429);
    for (const provider of ['LAB', ' lab', 'l\u0430b', 'lab\u200b'])
      expect((await lab.chat(person.token, { provider, model_id: 'priced' })).status).toBe(404);
    expect(upstream.calls).toHaveLength(1);
  });

  it('holds through /v1 as well, in OpenAI’s shape, with the word not to try again', async () => {
    await setting({ monthly_limit: 1 });
    const call = () =>
      lab.ask(
        'POST',
        '/v1/chat/completions',
        { model: 'chat', messages: [{ role: 'user', content: 'hello' }] },
        person.token,
      );
    const answers = await Promise.all(Array.from({ length: 10 }, call));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.body).toMatchObject({ error: { type: 'insufficient_quota' } });
    expect(refused?.headers['x-should-retry']).toBe('false');
    expect(upstream.calls).toHaveLength(1);
    expect((await counters())[0]).toMatchObject({ requests: 1, reserved_requests: 0 });
  });
});
