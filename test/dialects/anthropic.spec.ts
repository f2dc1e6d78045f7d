import { describe, expect, it } from '@jest/globals';
import type { ChatRequest } from '../../src/providers/contract/index.js';
import { AnthropicProvider } from '../../src/providers/strategies/anthropic.provider.js';
import { collectChat } from '../support/collect-chat.js';
import { callOver } from '../support/recordings.js';
import { answering, answeringEvents, codeOf, everySplit } from '../support/canned-answers.js';

const strategy = new AnthropicProvider();
const options = { slug: 'anthropic', baseUrl: 'https://api.anthropic.com/v1' };
const request: ChatRequest = { model: 'claude-opus-5', messages: [{ role: 'user', content: 'Hi' }] };

const inputUsage = { input_tokens: 10, cache_creation_input_tokens: 3, cache_read_input_tokens: 40, output_tokens: 1 };
const thinking = { type: 'thinking', thinking: 'Zwei plus zwei.', signature: 'c2ln' };
const message = {
  type: 'message',
  content: [
    thinking,
    { type: 'text', text: 'It ' },
    { type: 'text', text: 'is' },
    { type: 'tool_use', id: 'toolu_1', name: 'sum', input: { a: 2, b: 'é' } },
    { type: 'tool_use', id: 'toolu_2', name: 'now', input: {} },
  ],
  stop_reason: 'tool_use',
  usage: { ...inputUsage, output_tokens: 25, output_tokens_details: { thinking_tokens: 8 } },
};

const delta = (index: number, fields: object) => ({ type: 'content_block_delta', index, delta: fields });
const start = (index: number, block: object) => ({ type: 'content_block_start', index, content_block: block });
const stop = (index: number) => ({ type: 'content_block_stop', index });
const opening = { type: 'message_start', message: { role: 'assistant', content: [], usage: inputUsage } };
const closing = {
  type: 'message_delta',
  delta: { stop_reason: 'tool_use' },
  usage: { output_tokens: 25, output_tokens_details: { thinking_tokens: 8 } },
};
const events: unknown[] = [
  opening,
  start(0, { type: 'thinking', thinking: '', signature: '' }),
  { type: 'ping' },
  delta(0, { type: 'thinking_delta', thinking: 'Zwei ' }),
  delta(0, { type: 'thinking_delta', thinking: 'plus zwei.' }),
  delta(0, { type: 'signature_delta', signature: 'c2ln' }),
  stop(0),
  start(1, { type: 'text', text: '' }),
  delta(1, { type: 'text_delta', text: 'It is' }),
  stop(1),
  start(2, { type: 'tool_use', id: 'toolu_1', name: 'sum', input: {} }),
  delta(2, { type: 'input_json_delta', partial_json: '' }),
  delta(2, { type: 'input_json_delta', partial_json: '{"a":2,"b"' }),
  delta(2, { type: 'input_json_delta', partial_json: ':"é"}' }),
  stop(2),
  start(3, { type: 'tool_use', id: 'toolu_2', name: 'now', input: {} }),
  stop(3),
  closing,
  { type: 'message_stop' },
];

const chat = (body: unknown, status = 200) =>
  strategy.chat(callOver(answering(body, status), strategy, options), request);
const stream = (sent: unknown[]) =>
  collectChat(strategy.streamChat(callOver(answeringEvents(sent), strategy, options), request));

describe('chat with Anthropic', () => {
  it('tells text, thinking and tools apart and counts cached tokens as prompt', async () => {
    expect(await chat(message)).toEqual({
      text: 'It is',
      reasoning: 'Zwei plus zwei.',
      toolCalls: [
        {
          id: 'toolu_1',
          type: 'function',
          function: { name: 'sum', arguments: '{"a":2,"b":"é"}' },
          extra_content: { anthropic: { thinking_blocks: [thinking] } },
        },
        { id: 'toolu_2', type: 'function', function: { name: 'now', arguments: '{}' } },
      ],
      finishReason: { unified: 'tool_calls', raw: 'tool_use' },
      usage: {
        promptTokens: 53,
        completionTokens: 25,
        totalTokens: 78,
        cachedTokens: 40,
        reasoningTokens: 8,
        costUsd: null,
      },
    });
  });

  it('gives each stop reason its meaning', async () => {
    const finishOf = async (reason: string) =>
      (await chat({ ...message, content: [], stop_reason: reason })).finishReason.unified;

    expect(await Promise.all(['end_turn', 'stop_sequence', 'pause_turn', 'brand_new'].map(finishOf))).toEqual(
      Array(4).fill('stop'),
    );
    expect(await finishOf('max_tokens')).toBe('length');
    expect(await finishOf('refusal')).toBe('content_filter');
  });

  it('refuses to call nonsense an answer', async () => {
    for (const body of ['<html></html>', 'null', '[]', '{}', '', '{"content":']) {
      expect(await codeOf(chat(body))).toBe('upstream_bad_response');
    }
    const inside = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } };
    expect(await codeOf(chat(inside))).toBe('upstream_unavailable');
  });

  it('knows overload, an empty purse and a missing model', async () => {
    const refusal = (type: string, text: string) => ({ type: 'error', error: { type, message: text } });
    const credit = 'Your credit balance is too low to access the API.';

    expect(await codeOf(chat(refusal('overloaded_error', 'Overloaded'), 529))).toBe('upstream_unavailable');
    expect(await codeOf(chat(refusal('billing_error', 'Pay.'), 402))).toBe('upstream_auth_failed');
    expect(await codeOf(chat(refusal('invalid_request_error', credit), 400))).toBe('upstream_auth_failed');
    expect(await codeOf(chat(refusal('invalid_request_error', 'max_tokens: too large'), 400))).toBe(
      'upstream_rejected',
    );
    expect(await codeOf(chat(refusal('not_found_error', 'model: x'), 404))).toBe('model_unavailable');
  });
});

