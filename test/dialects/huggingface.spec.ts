import { describe, expect, it } from '@jest/globals';
import { HuggingFaceProvider } from '../../src/providers/strategies/huggingface.provider.js';
import { answering, codeOf } from '../support/canned-answers.js';
import { collectChat } from '../support/collect-chat.js';
import { callOver, replay } from '../support/recordings.js';

const strategy = new HuggingFaceProvider();
const options = {
  slug: 'huggingface',
  baseUrl: 'https://router.huggingface.co/v1',
  apiKey: 'test-secret-key',
  config: { catalogBaseUrl: 'https://huggingface.co/api' },
};
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const FLAC = Buffer.concat([Buffer.from('fLaC'), Buffer.alloc(3000, 7)]);

interface Sent {
  readonly url: string;
  readonly key: string | null;
  readonly accept: string | null;
  readonly body: unknown;
}

/** Answers by path and keeps what was asked. */
function hub(answers: Readonly<Record<string, () => Response>>): { fetch: typeof globalThis.fetch; sent: Sent[] } {
  const sent: Sent[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const { origin, pathname } = new URL(request.url);
    const text = await request.text();
    sent.push({
      url: request.url,
      key: request.headers.get('authorization'),
      accept: request.headers.get('accept'),
      body: text === '' ? null : JSON.parse(text),
    });
    return answers[`${origin}${pathname}`]?.() ?? new Response('{"error":"nothing here"}', { status: 404 });
  };
  return { fetch, sent };
}

describe('pictures and speech from Hugging Face', () => {
  const TASK = 'https://router.huggingface.co/hf-inference/models/black-forest-labs/FLUX.1-schnell';

  it('takes image bytes from the task endpoint, one call a picture', async () => {
    const { fetch, sent } = hub({ [TASK]: () => new Response(PNG, { headers: { 'content-type': 'image/png' } }) });
    const call = callOver(fetch, strategy, options);
    const model = 'black-forest-labs/FLUX.1-schnell:fastest';
    const { images } = await strategy.image(call, { model, prompt: 'a cat', width: 1024, height: 768, count: 2 });

    expect(images).toEqual([{ bytes: PNG }, { bytes: PNG }]);
    expect(sent).toHaveLength(2);
    expect(sent[0]).toEqual({
      url: TASK,
      key: 'Bearer test-secret-key',
      accept: '*/*',
      body: { inputs: 'a cat', parameters: { width: 1024, height: 768 } },
    });
  });

  it('takes JSON with base64 as well, and neither an error nor a page for a picture', async () => {
    const draw = (body: unknown, status = 200) =>
      strategy.image(callOver(answering(body, status), strategy, options), { model: 'a/b', prompt: 'x', count: 1 });

    expect((await draw({ data: [{ b64_json: PNG.toString('base64') }] })).images).toEqual([{ bytes: PNG }]);
    expect(await codeOf(draw('<html></html>'))).toBe('upstream_bad_response');
    expect(await codeOf(draw({ error: 'Model is overloaded' }, 503))).toBe('upstream_unavailable');
    expect(await codeOf(draw({ error: 'Something broke' }))).toBe('upstream_bad_response');
  });

  it('passes audio on as it comes and names it by its bytes', async () => {
    const fetch = replay({ status: 200, headers: { 'content-type': 'application/octet-stream' }, body: FLAC });
    const { mime, audio } = await strategy.speech(callOver(fetch, strategy, options), { model: 'a/tts', text: 'Hi' });
    const pieces: Uint8Array[] = [];
    for await (const piece of audio) pieces.push(piece);

    expect(mime).toBe('audio/flac');
    expect(pieces.length).toBeGreaterThan(1);
    expect(Buffer.concat(pieces).equals(FLAC)).toBe(true);
  });

  it('keeps a model id inside its two segments of the path', async () => {
    const { fetch, sent } = hub({});
    const draw = (model: string) =>
      codeOf(strategy.image(callOver(fetch, strategy, options), { model, prompt: 'x', count: 1 }));

    for (const model of ['../../v1/models', 'a/../b', './a', 'a//b', '', '/etc', 'a/..']) {
      expect(await draw(model)).toBe('validation_failed');
    }
    await draw('a%2f../b?c#d');
    expect(sent.map(({ url }) => url)).toEqual([
      'https://router.huggingface.co/hf-inference/models/a%252f../b%3Fc%23d',
    ]);
  });
});

describe('chat with Hugging Face', () => {
  it('is OpenAI-style at the router', async () => {
    const chunks = [
      { choices: [{ index: 0, delta: { content: '<think>Hm.</think>Sa' } }] },
      { choices: [{ index: 0, delta: { content: 'lam' }, finish_reason: 'stop' }] },
      { choices: [], usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 } },
    ];
    const { fetch, sent } = hub({
      'https://router.huggingface.co/v1/chat/completions': () =>
        new Response(chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('') + 'data: [DONE]\n\n'),
    });
    const request = { model: 'Qwen/Qwen3-4B:cheapest', messages: [{ role: 'user' as const, content: 'Hi' }] };
    const result = await collectChat(strategy.streamChat(callOver(fetch, strategy, options), request));

    expect(result).toMatchObject({ text: 'Salam', reasoning: 'Hm.', usage: { promptTokens: 3, completionTokens: 2 } });
    expect(sent[0]?.body).toMatchObject({ model: 'Qwen/Qwen3-4B:cheapest' });
  });
});

