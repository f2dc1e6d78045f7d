import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ARTICLE, chunk, MODELS, type OpenAiUpstream, startOpenAiUpstream } from '../support/openai-upstream.js';
import { ADMIN_TOKEN, SwitchboardLab } from '../support/switchboard-lab.js';

const messages = [{ role: 'user', content: 'hello' }];
const CALLS: readonly (readonly [path: string, body: object, accept?: string])[] = [
  ['/v1/chat/completions', { model: 'chat', messages }],
  ['/v1/chat/completions', { model: 'chat', messages, stream: true }],
  ['/v1/messages', { model: 'chat', max_tokens: 9, messages }],
  ['/v1/messages', { model: 'chat', max_tokens: 9, messages, stream: true }],
  ['/v1/responses', { model: 'chat', input: 'hello' }],
  ['/v1/responses', { model: 'chat', input: 'hello', stream: true }],
  ['/v1/embeddings', { model: 'embedding', input: 'hello' }],
  ['/v1/images/generations', { model: 'image', prompt: 'a bee' }],
  ['/v1/audio/speech', { model: 'audio', voice: 'alloy', input: 'hello' }],
  ['/api/admin/ai/chat/send', { message: 'hello' }],
  ['/api/admin/ai/chat/send', { message: 'hello', stream: true }],
  ['/api/admin/ai/content/generate', { topic: 'bees' }],
  ['/api/admin/ai/content/generate', { topic: 'bees', stream: true }],
  ['/api/admin/ai/image/generate', { prompt: 'a bee' }],
  ['/api/admin/ai/audio/generate', { text: 'hello' }],
  ['/api/admin/ai/audio/generate', { text: 'hello' }, 'audio/*'],
];

describe('headers of an answer', () => {
  let upstream: OpenAiUpstream;
  let lab: SwitchboardLab;

  beforeAll(async () => {
    upstream = await startOpenAiUpstream();
    upstream.models = [...MODELS, { id: 'leaving', shutdown_date: '2031-03-01T00:00:00Z' }];
    upstream.answering = ({ body }, response) => {
      if (body['stream'] !== true || !JSON.stringify(body).includes('meta_description')) return false;
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(`${chunk({ content: ARTICLE })}${chunk({}, 'stop')}data: [DONE]\n\n`);
      return true;
    };
    lab = await SwitchboardLab.start({ upstream });
    const names = ['chat', 'content', 'image', 'audio', 'embedding'];
    await lab.plugIn(upstream, {
      capabilities: Object.fromEntries(
        names.map((name) => [name, { supported: true, has_dynamic_models: true, models: [] }]),
      ),
    });
    for (const capability of names) await select(capability, 'leaving');
  });
  afterAll(async () => {
    await lab.stop();
    await upstream.stop();
  });

  const select = (capability: string, modelId: string) =>
    lab.must('POST', '/api/admin/ai-models/select-model', {
      provider: 'lab',
      capability,
      model_id: modelId,
      force: true,
    });
  const post = (url: string, payload: object, accept = '*/*', token: string = ADMIN_TOKEN) =>
    lab.app.inject({ method: 'POST', url, headers: { authorization: `Bearer ${token}`, accept }, payload });
  const limitsIn = (headers: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('x-ratelimit-')));

  it.each(CALLS)('announce the end of the model that served: %s %j', async (...[path, body, accept]) => {
    const answer = await post(path, body, accept);
    expect([answer.statusCode, answer.headers['sunset']]).toEqual([200, 'Sat, 01 Mar 2031 00:00:00 GMT']);
    expect(answer.headers['deprecation']).toMatch(/^@\d{10}$/);
  });

  it('announce nothing for a model that stays, and tell of no limit where there is none', async () => {
    await select('chat', 'priced');
    for (const [path, body] of CALLS.slice(0, 6)) {
      const { statusCode, headers } = await post(path, body);
      expect([statusCode, headers['deprecation'], headers['sunset'], limitsIn(headers)]).toEqual([
        200,
        undefined,
        undefined,
        {},
      ]);
    }
  });

  it('count a caller’s limits down, plain and streamed, to the refusal', async () => {
    await select('chat', 'priced');
    const { id, token } = await lab.person('limited@example.com');
    await lab.must('PATCH', `/api/admin/ai-settings/lab?admin_id=${id}`, {
      monthly_limit: 3,
      monthly_budget_usd: '1',
    });
    const told = [];
    for (const isStream of [false, true, false, false]) {
      const body = { model: 'chat', stream: isStream, messages };
      const { statusCode, headers } = await post('/v1/chat/completions', body, '*/*', token);
      const limits = limitsIn(headers);
      expect(limits['x-ratelimit-reset-requests']).toMatch(/^(?:\d+h)?(?:\d+m)?\d+s$/);
      expect(limits['x-ratelimit-reset-usd']).toBe(limits['x-ratelimit-reset-requests']);
      expect([limits['x-ratelimit-limit-requests'], limits['x-ratelimit-limit-usd']]).toEqual(['3', '1']);
      told.push([
        statusCode,
        limits['x-ratelimit-remaining-requests'],
        Number(limits['x-ratelimit-remaining-usd']) < 1,
      ]);
    }
    expect(told).toEqual([
      [200, '2', true],
      [200, '1', true],
      [200, '0', true],
      [429, '0', true],
    ]);
    const refused = await post('/v1/messages', { model: 'chat', max_tokens: 9, messages }, '*/*', token);
    expect([refused.statusCode, refused.headers['x-ratelimit-remaining-requests']]).toEqual([429, '0']);
  });

  it('tell the tighter of two limits', async () => {
    const { id, token } = await lab.person('twice@example.com');
    await lab.must('PATCH', `/api/admin/ai-settings/lab?admin_id=${id}`, { monthly_limit: 100 });
    const made = await lab.must('POST', '/api/admin/tokens', { name: 'tight', monthly_limit: 5 }, token);
    const answer = await post('/v1/chat/completions', { model: 'chat', messages }, '*/*', String(made.body['token']));
    expect(limitsIn(answer.headers)).toMatchObject({
      'x-ratelimit-limit-requests': '5',
      'x-ratelimit-remaining-requests': '4',
    });
    expect(answer.headers['x-ratelimit-limit-usd']).toBeUndefined();
  });
});
