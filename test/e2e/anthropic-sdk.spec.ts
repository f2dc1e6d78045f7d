import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Anthropic from '@anthropic-ai/sdk';
import type { LLMock } from '@copilotkit/aimock';
import { ADMIN_TOKEN, type GatewayApp } from '../support/gateway-app.js';
import { MODELS, startWithVendors, TEXT } from '../support/vendor-mock.js';

const weather: Anthropic.Tool = {
  name: 'weather',
  input_schema: { type: 'object', properties: { city: { type: 'string' } } },
};

describe('the Anthropic SDK as a client of /v1/messages', () => {
  let vendors: LLMock;
  let gateway: GatewayApp;
  let client: Anthropic;
  beforeAll(async () => {
    ({ vendors, gateway } = await startWithVendors());
    client = new Anthropic({ baseURL: gateway.url, apiKey: ADMIN_TOKEN, maxRetries: 0 });
  });
  afterAll(async () => {
    await gateway.close();
    await vendors.stop();
  });

  describe.each([...MODELS, 'chat'])('with %s', (model) => {
    const ask = (content: string) => ({
      model,
      max_tokens: 100,
      system: 'Be kind.',
      messages: [{ role: 'user' as const, content }],
    });

    it('gets the same message, plain and streamed, with usage', async () => {
      const plain = await client.messages.create(ask('hello'));
      const streamed = await client.messages.stream(ask('hello')).finalMessage();
      for (const message of [plain, streamed]) {
        expect(message).toMatchObject({ role: 'assistant', stop_reason: 'end_turn' });
        expect(message.content).toMatchObject([{ type: 'text', text: TEXT }]);
        expect(message.usage.output_tokens).toBeGreaterThan(0);
      }
    });

    it('carries a tool round there and back, plain and streamed', async () => {
      const asked = { ...ask('What is the weather in Berlin?'), tools: [weather] };
      const plain = await client.messages.create(asked);
      const streamed = await client.messages.stream(asked).finalMessage();
      for (const message of [plain, streamed]) {
        expect(message.stop_reason).toBe('tool_use');
        const [call] = message.content.filter((block) => block.type === 'tool_use');
        expect(call).toMatchObject({ name: 'weather', input: { city: 'Berlin' } });
        const answer = await client.messages.create({
          ...asked,
          messages: [
            ...asked.messages,
            { role: 'assistant', content: message.content },
            { role: 'user', content: [{ type: 'tool_result', tool_use_id: call?.id ?? '', content: 'rain' }] },
          ],
        });
        expect(answer.content).toMatchObject([{ type: 'text', text: 'It rains.' }]);
      }
    });

    it('throws its own errors, plain and streamed', async () => {
      await expect(client.messages.create(ask('too fast'))).rejects.toBeInstanceOf(Anthropic.RateLimitError);
      await expect(client.messages.stream(ask('too fast')).finalMessage()).rejects.toBeInstanceOf(
        Anthropic.RateLimitError,
      );
    });

    it('aborts in the middle of a stream', async () => {
      const stream = client.messages.stream(ask('slowly'));
      let events = 0;
      await expect(
        (async () => {
          for await (const { type } of stream) if (type === 'content_block_delta' && ++events === 3) stream.abort();
        })(),
      ).rejects.toBeInstanceOf(Anthropic.APIUserAbortError);
      const row = await gateway.rowOf(stream.response?.headers.get('x-request-id') ?? '');
      expect(row).toMatchObject({ status: 'aborted', stream: true });
    });
  });

  it('throws NotFoundError and AuthenticationError in the shape it knows', async () => {
    const ask = (model: string, apiKey: string) =>
      new Anthropic({ baseURL: gateway.url, apiKey, maxRetries: 0 }).messages.create({
        model,
        max_tokens: 10,
        messages: [{ role: 'user', content: 'hello' }],
      });
    await expect(ask('nobody/x', ADMIN_TOKEN)).rejects.toBeInstanceOf(Anthropic.NotFoundError);
    await expect(ask('chat', 'wrong')).rejects.toMatchObject({
      status: 401,
      error: { type: 'error', error: { type: 'authentication_error' } },
    });
  });
});
