import { describe, expect, it } from '@jest/globals';
import { callOver, type CallOptions } from '../../../test/support/recordings.js';
import type { ChatMessage, ProviderStrategy } from '../contract/index.js';
import { capabilitiesOf } from '../contract/index.js';
import type { OpenAiDialect } from '../dialects/openai/index.js';
import { DeepSeekProvider } from './deepseek.provider.js';
import { GroqProvider } from './groq.provider.js';
import { OpenAiCompatibleProvider } from './openai-compatible.provider.js';
import { OpenAiProvider } from './openai.provider.js';
import { OpenRouterProvider } from './openrouter.provider.js';

const PNG = Buffer.from('89504e470d0a1a0a0000', 'hex');
const CHAT_ANSWER = { choices: [{ index: 0, message: { content: 'x' }, finish_reason: 'stop' }] };

type Answer = (request: Request, body: Record<string, unknown>) => Response | object;

/** A call whose requests are kept and answered by `answer`. */
function meeting(strategy: ProviderStrategy, answer: Answer, options: CallOptions = {}) {
  const bodies: Record<string, unknown>[] = [];
  const urls: string[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const text = await request.clone().text();
    const body = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
    bodies.push(body);
    urls.push(request.url);
    const answered = answer(request, body);
    return answered instanceof Response ? answered : new Response(JSON.stringify(answered));
  };
  return { call: callOver(fetch, strategy, options), bodies, urls };
}

const refusal = (status: number, body: object): Response => new Response(JSON.stringify(body), { status });
const audio = (): Response => new Response('RIFFxxxxWAVEfmt ', { headers: { 'content-type': 'audio/wav' } });

const HISTORY: readonly ChatMessage[] = [
  {
    role: 'developer',
    content: [
      { type: 'text', text: 'be' },
      { type: 'text', text: 'brief' },
    ],
  },
  {
    role: 'assistant',
    content: null,
    reasoning_content: 'hm',
    tool_calls: [{ id: '1', type: 'function', function: { name: 'f', arguments: '{}' }, extra_content: { s: 1 } }],
  },
];

async function sentMessages(strategy: OpenAiDialect): Promise<unknown> {
  const { call, bodies } = meeting(strategy, () => CHAT_ANSWER);
  await strategy.chat(call, { model: 'm', messages: HISTORY, maxTokens: 5 });
  return bodies[0]?.messages;
}

describe('the strategies on the OpenAI dialect', () => {
  it.each([
    [new OpenAiProvider(), ['chat', 'content', 'image', 'audio', 'embedding', 'transcription']],
    [new OpenRouterProvider(), ['chat', 'content', 'image', 'audio']],
    [new GroqProvider(), ['chat', 'content', 'audio']],
    [new DeepSeekProvider(), ['chat', 'content']],
    [new OpenAiCompatibleProvider(), ['chat', 'content', 'image', 'audio', 'embedding', 'transcription']],
  ])('%p can do what its vendor can', (strategy, capabilities) => {
    expect(capabilitiesOf(strategy)).toEqual(capabilities);
  });

  it('send back of a message what their vendor takes', async () => {
    const call = { id: '1', type: 'function', function: { name: 'f', arguments: '{}' } };
    expect(await sentMessages(new OpenAiProvider())).toEqual([
      HISTORY[0],
      { role: 'assistant', content: null, tool_calls: [call] },
    ]);
    expect(await sentMessages(new DeepSeekProvider())).toEqual([
      { role: 'system', content: 'be\nbrief' },
      { role: 'assistant', content: null, reasoning_content: 'hm', tool_calls: [call] },
    ]);
    expect(await sentMessages(new OpenAiCompatibleProvider())).toEqual([
      { role: 'system', content: HISTORY[0]?.content },
      { role: 'assistant', content: null, reasoning_content: 'hm', tool_calls: [{ ...call, extra_content: { s: 1 } }] },
    ]);
    expect(await sentMessages(new OpenRouterProvider())).toMatchObject([{}, { reasoning: 'hm' }]);
  });
});

describe('OpenAiProvider', () => {
  const strategy = new OpenAiProvider();

  it('names the token limit as reasoning models want it', async () => {
    const { call, bodies } = meeting(strategy, () => CHAT_ANSWER);
    await strategy.chat(call, { model: 'm', messages: [], maxTokens: 5 });
    expect(bodies).toEqual([{ model: 'm', messages: [], max_completion_tokens: 5 }]);
  });

  it.each([
    ['gpt-image-1', 1200, 630, '1536x1024'],
    ['gpt-image-1.5', 600, 1000, '1024x1536'],
    ['gpt-image-2', 1200, 630, '1216x640'],
  ])('asks %s for the size nearest to %ix%i', async (model, width, height, size) => {
    const { call, bodies } = meeting(strategy, () => ({ data: [{ b64_json: PNG.toString('base64') }] }));
    await strategy.image(call, { model, prompt: 'p', count: 1, width, height });
    expect(bodies[0]).toMatchObject({ size });
  });

  it('speaks with a voice when none is named', async () => {
    const { call, bodies } = meeting(strategy, audio);
    await strategy.speech(call, { model: 'm', text: 't' });
    await strategy.speech(call, { model: 'm', text: 't', voice: 'sage', speed: 2, format: 'opus' });
    expect(bodies).toEqual([
      { model: 'm', input: 't', voice: 'alloy' },
      { model: 'm', input: 't', voice: 'sage', speed: 2, response_format: 'opus' },
    ]);
  });
});

