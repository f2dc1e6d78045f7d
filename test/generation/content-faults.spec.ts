import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { WireAnswer } from '../../src/testing/index.js';
import { EVENT_STREAM, json, sse } from '../contract/fixtures/fixture.js';
import { FIXTURES } from '../contract/fixtures/index.js';
import { openAiStream } from '../contract/fixtures/openai-style.js';
import { eventsIn, textIn } from './event-list.js';
import { FixtureUpstream } from './fixture-upstream.js';
import { type Answered, GenerationApp } from './generation-app.js';

const upstream = await FixtureUpstream.listen();
let app: GenerationApp;

beforeAll(async () => {
  app = await GenerationApp.start([upstream.host]);
  for (const slug of ['openrouter', 'deepseek', 'anthropic', 'groq'])
    await app.connect(slug, `http://${upstream.host}/v1`, { content: 'someone/writer' });
});
afterAll(async () => {
  await app.stop();
  await upstream.stop();
});

const article = (content = 'Steep it for three minutes.') =>
  JSON.stringify({
    title: 'Tea',
    meta_title: 'Tea',
    meta_description: 'All about tea.',
    slug: 'tea',
    keywords: ['tea'],
    content,
  });

/** OpenRouter tells what each call cost. */
const said = (text: string, cost?: number, finish = 'stop'): WireAnswer =>
  json({
    choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: finish }],
    usage: { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120, ...(cost === undefined ? {} : { cost }) },
  });
const refused = (message: string) => json({ error: { code: 400, message } }, 400);

const write = (body: Record<string, unknown> = {}) =>
  app.post('/api/admin/ai/content/generate', { provider: 'openrouter', topic: 'Tea', ...body });
async function rowOf(answer: Answered): Promise<Record<string, unknown>> {
  const rows = await app.ledger(String(answer.headers['x-request-id'] ?? answer.json['request_id']));
  expect(rows).toHaveLength(1);
  return rows[0] ?? {};
}
const formats = () =>
  upstream.arrived.map(({ body }) => (body['response_format'] as { type: string } | undefined)?.type);

