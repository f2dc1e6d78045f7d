import { describe, expect, it } from '@jest/globals';
import type { ChatRequest } from '../../src/providers/contract/index.js';
import { GeminiProvider } from '../../src/providers/strategies/gemini.provider.js';
import { collectChat } from '../support/collect-chat.js';
import { callOver } from '../support/recordings.js';
import { answering, answeringEvents, codeOf, everySplit } from '../support/canned-answers.js';

const strategy = new GeminiProvider();
const options = { slug: 'gemini', baseUrl: 'https://generativelanguage.googleapis.com/v1beta' };
const request: ChatRequest = { model: 'gemini-2.5-flash', messages: [{ role: 'user', content: 'سلام' }] };

const usageMetadata = { promptTokenCount: 7, candidatesTokenCount: 5, thoughtsTokenCount: 4, totalTokenCount: 16 };
const candidate = (parts: unknown[], finishReason?: string) => ({
  candidates: [{ content: { role: 'model', parts }, ...(finishReason === undefined ? {} : { finishReason }) }],
  usageMetadata,
  responseId: 'answer-1',
});
const functionCall = { functionCall: { name: 'sum', args: { a: 1 } }, thoughtSignature: 'c2ln' };

const chat = (body: unknown, status = 200) =>
  strategy.chat(callOver(answering(body, status), strategy, options), request);
const stream = (chunks: unknown[], separator = '\r\n\r\n') =>
  strategy.streamChat(callOver(answeringEvents(chunks, separator), strategy, options), request);