describe('the catalog of the Hub', () => {
  const LIST = 'https://huggingface.co/api/models';
  const chatTags = ['conversational'];
  const live = (provider: string, task: string) => ({ provider, task, status: 'live' });
  const page = (rows: unknown[], link?: string) => () =>
    Response.json(rows, link === undefined ? {} : { headers: { link } });

  it('follows the Link header and reads what each model is for', async () => {
    const rows = [
      { id: 'a/chat', pipeline_tag: 'text-generation', tags: chatTags },
      { id: 'a/base', pipeline_tag: 'text-generation', tags: ['transformers'] },
      { id: 'a/vision', pipeline_tag: 'image-text-to-text', tags: chatTags },
      { modelId: 'a/picture', pipeline_tag: 'text-to-image' },
      { id: 'a/voice', pipeline_tag: 'text-to-speech' },
      { id: 'a/vector', pipeline_tag: 'feature-extraction' },
      { id: 'a/ear', pipeline_tag: 'automatic-speech-recognition' },
      { pipeline_tag: 'text-generation' },
      null,
    ];
    const { fetch, sent } = hub({
      [LIST]: page(rows, `<${LIST}2?cursor=x>; rel="next"`),
      [`${LIST}2`]: page([{ id: 'b/c' }]),
    });
    const { models, skipped } = await strategy.listModels(callOver(fetch, strategy, options));

    expect(models.map(({ id, capabilities }) => [id, capabilities])).toEqual([
      ['a/chat', ['chat', 'content']],
      ['a/base', []],
      ['a/vision', ['chat', 'content']],
      ['a/picture', ['image']],
      ['a/voice', ['audio']],
      ['a/vector', ['embedding']],
      ['a/ear', []],
      ['b/c', ['chat', 'content']],
    ]);
    expect(skipped).toBe(2);
    expect(sent.map(({ url }) => url)).toEqual([
      `${LIST}?inference=warm&limit=1000&${['pipeline_tag', 'tags', 'likes', 'downloads', 'createdAt', 'inferenceProviderMapping'].map((field) => `expand%5B%5D=${field}`).join('&')}`,
      `${LIST}2?cursor=x`,
    ]);
  });

  it('offers pictures and speech only where the task endpoint serves them', async () => {
    const rows = [
      { id: 'a', pipeline_tag: 'text-to-image', inferenceProviderMapping: [live('hf-inference', 'text-to-image')] },
      { id: 'b', pipeline_tag: 'text-to-image', inferenceProviderMapping: [live('fal-ai', 'text-to-image')] },
      {
        id: 'c',
        pipeline_tag: 'text-generation',
        tags: chatTags,
        inferenceProviderMapping: [live('novita', 'conversational')],
      },
      { id: 'd', pipeline_tag: 'text-generation', tags: chatTags, inferenceProviderMapping: [] },
      {
        id: 'e',
        pipeline_tag: 'text-generation',
        tags: chatTags,
        inferenceProviderMapping: {
          groq: { status: 'error', task: 'conversational' },
          together: { status: 'live', task: 'conversational' },
        },
      },
    ];
    const { models } = await strategy.listModels(callOver(hub({ [LIST]: page(rows) }).fetch, strategy, options));

    expect(models.map(({ capabilities }) => capabilities[0] ?? null)).toEqual(['image', null, 'chat', null, 'chat']);
  });

  it('stops after some pages, at another host and at what is no list', async () => {
    const endless = hub({ [LIST]: page([{ id: 'a' }], `<${LIST}?again>; rel="next"`) });
    await strategy.listModels(callOver(endless.fetch, strategy, options));
    expect(endless.sent).toHaveLength(5);

    for (const foreign of ['https://huggingface.co.evil.test/api', 'http://169.254.169.254/', '//evil.test/x']) {
      const { fetch, sent } = hub({ [LIST]: page([{ id: 'a' }], `<${foreign}>; rel="next"`) });
      expect(await codeOf(strategy.listModels(callOver(fetch, strategy, options)))).toBe('upstream_bad_response');
      expect(sent).toHaveLength(1);
    }
    const notAList = hub({ [LIST]: () => Response.json({ error: 'Sorry' }) });
    expect(await codeOf(strategy.listModels(callOver(notAList.fetch, strategy, options)))).toBe(
      'upstream_bad_response',
    );
  });

  it('shows the key to the Hub of the vendor or the host of the API, and to nobody else', async () => {
    const check = async (baseUrl: string, catalogBaseUrl: string | null) => {
      const catalog = catalogBaseUrl ?? 'https://huggingface.co/api';
      const { fetch, sent } = hub({
        [`${catalog}/whoami-v2`]: () => Response.json({ name: 'me' }),
        [`${catalog}/models`]: page([]),
      });
      const call = callOver(fetch, strategy, { ...options, baseUrl, config: { catalogBaseUrl } });
      await strategy.listModels(call);
      const judged = await strategy.validateKey(call).catch((error: { code: string }) => error.code);
      return [judged, sent.map(({ key }) => key !== null)];
    };
    const valid = { valid: true, reason: null };

    expect(await check('https://router.huggingface.co/v1', null)).toEqual([valid, [true, true]]);
    expect(await check('https://upstream.test/v1', 'https://upstream.test/api')).toEqual([valid, [true, true]]);
    expect(await check('https://router.huggingface.co/v1', 'https://hub.evil.test')).toEqual([
      'operation_not_supported',
      [false],
    ]);
    expect(await check('https://upstream.test/v1', null)).toEqual(['operation_not_supported', [false]]);
  });

  it('says that a key is refused', async () => {
    const { fetch } = hub({
      'https://huggingface.co/api/whoami-v2': () =>
        Response.json({ error: 'Invalid username or password.' }, { status: 401 }),
    });
    expect((await strategy.validateKey(callOver(fetch, strategy, options))).valid).toBe(false);
  });
});
