import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LLMock } from '@copilotkit/aimock';
import { createOpenAICompatible, type OpenAICompatibleProvider } from '@ai-sdk/openai-compatible';
import { APICallError, generateText, jsonSchema, stepCountIs, streamText, tool } from 'ai';
import { ADMIN_TOKEN, type GatewayApp } from '../support/gateway-app.js';
import { MODELS, startWithVendors, TEXT } from '../support/vendor-mock.js';

const weather = tool({
  description: 'The weather of a city',
  inputSchema: jsonSchema<{ city: string }>({ type: 'object', properties: { city: { type: 'string' } } }),
  execute: async ({ city }) => ({ city, sky: 'rain' }),
});

describe('the AI SDK as a client of /v1', () => {
  let vendors: LLMock;
  let gateway: GatewayApp;
  let provider: OpenAICompatibleProvider;
  beforeAll(async () => {
    ({ vendors, gateway } = await startWithVendors());
    provider = createOpenAICompatible({
      name: 'switchboard',
      baseURL: `${gateway.url}/v1`,
      apiKey: ADMIN_TOKEN,
      includeUsage: true,
    });
  });
  afterAll(async () => {
    await gateway.close();
    await vendors.stop();
  });

  describe.each([...MODELS, 'chat'])('with %s', (id) => {
    it('generates and streams text with usage', async () => {
      const plain = await generateText({ model: provider(id), prompt: 'hello' });
      expect([plain.text, plain.finishReason]).toEqual([TEXT, 'stop']);

      const streamed = streamText({ model: provider(id), prompt: 'hello' });
      expect(await streamed.text).toBe(TEXT);
      expect((await streamed.usage).totalTokens).toBeGreaterThan(0);
    });

    it('runs a tool and goes on with its result, plain and streamed', async () => {
      const asked = {
        model: provider(id),
        prompt: 'What is the weather in Berlin?',
        tools: { weather },
        stopWhen: stepCountIs(3),
      };
      const plain = await generateText(asked);
      expect(plain.text).toBe('It rains.');
      expect(plain.steps[0]?.toolResults[0]).toMatchObject({ toolName: 'weather', output: { sky: 'rain' } });
      expect(await streamText(asked).text).toBe('It rains.');
    });

    it('reports an error of the provider as one of the API', async () => {
      const busy = generateText({ model: provider(id), prompt: 'too fast', maxRetries: 0 });
      await expect(busy).rejects.toBeInstanceOf(APICallError);
    });
  });
});