describe('a stream from Anthropic', () => {
  it('says the same as the plain answer, wherever its bytes are cut', async () => {
    const plain = await chat(message);
    expect(await stream(events)).toEqual(plain);
    for (const fetch of everySplit(events)) {
      const result = await collectChat(strategy.streamChat(callOver(fetch, strategy, options), request));
      expect(result).toEqual(plain);
    }
  });

  it('is complete without message_stop and is no answer without a stop reason', async () => {
    expect((await stream(events.slice(0, -1))).finishReason.unified).toBe('tool_calls');
    expect(await codeOf(stream(events.slice(0, -2)))).toBe('upstream_bad_response');
    expect(await codeOf(stream([]))).toBe('upstream_bad_response');
    expect(await codeOf(stream([opening, 'no json']))).toBe('upstream_bad_response');
  });

  it('takes an error in its middle by the name of the error', async () => {
    const failing = (type: string) => codeOf(stream([opening, { type: 'error', error: { type, message: 'Sorry' } }]));

    expect(await failing('overloaded_error')).toBe('upstream_unavailable');
    expect(await failing('rate_limit_error')).toBe('upstream_rate_limited');
    expect(await failing('brand_new_error')).toBe('upstream_bad_response');
  });
});

describe('what reaches Anthropic', () => {
  it('carries key and version, and walks all pages of the list', async () => {
    const sent: Request[] = [];
    const pages = [
      { data: [{ type: 'model', id: 'a', display_name: 'A' }, { id: 7 }], has_more: true, last_id: 'a' },
      {
        data: [
          {
            type: 'model',
            id: 'b',
            max_input_tokens: 1000,
            max_tokens: 100,
            capabilities: { image_input: { supported: true }, pdf_input: { supported: false } },
          },
        ],
        has_more: false,
        last_id: 'b',
      },
    ];
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const request = new Request(input, init);
      sent.push(request);
      return Response.json(pages[request.url.includes('after_id') ? 1 : 0]);
    };
    const call = callOver(fetch, strategy, { ...options, apiKey: 'test-secret-key' });
    const { models, skipped } = await strategy.listModels(call);

    expect(
      models.map(({ id, name, contextLength, maxOutputTokens, modalities }) => [
        id,
        name,
        contextLength,
        maxOutputTokens,
        modalities,
      ]),
    ).toEqual([
      ['a', 'A', null, null, null],
      ['b', 'b', 1000, 100, { input: ['text', 'image'], output: ['text'] }],
    ]);
    expect(skipped).toBe(1);
    expect(await strategy.validateKey(call)).toEqual({ valid: true, reason: null });
    expect(sent.map(({ url }) => url.replace(options.baseUrl, ''))).toEqual([
      '/models?limit=1000',
      '/models?limit=1000&after_id=a',
      '/models?limit=1',
    ]);
    expect(sent.every(({ headers }) => headers.get('x-api-key') === 'test-secret-key')).toBe(true);
    expect(sent.every(({ headers }) => headers.get('anthropic-version') === '2023-06-01')).toBe(true);
  });

  it('judges a key only by what Anthropic says of the key', async () => {
    const check = (status: number) =>
      strategy.validateKey(callOver(answering({ error: { message: 'No' } }, status), strategy));

    expect((await check(401)).valid).toBe(false);
    expect(await codeOf(check(500))).toBe('upstream_unavailable');
  });
});

describe('arguments nested beyond writing', () => {
  it('are a bad answer and not an accident', async () => {
    const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
    const body = `{"content":[{"type":"tool_use","id":"a","name":"b","input":${deep}}],"stop_reason":"tool_use"}`;
    expect(await codeOf(chat(body))).toBe('upstream_bad_response');
  });
});