describe('chat with Gemini', () => {
  it('keeps thoughts out of the text and bills them as completion', async () => {
    const parts = [
      { text: 'Greeting. ', thought: true },
      { text: 'Sa' },
      { text: 'lam' },
      { text: '', thoughtSignature: 'x' },
    ];
    const result = await chat(candidate(parts, 'STOP'));

    expect(result).toEqual({
      text: 'Salam',
      reasoning: 'Greeting. ',
      toolCalls: [],
      finishReason: { unified: 'stop', raw: 'STOP' },
      usage: {
        promptTokens: 7,
        completionTokens: 9,
        totalTokens: 16,
        cachedTokens: null,
        reasoningTokens: 4,
        costUsd: null,
      },
    });
  });

  it('makes the same id for the same tool call, streamed or not, and different ones for twins', async () => {
    const plain = await chat(candidate([functionCall, functionCall], 'STOP'));
    const streamed = await collectChat(stream([candidate([functionCall]), candidate([functionCall], 'STOP')]));

    expect(plain.finishReason.unified).toBe('tool_calls');
    expect(plain.toolCalls[0]).toMatchObject({
      function: { name: 'sum', arguments: '{"a":1}' },
      extra_content: { google: { thought_signature: 'c2ln' } },
    });
    expect(new Set(plain.toolCalls.map(({ id }) => id)).size).toBe(2);
    expect(streamed.toolCalls).toEqual(plain.toolCalls);
  });

  it('answers a safety block with no text and the reason', async () => {
    for (const reason of ['SAFETY', 'PROHIBITED_CONTENT', 'RECITATION', 'SPII', 'BLOCKLIST', 'LANGUAGE']) {
      const result = await chat({ candidates: [{ content: {}, finishReason: reason }], usageMetadata });
      expect(result).toMatchObject({ text: '', finishReason: { unified: 'content_filter', raw: reason } });
    }
    const blocked = { promptFeedback: { blockReason: 'OTHER' }, usageMetadata };
    expect(await chat(blocked)).toMatchObject({ text: '', finishReason: { unified: 'content_filter', raw: 'OTHER' } });
    expect(await collectChat(stream([blocked]))).toMatchObject({
      text: '',
      finishReason: { unified: 'content_filter' },
    });
  });

  it('takes running out of tokens without text, and reasons it never heard of, as they are', async () => {
    expect(await chat(candidate([], 'MAX_TOKENS'))).toMatchObject({ text: '', finishReason: { unified: 'length' } });
    expect(await chat(candidate([{ text: 'x' }], 'BRAND_NEW'))).toMatchObject({
      text: 'x',
      finishReason: { unified: 'stop', raw: 'BRAND_NEW' },
    });
  });

  it('refuses to call nonsense an answer', async () => {
    for (const body of [
      { usageMetadata },
      '<html></html>',
      'null',
      '[]',
      '{}',
      '',
      '{"candidates":[',
      '"text"',
      '{"candidates":[]}',
    ]) {
      expect(await codeOf(chat(body))).toBe('upstream_bad_response');
    }
    expect(await codeOf(chat({ error: { code: 503, message: 'overloaded', status: 'UNAVAILABLE' } }))).toBe(
      'upstream_unavailable',
    );
  });

  it('reads its own refusals', async () => {
    const details = [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID' }];
    const wait = [{ violations: [{ quotaId: 'RequestsPerDay-FreeTier' }] }, { retryDelay: '31.5s' }];
    const badKey = { error: { code: 400, message: 'API key not valid.', status: 'INVALID_ARGUMENT', details } };
    const busy = { error: { code: 429, message: 'Quota', status: 'RESOURCE_EXHAUSTED', details: wait } };

    expect(await codeOf(chat(badKey, 400))).toBe('upstream_auth_failed');
    await expect(chat(busy, 429)).rejects.toMatchObject({
      code: 'upstream_rate_limited',
      retryAfterSeconds: 32,
      retry: 'next-provider',
    });
    expect(
      await codeOf(collectChat(strategy.streamChat(callOver(answering(badKey, 400), strategy, options), request))),
    ).toBe('upstream_auth_failed');
  });
});

describe('a stream from Gemini', () => {
  const chunks = [
    candidate([{ text: 'Denken… ', thought: true }]),
    candidate([{ text: 'سلام \u2028 🌍' }]),
    candidate([functionCall]),
    { ...candidate([{ text: '' }], 'STOP'), usageMetadata: { ...usageMetadata, candidatesTokenCount: 6 } },
  ];

  it('is the same wherever its bytes are cut and whatever ends its lines', async () => {
    const whole = await collectChat(stream(chunks));
    expect(whole).toMatchObject({ text: 'سلام \u2028 🌍', reasoning: 'Denken… ', usage: { completionTokens: 10 } });
    expect(whole.toolCalls).toHaveLength(1);
    const withUsageOnly = await collectChat(stream([...chunks, { usageMetadata, responseId: 'answer-1' }, {}]));
    expect(withUsageOnly).toEqual({ ...whole, usage: { ...whole.usage, completionTokens: 9, totalTokens: 16 } });
    for (const separator of ['\n\n', '\r\r', '\r\n\r\n: comment\r\n\r\n']) {
      expect(await collectChat(stream(chunks, separator))).toEqual(whole);
    }
    for (const fetch of everySplit(chunks, '\r\n\r\n')) {
      const result = await collectChat(strategy.streamChat(callOver(fetch, strategy, options), request));
      expect(result).toEqual(whole);
    }
  });

  it('is no answer when it ends early, holds an error or is not JSON', async () => {
    expect(await codeOf(collectChat(stream(chunks.slice(0, 2))))).toBe('upstream_bad_response');
    expect(await codeOf(collectChat(stream([])))).toBe('upstream_bad_response');
    expect(await codeOf(collectChat(stream([chunks[0], 'no json'])))).toBe('upstream_bad_response');
    const failing = [chunks[0], { error: { code: 503, message: 'gone', status: 'UNAVAILABLE' } }];
    expect(await codeOf(collectChat(stream(failing)))).toBe('upstream_unavailable');
  });

  it('ends upstream when its reader leaves', async () => {
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode(`data: ${JSON.stringify(chunks[0])}\n\n`)),
      cancel: () => {
        cancelled = true;
      },
    });
    const call = callOver(() => Promise.resolve(new Response(body)), strategy, options);

    for await (const event of strategy.streamChat(call, request)) {
      expect(event.type).toBe('reasoning');
      break;
    }

    expect(cancelled).toBe(true);
  });
});