describe('OpenRouterProvider', () => {
  const strategy = new OpenRouterProvider();
  const row = (id: string, more: object = {}): object => ({
    id,
    architecture: { output_modalities: ['text'] },
    ...more,
  });

  it('lists every modality over all pages, and counts what it cannot read', async () => {
    const { call, urls } = meeting(strategy, ({ url }) =>
      url.includes('offset=1')
        ? { data: [row('b'), null, { id: 7 }, { name: 'no id' }] }
        : { data: [row('a')], links: { next: '/api/v1/models?output_modalities=all&offset=1' } },
    );
    const { models, skipped } = await strategy.listModels({ ...call, baseUrl: 'https://openrouter.ai/api/v1' });
    expect(urls[0]).toBe('https://openrouter.ai/api/v1/models?output_modalities=all');
    expect([models.map(({ id }) => id), skipped]).toEqual([['a', 'b'], 3]);
  });

  it.each([
    [
      { prompt: '0.00000045', completion: '0.0000032', input_cache_read: '0.00000005' },
      { input: '0.45', output: '3.2', cachedInput: '0.05' },
      false,
    ],
    [{ prompt: '-1', completion: '-1' }, null, false],
    [{ prompt: '0', completion: '0' }, { input: '0', output: '0' }, true],
    [{ prompt: '0', completion: '0', request: '0.01' }, { input: '0', output: '0' }, false],
    [{ prompt: 'free', completion: null }, null, false],
    [undefined, null, false],
  ])('reads prices %j', async (pricing, expected, isFree) => {
    const { call } = meeting(strategy, () => ({ data: [row('a', { pricing })] }));
    const [model] = (await strategy.listModels(call)).models;
    if (expected === null) expect(model?.pricing).toBeNull();
    else expect(model?.pricing).toMatchObject({ ...expected, source: 'provider' });
    expect(model?.isFree).toBe(isFree);
  });

  it('tells capabilities by what a model puts out', async () => {
    const outputs = [['text'], ['image'], ['image', 'text'], ['speech'], ['embeddings']];
    const data = outputs.map((each, index) =>
      row(`m${index}`, { architecture: { input_modalities: ['text'], output_modalities: each } }),
    );
    const { call } = meeting(strategy, () => ({ data }));
    expect((await strategy.listModels(call)).models.map(({ capabilities }) => capabilities)).toEqual([
      ['chat', 'content'],
      ['image'],
      ['chat', 'content', 'image'],
      ['audio'],
      [],
    ]);
  });

  it('judges a key where the vendor looks at it', async () => {
    const good = meeting(strategy, () => ({ data: { label: 'k' } }));
    expect(await strategy.validateKey(good.call)).toEqual({ valid: true, reason: null });
    expect(good.urls).toEqual(['https://upstream.test/v1/key']);
    const bad = meeting(strategy, () =>
      refusal(401, { error: { message: 'Missing Authentication header', code: 401 } }),
    );
    expect(await strategy.validateKey(bad.call)).toMatchObject({
      valid: false,
      reason: expect.stringContaining('Missing') as unknown,
    });
    const down = meeting(strategy, () => refusal(503, {}));
    await expect(strategy.validateKey(down.call)).rejects.toMatchObject({ code: 'upstream_unavailable' });
  });

  it('paints through chat, once for each picture, and asks painters for nothing else', async () => {
    const url = `data:image/png;base64,${PNG.toString('base64')}`;
    const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3, cost: 0.1 };
    const { call, bodies } = meeting(strategy, (_request, { modalities }) =>
      (modalities as string[]).length > 1
        ? refusal(404, {
            error: {
              message: 'No endpoints found that support the requested output modalities: image, text',
              code: 404,
            },
          })
        : { choices: [{ message: { content: '', images: [{ type: 'image_url', image_url: { url } }] } }], usage },
    );
    const result = await strategy.image(call, { model: 'm', prompt: 'p', count: 2, width: 1200, height: 630 });
    expect(result.images.map(({ bytes }) => bytes.equals(PNG))).toEqual([true, true]);
    expect(result.usage).toMatchObject({ totalTokens: 6, costUsd: '0.2' });
    expect(bodies.at(-1)).toEqual({
      model: 'm',
      messages: [{ role: 'user', content: 'p' }],
      modalities: ['image'],
      image_config: { aspect_ratio: '16:9' },
    });
  });

  it('asks for a format that it makes', async () => {
    const { call, bodies } = meeting(strategy, audio);
    await strategy.speech(call, { model: 'm', text: 't', format: 'flac' });
    expect(bodies[0]).toMatchObject({ response_format: 'mp3' });
  });

  it('repeats what the vendor behind it said', async () => {
    const raw = JSON.stringify({ error: { message: 'maximum context length is 9' } });
    const { call } = meeting(strategy, () =>
      refusal(400, { error: { message: 'Provider returned error', code: 400, metadata: { raw } } }),
    );
    await expect(strategy.chat(call, { model: 'm', messages: [] })).rejects.toMatchObject({
      code: 'upstream_rejected',
      message: expect.stringContaining('maximum context length is 9') as unknown,
    });
  });

  it('tells a blocked prompt from a refused key', async () => {
    const blocked = {
      error: { message: 'flagged', code: 403, metadata: { reasons: ['violence'], flagged_input: 'x' } },
    };
    const { call } = meeting(strategy, () => refusal(403, blocked));
    await expect(strategy.chat(call, { model: 'm', messages: [] })).rejects.toMatchObject({
      code: 'upstream_rejected',
    });
  });
});

