import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LLMock } from '@copilotkit/aimock';
import { HumanMessage, ToolMessage } from '@langchain/core/messages';
import { ChatOpenAI } from '@langchain/openai';
import { ADMIN_TOKEN, type GatewayApp } from '../support/gateway-app.js';
import { MODELS, startWithVendors, TEXT } from '../support/vendor-mock.js';

const weather = {
  type: 'function' as const,
  function: {
    name: 'weather',
    description: 'The weather of a city',
    parameters: { type: 'object', properties: { city: { type: 'string' } } },
  },
};

describe('LangChain as a client of /v1', () => {
  let vendors: LLMock;
  let gateway: GatewayApp;
  beforeAll(async () => {
    ({ vendors, gateway } = await startWithVendors());
  });
  afterAll(async () => {
    await gateway.close();
    await vendors.stop();
  });

  const chatOf = (model: string) =>
    new ChatOpenAI({
      model,
      apiKey: ADMIN_TOKEN,
      maxRetries: 0,
      configuration: { baseURL: `${gateway.url}/v1` },
    });

  describe.each([...MODELS, 'chat'])('with %s', (model) => {
    it('invokes and streams', async () => {
      const answer = await chatOf(model).invoke('hello');
      expect(answer.content).toBe(TEXT);
      expect(answer).toMatchObject({ usage_metadata: { total_tokens: expect.any(Number) as unknown } });

      const pieces = [];
      for await (const piece of await chatOf(model).stream('hello')) pieces.push(piece.text);
      expect(pieces.join('')).toBe(TEXT);
    });

    it('calls a tool and takes its result', async () => {
      const chat = chatOf(model).bindTools([weather]);
      const question = new HumanMessage('What is the weather in Berlin?');
      const called = await chat.invoke([question]);
      expect(called.tool_calls).toMatchObject([{ name: 'weather', args: { city: 'Berlin' } }]);
      const result = new ToolMessage({ content: '{"sky":"rain"}', tool_call_id: called.tool_calls?.[0]?.id ?? '' });
      expect((await chat.invoke([question, called, result])).content).toBe('It rains.');
    });

    it('throws for an error of the provider', async () => {
      await expect(chatOf(model).invoke('too fast')).rejects.toMatchObject({ status: 429 });
    });
  });
});