describe('pictures and speech from Gemini', () => {
  const inline = (mimeType: string) =>
    candidate([{ text: 'Here.' }, { inlineData: { mimeType, data: 'AAEC' } }], 'STOP');

  it('makes one call a picture and adds their usage up', async () => {
    const call = callOver(answering(inline('image/png')), strategy, options);
    const result = await strategy.image(call, { model: 'gemini-2.5-flash-image', prompt: 'a cat', count: 2 });

    expect(result.images).toEqual([{ bytes: Buffer.from([0, 1, 2]) }, { bytes: Buffer.from([0, 1, 2]) }]);
    expect(result.usage).toMatchObject({ promptTokens: 14, completionTokens: 18, totalTokens: 32 });
  });

  it('says why there is no picture', async () => {
    const without = (finishReason: string) =>
      codeOf(
        strategy.image(callOver(answering(candidate([{ text: 'No.' }], finishReason)), strategy, options), {
          model: 'gemini-2.5-flash-image',
          prompt: 'x',
          count: 1,
        }),
      );
    expect(await without('IMAGE_SAFETY')).toBe('upstream_rejected');
    expect(await without('NO_IMAGE')).toBe('upstream_bad_response');
  });

  it('wraps samples as WAV, or leaves them bare where that is asked', async () => {
    const speak = async (format?: 'pcm' | 'mp3', made = 'audio/L16;codec=pcm;rate=8000') => {
      const call = callOver(answering(inline(made)), strategy, options);
      const wanted = { model: 'tts', text: 'Hi', ...(format === undefined ? {} : { format }) };
      const { mime, audio } = await strategy.speech(call, wanted);
      const pieces: Uint8Array[] = [];
      for await (const piece of audio) pieces.push(piece);
      return { mime, bytes: Buffer.concat(pieces) };
    };

    expect((await speak('mp3')).mime).toBe('audio/wav');
    expect((await speak()).bytes.readUInt32LE(24)).toBe(8000);
    expect(await speak('mp3', 'audio/mpeg')).toEqual({ mime: 'audio/mpeg', bytes: Buffer.from([0, 1, 2]) });
    expect(await speak('pcm')).toEqual({ mime: 'audio/pcm', bytes: Buffer.from([0, 1, 2]) });
  });
});

describe('what reaches Gemini', () => {
  it('has the key in a header only and the model as one segment of the path', async () => {
    const seen: Request[] = [];
    const fetch = answering(candidate([{ text: 'x' }], 'STOP'), 200, (sent) => seen.push(sent));
    const call = callOver(fetch, strategy, { ...options, apiKey: 'test-secret-key' });
    for (const model of ['../../upload?x#y', 'models/gemini-2.5-flash', 'a%2fb'])
      await strategy.chat(call, { ...request, model });

    expect(seen.map(({ url }) => url.replace(options.baseUrl, ''))).toEqual([
      '/models/..%2F..%2Fupload%3Fx%23y:generateContent',
      '/models/gemini-2.5-flash:generateContent',
      '/models/a%252fb:generateContent',
    ]);
    expect(seen.every(({ headers }) => headers.get('x-goog-api-key') === 'test-secret-key')).toBe(true);
    expect(seen.some(({ url }) => url.includes('secret'))).toBe(false);
  });

  it('walks all pages of the list, skips what is no model and asks for little to check a key', async () => {
    const urls: string[] = [];
    const row = (name: unknown) => ({
      name,
      displayName: 'M',
      inputTokenLimit: 10,
      supportedGenerationMethods: ['generateContent'],
    });
    const pages = [{ models: [row('models/a'), row(7), null], nextPageToken: 'p/2' }, { models: [row('models/b')] }];
    const fetch: typeof globalThis.fetch = async (input) => {
      const url = input instanceof Request ? input.url : String(input);
      urls.push(url.replace(options.baseUrl, ''));
      return Response.json(pages[url.includes('pageToken') ? 1 : 0]);
    };
    const call = callOver(fetch, strategy, options);
    const { models, skipped } = await strategy.listModels(call);

    expect(models.map(({ id, contextLength, capabilities }) => [id, contextLength, capabilities])).toEqual([
      ['a', 10, ['chat', 'content']],
      ['b', 10, ['chat', 'content']],
    ]);
    expect(skipped).toBe(2);
    expect(await strategy.validateKey(call)).toEqual({ valid: true, reason: null });
    expect(urls).toEqual(['/models?pageSize=1000', '/models?pageSize=1000&pageToken=p%2F2', '/models?pageSize=1']);
  });
});