describe('GroqProvider', () => {
  const strategy = new GroqProvider();

  it('speaks WAV, with a voice of the model', async () => {
    const { call, bodies } = meeting(strategy, audio);
    const { mime } = await strategy.speech(call, { model: 'canopylabs/orpheus-v1-english', text: 't', format: 'mp3' });
    await strategy.speech(call, { model: 'canopylabs/orpheus-arabic-saudi', text: 't' });
    expect(mime).toBe('audio/wav');
    expect(bodies.map(({ voice, response_format: format }) => [voice, format])).toEqual([
      ['hannah', 'wav'],
      ['noura', 'wav'],
    ]);
  });

  it('leaves out what is switched off, and prices speech by the character', async () => {
    const { call } = meeting(strategy, () => ({
      data: [
        { id: 'off', active: false },
        {
          id: 'voice',
          active: true,
          output_modalities: ['speech'],
          pricing: { prompt: '0.00004' },
          context_window: 4000,
        },
      ],
    }));
    const { models, skipped } = await strategy.listModels(call);
    expect(skipped).toBe(0);
    expect(models).toMatchObject([{ id: 'voice', contextLength: 4000, pricing: { input: null, characters: '40' } }]);
  });

  it('lets a generation that broke its own format be tried again', async () => {
    const { call } = meeting(strategy, () => refusal(400, { error: { message: 'no call', code: 'tool_use_failed' } }));
    await expect(strategy.chat(call, { model: 'm', messages: [] })).rejects.toMatchObject({
      code: 'upstream_rejected',
      retry: 'same-key',
    });
  });
});

describe('OpenAiCompatibleProvider', () => {
  const strategy = new OpenAiCompatibleProvider();

  it('reads a list by the shape its row declares', async () => {
    const wire = {
      modelsPath: '/v2/list',
      modelsField: 'items',
      modelIdField: 'slug',
      priceUnit: 'usd_per_million_tokens',
    } as const;
    const { call, urls } = meeting(strategy, () => ({ items: [{ slug: 'a', pricing: { input: 0.2, output: '1' } }] }), {
      wire,
    });
    const { models } = await strategy.listModels(call);
    expect(urls).toEqual(['https://upstream.test/v1/v2/list']);
    expect(models).toMatchObject([{ id: 'a', name: 'a', pricing: { input: '0.2', output: '1' } }]);
    const bare = meeting(strategy, () => [{ id: 'b' }], { wire: { modelsField: '' } });
    expect((await strategy.listModels(bare.call)).models.map(({ id }) => id)).toEqual(['b']);
  });

  it('takes no key to a catalog on another host', async () => {
    const seen: (string | null)[] = [];
    const answer: Answer = ({ headers }) => {
      seen.push(headers.get('authorization'));
      return { data: [] };
    };
    for (const catalogBaseUrl of ['https://elsewhere.test/v1', 'https://upstream.test/catalog'])
      await strategy.listModels(meeting(strategy, answer, { config: { catalogBaseUrl } }).call);
    expect(seen).toEqual([null, 'Bearer test-credential']);
  });

  it.each(['<html></html>', '{"error":{"message":"x"}}', '{"data":null}', '{}', ''])(
    'F43: takes %j for no list',
    async (body) => {
      const { call } = meeting(strategy, () => new Response(body));
      await expect(strategy.listModels(call)).rejects.toMatchObject({ code: 'upstream_bad_response' });
    },
  );
});
