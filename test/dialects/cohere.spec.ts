import { describe, expect, it } from '@jest/globals';
import type { ChatRequest } from '../../src/providers/contract/index.js';
import { CohereProvider } from '../../src/providers/strategies/cohere.provider.js';
import { answering, answeringEvents, codeOf, everySplit } from '../support/canned-answers.js';
import { collectChat } from '../support/collect-chat.js';
import { callOver } from '../support/recordings.js';

const strategy = new CohereProvider();
const options = { slug: 'cohere', baseUrl: 'https://api.cohere.com' };
const request: ChatRequest = { model: 'command-a', messages: [{ role: 'user', content: 'Hi' }] };

const usage = {
  billed_units: { input_tokens: 8, output_tokens: 12 },
  tokens: { input_tokens: 503, output_tokens: 14, reasoning_tokens: 3 },
  cached_tokens: 480,
};
const call = (id: string, name: string, args: string) => ({
  id,
  type: 'function' as const,
  function: { name, arguments: args },
});
const answer = {
  id: 'x',
  message: {
    role: 'assistant',
    tool_plan: 'I will add. ',
    content: [
      { type: 'thinking', thinking: 'Zwei.' },
      { type: 'text', text: 'So' },
    ],
    tool_calls: [call('sum_1', 'sum', '{"a":"é"}'), call('now_2', 'now', '')],
  },
  finish_reason: 'TOOL_CALL',
  usage,
};

const content = (index: number, fields: object) => ({
  type: 'content-delta',
  index,
  delta: { message: { content: fields } },
});
const toolStart = (index: number, started: object) => ({
  type: 'tool-call-start',
  index,
  delta: { message: { tool_calls: started } },
});
const toolDelta = (index: number, args: string) => ({
  type: 'tool-call-delta',
  index,
  delta: { message: { tool_calls: { function: { arguments: args } } } },
});
const events: unknown[] = [
  { type: 'message-start', id: 'x', delta: { message: { role: 'assistant', content: [] } } },
  { type: 'tool-plan-delta', delta: { message: { tool_plan: 'I will ' } } },
  { type: 'tool-plan-delta', delta: { message: { tool_plan: 'add. ' } } },
  { type: 'content-start', index: 0, delta: { message: { content: { type: 'thinking', thinking: '' } } } },
  content(0, { thinking: 'Zwei.' }),
  { type: 'content-end', index: 0 },
  { type: 'content-start', index: 1, delta: { message: { content: { type: 'text', text: 'S' } } } },
  content(1, { text: 'o' }),
  { type: 'citation-start', index: 0, delta: { message: { citations: {} } } },
  toolStart(0, call('sum_1', 'sum', '')),
  toolDelta(0, '{"a":'),
  toolDelta(0, '"é"}'),
  { type: 'tool-call-end', index: 0 },
  toolStart(1, call('now_2', 'now', '')),
  { type: 'tool-call-end', index: 1 },
  { type: 'message-end', delta: { finish_reason: 'TOOL_CALL', usage } },
  '[DONE]',
];

const chat = (body: unknown, status = 200) =>
  strategy.chat(callOver(answering(body, status), strategy, options), request);
const stream = (sent: unknown[]) =>
  collectChat(strategy.streamChat(callOver(answeringEvents(sent), strategy, options), request));

describe('chat with Cohere', () => {
  it('takes plan and thinking as reasoning and bills what Cohere bills', async () => {
    expect(await chat(answer)).toEqual({
      text: 'So',
      reasoning: 'I will add. Zwei.',
      toolCalls: [call('sum_1', 'sum', '{"a":"é"}'), call('now_2', 'now', '{}')],
      finishReason: { unified: 'tool_calls', raw: 'TOOL_CALL' },
      usage: {
        promptTokens: 8,
        completionTokens: 12,
        totalTokens: 20,
        cachedTokens: null,
        reasoningTokens: 3,
        costUsd: null,
      },
    });
  });

  it('gives each finish reason its meaning, and takes failing for failure', async () => {
    const finishOf = async (reason: string) => (await chat({ ...answer, finish_reason: reason })).finishReason.unified;

    expect(await finishOf('COMPLETE')).toBe('stop');
    expect(await finishOf('STOP_SEQUENCE')).toBe('stop');
    expect(await finishOf('MAX_TOKENS')).toBe('length');
    expect(await codeOf(finishOf('ERROR'))).toBe('upstream_unavailable');
    expect(await codeOf(finishOf('TIMEOUT'))).toBe('upstream_timeout');
  });

  it('refuses to call nonsense an answer', async () => {
    for (const body of ['<html></html>', 'null', '[]', '{}', '', '{"message":', { id: 'x', message: 'no' }]) {
      expect(await codeOf(chat(body))).toBe('upstream_bad_response');
    }
  });

  it('knows a spent month, a bad token and a missing model', async () => {
    const minute = { message: 'You are limited to 20 API calls / minute.' };
    const month = { message: 'You are using a Trial key, which is limited to 1000 API calls / month.' };

    await expect(chat(month, 429)).rejects.toMatchObject({ code: 'upstream_rate_limited', retry: 'next-provider' });
    await expect(chat(minute, 429)).rejects.toMatchObject({ code: 'upstream_rate_limited', retry: 'same-key' });
    expect(await codeOf(chat({ message: 'invalid api token' }, 401))).toBe('upstream_auth_failed');
    expect(await codeOf(chat({ message: 'invalid token' }, 498))).toBe('upstream_auth_failed');
    expect(await codeOf(chat({ message: "model 'x' not found, make sure" }, 404))).toBe('model_unavailable');
  });
});

