import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LLMock } from '@copilotkit/aimock';
import { OutboundHttp } from '../../src/core/outbound/index.js';
import type { ChatMessage, ChatRequest, ProviderCall, ProviderStrategy } from '../../src/providers/contract/index.js';
import { AnthropicProvider } from '../../src/providers/strategies/anthropic.provider.js';
import { CohereProvider } from '../../src/providers/strategies/cohere.provider.js';
import { GeminiProvider } from '../../src/providers/strategies/gemini.provider.js';
import { HuggingFaceProvider } from '../../src/providers/strategies/huggingface.provider.js';
import { codeOf } from '../support/canned-answers.js';
import { collectChat } from '../support/collect-chat.js';
import { callOver } from '../support/recordings.js';

type Talking = ProviderStrategy & Required<Pick<ProviderStrategy, 'chat' | 'streamChat'>>;

/** Each strategy with the path of its base URL on the emulator, which nobody here wrote. */
const STRATEGIES: readonly [string, Talking, string][] = [
  ['gemini', new GeminiProvider(), '/v1beta'],
  ['anthropic', new AnthropicProvider(), '/v1'],
  ['cohere', new CohereProvider(), ''],
  ['huggingface', new HuggingFaceProvider(), '/v1'],
];

const weather = {
  type: 'function' as const,
  function: { name: 'weather', parameters: { type: 'object', properties: {} } },
};
const user = (content: string): ChatMessage => ({ role: 'user', content });

describe('the dialects against an emulator, over our own outbound HTTP', () => {
  const emulator = new LLMock({ port: 0, latency: 0 });
  let outbound: OutboundHttp;

  beforeAll(async () => {
    emulator.onMessage('hello', { content: 'سلام, how are you today?' });
    emulator.on(
      { userMessage: 'Berlin', hasToolResult: false },
      { toolCalls: [{ name: 'weather', arguments: '{"city":"Berlin"}' }] },
    );
    emulator.on({ userMessage: 'Berlin', hasToolResult: true }, { content: 'It rains.' });
    emulator.onMessage('too fast', { error: { message: 'Slow down', type: 'rate_limit_error' }, status: 429 });
    emulator.onMessage('slowly', { content: 'word '.repeat(40) }, { latency: 30 });
    await emulator.start();
    outbound = new OutboundHttp({ allowPrivateUpstreams: [new URL(emulator.url).host] });
  });
  afterAll(async () => {
    await outbound.onApplicationShutdown();
    await emulator.stop();
  });

  const callOf = (strategy: Talking, path: string, signal = new AbortController().signal): ProviderCall => {
    const limits = { firstByteMs: 5000, idleMs: 5000, totalMs: 10_000, maxResponseBytes: 1_000_000, signal };
    return callOver(outbound.fetchFor(limits), strategy, { baseUrl: `${emulator.url}${path}`, signal });
  };

  describe.each(STRATEGIES)('%s', (_slug, strategy, path) => {
    const ask = (request: Partial<ChatRequest>): ChatRequest => ({ model: 'some-model', messages: [], ...request });

    it('gives the same text, plain and streamed, with usage', async () => {
      const request = ask({ messages: [{ role: 'system', content: 'Be kind.' }, user('hello')] });
      const plain = await strategy.chat(callOf(strategy, path), request);
      const streamed = await collectChat(strategy.streamChat(callOf(strategy, path), request));

      for (const { text, finishReason, usage } of [plain, streamed]) {
        expect([text, finishReason.unified]).toEqual(['سلام, how are you today?', 'stop']);
        expect(usage?.totalTokens).toBe((usage?.promptTokens ?? 0) + (usage?.completionTokens ?? 0));
      }
    });

    it('carries a tool round there and back', async () => {
      const messages = [user('What is the weather in Berlin?')];
      const request = ask({ messages, tools: [weather] });
      const plain = await strategy.chat(callOf(strategy, path), request);
      const streamed = await collectChat(strategy.streamChat(callOf(strategy, path), request));

      for (const { toolCalls, finishReason } of [plain, streamed]) {
        expect(finishReason.unified).toBe('tool_calls');
        expect(toolCalls.map(({ function: called }) => [called.name, JSON.parse(called.arguments) as unknown])).toEqual(
          [['weather', { city: 'Berlin' }]],
        );
        const done: ChatMessage[] = [
          ...messages,
          { role: 'assistant', content: null, tool_calls: toolCalls },
          { role: 'tool', tool_call_id: toolCalls[0]?.id ?? '', content: '{"sky":"rain"}' },
        ];
        const answer = await strategy.chat(callOf(strategy, path), ask({ messages: done, tools: [weather] }));
        expect(answer.text).toBe('It rains.');
      }
    });

    it('turns a refusal into our error, plain and streamed', async () => {
      const request = ask({ messages: [user('too fast')] });

      expect(await codeOf(strategy.chat(callOf(strategy, path), request))).toBe('upstream_rate_limited');
      expect(await codeOf(collectChat(strategy.streamChat(callOf(strategy, path), request)))).toBe(
        'upstream_rate_limited',
      );
    });

    it('ends with the caller in the middle of a stream', async () => {
      const controller = new AbortController();
      const call = callOf(strategy, path, controller.signal);
      let events = 0;
      const reading = async () => {
        for await (const { type } of strategy.streamChat(call, ask({ messages: [user('slowly')] }))) {
          events += type === 'text' ? 1 : 0;
          if (events === 2) controller.abort();
        }
      };

      await expect(reading()).rejects.toMatchObject({ name: 'AbortError' });
      expect(events).toBeLessThan(5);
    });
  });
});
