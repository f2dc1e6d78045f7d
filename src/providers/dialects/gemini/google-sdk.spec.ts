import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { callOver } from '../../../../test/support/recordings.js';
import { GeminiProvider } from '../../strategies/gemini.provider.js';
import { googleSdk } from './google-sdk.js';

const ANSWER = {
  candidates: [{ content: { parts: [{ text: 'Hello.' }] }, finishReason: 'STOP' }],
  usageMetadata: { promptTokenCount: 2, candidatesTokenCount: 1, totalTokenCount: 3 },
};

describe('the Google SDK bound to our fetch', () => {
  const original = globalThis.fetch;
  const globalFetch = jest.fn<typeof globalThis.fetch>(() => Promise.reject(new Error('the global fetch was called')));

  beforeEach(() => {
    globalThis.fetch = globalFetch;
  });
  afterEach(() => {
    globalThis.fetch = original;
    globalFetch.mockClear();
  });

  it('asks through the fetch of the call, plain and streamed, and never through the global one', async () => {
    const asked: string[] = [];
    const strategy = new GeminiProvider();
    const fetch: typeof globalThis.fetch = async (input) => {
      const { url } = new Request(input);
      asked.push(url);
      const isStream = url.includes('alt=sse');
      return new Response(isStream ? `data: ${JSON.stringify(ANSWER)}\r\n\r\n` : JSON.stringify(ANSWER));
    };
    const call = callOver(fetch, strategy, { baseUrl: 'https://generativelanguage.googleapis.com/v1beta' });
    const request = { model: 'gemini-2.5-flash', messages: [{ role: 'user' as const, content: 'Hi' }] };

    expect((await strategy.chat(call, request)).text).toBe('Hello.');
    const events = [];
    for await (const event of strategy.streamChat(call, request)) events.push(event.type);

    expect(events).toEqual(['text', 'finish']);
    expect(asked).toEqual([
      'https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:generateContent',
      'https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse',
    ]);
    expect(globalFetch).not.toHaveBeenCalled();
  });

  it('gives each call an instance of its own', async () => {
    const answerOf =
      (name: string): typeof globalThis.fetch =>
      () =>
        Promise.resolve(new Response(JSON.stringify({ candidates: [{ content: { parts: [{ text: name }] } }] })));
    const models = ['one', 'two'].map((name) =>
      new (googleSdk(answerOf(name)).GoogleGenerativeAI)('key').getGenerativeModel({ model: 'any' }),
    );

    const answers = await Promise.all(models.map((model) => model.generateContent('Hi')));

    expect(answers.map(({ response }) => response.text())).toEqual(['one', 'two']);
    expect(globalFetch).not.toHaveBeenCalled();
  });
});