describe('a model that has no article at first', () => {
  it('is asked to correct it once, and both calls are one row with the sum of both', async () => {
    upstream.answer(said('Here is your article: tea is nice.', 0.0001), said(article(), 0.0002));
    const answer = await write();
    expect(answer.json).toMatchObject({
      title: 'Tea',
      cost_usd: '0.0003',
      usage: { prompt_tokens: 200, completion_tokens: 40, total_tokens: 240 },
    });
    expect(upstream.arrived).toHaveLength(2);
    const messages = upstream.arrived[1]?.body['messages'] as { role: string; content: string }[];
    expect(messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user']);
    expect(messages[3]?.content).toContain('no JSON object');
    expect(await rowOf(answer)).toMatchObject({
      status: 'ok',
      cost_usd: '0.0003',
      price_source: 'provider',
      usage_source: 'provider',
      usage: { total_tokens: 240 },
    });
  });

  it('gets no third chance, and what it used is in the row', async () => {
    upstream.answer(said('No.', 0.0001));
    const answer = await write();
    expect([answer.status, answer.json['code']]).toEqual([502, 'upstream_bad_response']);
    expect(answer.json['detail']).toContain('even when asked to correct it');
    expect(upstream.arrived).toHaveLength(2);
    expect(await rowOf(answer)).toMatchObject({
      status: 'error',
      error_code: 'upstream_bad_response',
      cost_usd: '0.0002',
      usage: { total_tokens: 240 },
    });
  });

  it('is told that it broke off, and its first call is paid even when the second fails', async () => {
    upstream.answer(
      said(article().slice(0, 60), 0.0001, 'length'),
      json({ error: { code: 500, message: 'Oops' } }, 500),
    );
    const answer = await write();
    expect(answer.json['code']).toBe('upstream_unavailable');
    const messages = upstream.arrived[1]?.body['messages'] as { content: string }[];
    expect(messages.at(-1)?.content).toContain('ends before its closing brace');
    expect(await rowOf(answer)).toMatchObject({ status: 'error', cost_usd: '0.0001', usage: { total_tokens: 120 } });
  });

  it('is not asked again after its filter withheld the article', async () => {
    upstream.answer(said('', undefined, 'content_filter'));
    const answer = await write();
    expect([answer.status, answer.json['code']]).toEqual([400, 'upstream_rejected']);
    expect(upstream.arrived).toHaveLength(1);
  });
});

describe('a model that refuses the means', () => {
  it('is asked by the next weaker ones', async () => {
    upstream.answer(
      refused('response_format json_schema is not supported by this model'),
      refused("'response_format.type' json_object is not supported"),
      refused('This model does not support tool_choice'),
      said(`Sure!\n\`\`\`json\n${article()}\n\`\`\``),
    );
    const answer = await write();
    expect(answer.json['title']).toBe('Tea');
    expect(formats()).toEqual(['json_schema', 'json_object', undefined, undefined]);
    expect(upstream.arrived.map(({ body }) => body['tool_choice'] !== undefined)).toEqual([false, false, true, false]);
    expect(await rowOf(answer)).toMatchObject({ status: 'ok', usage: { total_tokens: 120 } });
  });

  it('is repaired by the means that it took', async () => {
    upstream.answer(refused('json_schema unsupported'), said('No.'), said(article()));
    await write();
    expect(formats()).toEqual(['json_schema', 'json_object', 'json_object']);
  });

  it('is not asked again when the refusal is about something else', async () => {
    upstream.answer(refused('The prompt is too long'));
    expect((await write()).json).toMatchObject({ status: 400, code: 'upstream_rejected' });
    expect(upstream.arrived).toHaveLength(1);
  });

  it('is asked first by the best means that its vendor has', async () => {
    upstream.answer(said(article()));
    await write({ provider: 'deepseek' });
    expect(formats()).toEqual(['json_object']);
    upstream.answer(FIXTURES['anthropic']!.say.chat!(article()));
    await write({ provider: 'anthropic' });
    expect(upstream.arrived[0]?.body['output_config']).toMatchObject({ format: { type: 'json_schema' } });
  });

  it('is asked first by the means that its row names', async () => {
    const patch = (value: string | null) =>
      app.ask('PATCH', '/api/admin/ai-providers/groq', { config: { wire: { structured_output: value } } });
    expect((await patch('tool')).status).toBe(200);
    const call = { id: 'c', type: 'function', function: { name: 'write_article', arguments: article('Called.') } };
    upstream.answer(
      json({
        choices: [
          { index: 0, message: { role: 'assistant', content: null, tool_calls: [call] }, finish_reason: 'tool_calls' },
        ],
      }),
    );
    expect((await write({ provider: 'groq' })).json['content']).toBe('Called.');
    expect(upstream.arrived[0]?.body).toHaveProperty('tool_choice.function.name', 'write_article');
    expect((await patch('dance')).json['code']).toBe('validation_failed');
  });
});

describe('an article that is not what was asked for', () => {
  it('says so in warnings', async () => {
    upstream.answer(said(article('One two three.')));
    const { json: answer } = await write({ word_count: 300, keywords: ['tea', 'kettle'] });
    expect(answer['word_count']).toBe(3);
    expect(answer['warnings']).toEqual([
      { code: 'word_count_missed', message: 'The article has 3 words; 300 were asked for.' },
      { code: 'keywords_missing', message: 'The article does not use: kettle.' },
    ]);
  });

  it('has its title and description cut to their lengths', async () => {
    const long = JSON.stringify({
      ...(JSON.parse(article()) as object),
      title: 'tea '.repeat(40),
      meta_description: 'word '.repeat(80),
    });
    upstream.answer(said(long));
    const { json: answer } = await write();
    expect(String(answer['title']).length).toBeLessThanOrEqual(60);
    expect(String(answer['meta_description']).length).toBeLessThanOrEqual(160);
  });
});

describe('an article that is streamed', () => {
  it('is repaired behind what was shown', async () => {
    upstream.answer(openAiStream('{"content":"First try"'), openAiStream(article('Second try.')));
    const answer = await write({ stream: true });
    const events = eventsIn(answer.bytes);
    expect(textIn(events)).toBe('First try');
    expect(events.at(-1)).toMatchObject({
      event: 'done',
      data: { content: 'Second try.', usage: { total_tokens: 26 } },
    });
    expect(await rowOf(answer)).toMatchObject({ status: 'ok', stream: true, usage: { total_tokens: 26 } });
  });

  it('is a plain problem when nothing came, and an error event when it broke off', async () => {
    upstream.answer(json({ error: { code: 401, message: 'No' } }, 401));
    const refusal = await write({ stream: true });
    expect([refusal.status, refusal.json['code']]).toEqual([502, 'upstream_auth_failed']);

    const delta = (content: string) => ({ choices: [{ index: 0, delta: { content }, finish_reason: null }] });
    upstream.answer({ headers: EVENT_STREAM, body: sse([delta('{"content":"Tea'), delta(' is')]) });
    const broken = await write({ stream: true });
    const events = eventsIn(broken.bytes);
    expect(events.map(({ event }) => event)).toEqual(['delta', 'delta', 'error']);
    expect(events.at(-1)?.data).toMatchObject({ status: 502, code: 'upstream_bad_response' });
    expect(await rowOf(broken)).toMatchObject({ status: 'error', usage_source: 'estimated' });
  });
});