describe('a stream from Cohere', () => {
  it('says the same as the plain answer, wherever its bytes are cut', async () => {
    const plain = await chat(answer);
    expect(await stream(events)).toEqual(plain);
    for (const fetch of everySplit(events)) {
      const result = await collectChat(strategy.streamChat(callOver(fetch, strategy, options), request));
      expect(result).toEqual(plain);
    }
  });

  it('is complete without [DONE] and is no answer without message-end', async () => {
    const begun = events.slice(0, 3);
    const failed = { type: 'message-end', delta: { finish_reason: 'ERROR' } };

    expect((await stream(events.slice(0, -1))).finishReason.unified).toBe('tool_calls');
    expect(await codeOf(stream(events.slice(0, -2)))).toBe('upstream_bad_response');
    expect(await codeOf(stream([...begun, '[DONE]']))).toBe('upstream_bad_response');
    expect(await codeOf(stream([...begun, { id: 'x', message: 'internal error' }]))).toBe('upstream_bad_response');
    expect(await codeOf(stream([...begun, failed]))).toBe('upstream_unavailable');
  });
});

describe('what reaches Cohere', () => {
  const bodyOf = async (wanted: Partial<ChatRequest>): Promise<unknown> => {
    const sent: Request[] = [];
    const fetch = answering(answer, 200, (each) => sent.push(each));
    await strategy.chat(callOver(fetch, strategy, options), { ...request, ...wanted });
    return sent[0]?.json();
  };
  const tools = ['sum', 'now'].map((name) => ({
    type: 'function' as const,
    function: { name, strict: name === 'sum' },
  }));

  it('has its own names for sampling', async () => {
    const wanted = { temperature: 0.5, topP: 0.9, maxTokens: 5, stop: ['.'], seed: 3, parallelToolCalls: true };
    expect(await bodyOf({ ...wanted, reasoningEffort: 'none' })).toEqual({
      model: 'command-a',
      stream: false,
      messages: [{ role: 'user', content: 'Hi' }],
      temperature: 0.5,
      p: 0.9,
      max_tokens: 5,
      stop_sequences: ['.'],
      seed: 3,
      thinking: { type: 'disabled' },
    });
  });

  it('narrows the tools down to the one that is forced', async () => {
    const forced = { type: 'function' as const, function: { name: 'now' } };

    expect(await bodyOf({ tools, toolChoice: 'required' })).toMatchObject({
      tool_choice: 'REQUIRED',
      strict_tools: true,
    });
    expect(await bodyOf({ tools, toolChoice: 'none' })).toMatchObject({ tool_choice: 'NONE' });
    expect(await bodyOf({ tools, toolChoice: 'auto' })).not.toHaveProperty('tool_choice');
    expect(await bodyOf({ tools, toolChoice: forced })).toMatchObject({
      tool_choice: 'REQUIRED',
      tools: [{ type: 'function', function: { name: 'now', parameters: { type: 'object', properties: {} } } }],
    });
    expect(await codeOf(bodyOf({ tools: tools.slice(0, 1), toolChoice: forced }))).toBe('validation_failed');
  });

  it('has the schema bare and the conversation in its four roles', async () => {
    const schema = { $schema: 'x', type: 'object', properties: {} };
    const picture = { type: 'image_url' as const, image_url: { url: 'data:image/png;base64,AA' } };
    const body = await bodyOf({
      responseFormat: { type: 'json_schema', json_schema: { name: 'x', schema } },
      messages: [
        { role: 'developer', content: 'Be brief.' },
        { role: 'user', content: [picture] },
        { role: 'assistant', content: null, tool_calls: [{ ...call('a', 'sum', '{}'), extra_content: {} }] },
        { role: 'tool', tool_call_id: 'a', content: [{ type: 'text', text: '3' }] },
      ],
    });

    expect(body).toMatchObject({
      response_format: { type: 'json_object', json_schema: { type: 'object', properties: {} } },
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: [picture] },
        { role: 'assistant', tool_calls: [call('a', 'sum', '{}')] },
        { role: 'tool', tool_call_id: 'a', content: '3' },
      ],
    });
    expect(JSON.stringify(body)).not.toContain('extra_content');
    const sound = { type: 'input_audio' as const, input_audio: { data: 'AA', format: 'wav' } };
    expect(await codeOf(bodyOf({ messages: [{ role: 'user', content: [sound] }] }))).toBe('validation_failed');
  });

  it('walks all pages of the list and serves chat where an endpoint says so', async () => {
    const urls: string[] = [];
    const pages = [
      {
        models: [
          { name: 'command', endpoints: ['chat'], context_length: 128_000, features: null },
          { name: 'embed-image', endpoints: ['embed_image'], context_length: 0 },
          { endpoints: ['chat'] },
        ],
        next_page_token: 'two',
      },
      { models: [{ name: 'aya-vision', endpoints: ['generate', 'chat'], features: ['vision'] }] },
    ];
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const sent = new Request(input, init);
      urls.push(sent.url.replace(options.baseUrl, ''));
      return Response.json(pages[sent.url.includes('page_token') ? 1 : 0]);
    };
    const { models, skipped } = await strategy.listModels(callOver(fetch, strategy, options));
    await strategy.validateKey(callOver(fetch, strategy, options));

    expect(skipped).toBe(1);
    expect(models.map(({ id, capabilities, contextLength }) => [id, capabilities, contextLength])).toEqual([
      ['command', ['chat', 'content'], 128_000],
      ['embed-image', [], null],
      ['aya-vision', ['chat', 'content'], null],
    ]);
    expect(models.map(({ modalities }) => modalities?.input ?? null)).toEqual([null, null, ['text', 'image']]);
    expect(urls).toEqual([
      '/v1/models?page_size=1000',
      '/v1/models?page_size=1000&page_token=two',
      '/v1/models?page_size=1',
    ]);
  });
});
