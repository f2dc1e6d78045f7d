import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LLMock } from '@copilotkit/aimock';
import OpenAI from 'openai';
import type { ChatCompletionMessageParam, ChatCompletionTool } from 'openai/resources/chat/completions';
import { ADMIN_TOKEN, type GatewayApp } from '../support/gateway-app.js';
import { MODELS, PNG, SOUND, startWithVendors, TEXT } from '../support/vendor-mock.js';

const weather: ChatCompletionTool = {
  type: 'function',
  function: { name: 'weather', parameters: { type: 'object', properties: { city: { type: 'string' } } } },
};
const user = (content: string): ChatCompletionMessageParam => ({ role: 'user', content });

describe('the openai SDK as a client of /v1', () => {
  let vendors: LLMock;
  let gateway: GatewayApp;
  let client: OpenAI;
  beforeAll(async () => {
    ({ vendors, gateway } = await startWithVendors());
    client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: ADMIN_TOKEN, maxRetries: 0 });
  });
  afterAll(async () => {
    await gateway.close();
    await vendors.stop();
  });

  describe.each([...MODELS, 'chat'])('with %s', (model) => {
    it('gets the same message, plain and streamed, with usage', async () => {
      const plain = await client.chat.completions.create({ model, messages: [user('hello')] });
      expect(plain.choices[0]).toMatchObject({
        finish_reason: 'stop',
        message: { role: 'assistant', content: TEXT },
      });
      expect(plain.usage?.total_tokens).toBe(
        (plain.usage?.prompt_tokens ?? NaN) + (plain.usage?.completion_tokens ?? NaN),
      );

      const stream = client.chat.completions.stream({
        model,
        messages: [user('hello')],
        stream_options: { include_usage: true },
      });
      const final = await stream.finalChatCompletion();
      expect(final.choices[0]).toMatchObject({ finish_reason: 'stop', message: { role: 'assistant', content: TEXT } });
      expect(final.usage?.total_tokens).toBeGreaterThan(0);
    });

    it('gets no chunk of usage that it did not ask for', async () => {
      const chunks = [];
      for await (const chunk of await client.chat.completions.create({
        model,
        messages: [user('hello')],
        stream: true,
      }))
        chunks.push(chunk);
      expect(chunks.every(({ choices }) => choices.length === 1)).toBe(true);
      expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('')).toBe(TEXT);
    });

    it('carries a tool round there and back, plain and streamed', async () => {
      const messages = [user('What is the weather in Berlin?')];
      const plain = await client.chat.completions.create({ model, messages, tools: [weather] });
      const streamed = await client.chat.completions
        .stream({ model, messages, tools: [weather] })
        .finalChatCompletion();
      for (const { choices } of [plain, streamed]) {
        const [choice] = choices;
        expect(choice?.finish_reason).toBe('tool_calls');
        const calls = choice?.message.tool_calls ?? [];
        expect(
          calls.map((call) => call.type === 'function' && [call.function.name, JSON.parse(call.function.arguments)]),
        ).toEqual([['weather', { city: 'Berlin' }]]);
        const done: ChatCompletionMessageParam[] = [
          ...messages,
          { role: 'assistant', content: null, tool_calls: calls },
          { role: 'tool', tool_call_id: calls[0]?.id ?? '', content: '{"sky":"rain"}' },
        ];
        const answer = await client.chat.completions.create({ model, messages: done, tools: [weather] });
        expect(answer.choices[0]?.message.content).toBe('It rains.');
      }
    });

    it('throws its own errors for the provider’s', async () => {
      const busy = client.chat.completions.create({ model, messages: [user('too fast')] });
      await expect(busy).rejects.toBeInstanceOf(OpenAI.RateLimitError);
      const refused = client.chat.completions.create({ model, messages: [user('bad key')], stream: true });
      // Ours would be 401, and the client would throw its own token away.
      await expect(refused).rejects.toMatchObject({ status: 502, code: 'upstream_auth_failed' });
    });

    it('aborts in the middle of a stream, and the ledger knows', async () => {
      const { data, response } = await client.chat.completions
        .create({ model, messages: [user('slowly')], stream: true })
        .withResponse();
      let chunks = 0;
      for await (const { choices } of data) {
        chunks += choices.length;
        if (chunks === 4) break;
      }
      const row = await gateway.rowOf(response.headers.get('x-request-id') ?? '');
      expect(row).toMatchObject({ status: 'aborted', stream: true, usage_source: 'estimated' });
    });

    it('works with the Responses API, plain, streamed and with tools', async () => {
      const plain = await client.responses.create({ model, input: 'hello', instructions: 'Be kind.' });
      expect([plain.status, plain.output_text]).toEqual(['completed', TEXT]);

      const stream = client.responses.stream({ model, input: [{ role: 'user', content: 'hello' }] });
      expect((await stream.finalResponse()).output_text).toBe(TEXT);

      const tool = { type: 'function' as const, name: 'weather', parameters: {}, strict: false };
      const input = 'What is the weather in Berlin?';
      const called = await client.responses.stream({ model, input, tools: [tool] }).finalResponse();
      const call = called.output.find(({ type }) => type === 'function_call');
      expect(call).toMatchObject({ name: 'weather', arguments: '{"city":"Berlin"}' });
      const answer = await client.responses.create({
        model,
        tools: [tool],
        input: [
          { role: 'user', content: input },
          ...called.output.filter((item) => item.type === 'function_call'),
          { type: 'function_call_output', call_id: (call as { call_id: string }).call_id, output: '{"sky":"rain"}' },
        ],
      });
      expect(answer.output_text).toBe('It rains.');
    });

    it('throws the provider’s errors through the Responses API, and the ledger knows of an abort', async () => {
      await expect(client.responses.create({ model, input: 'too fast' })).rejects.toBeInstanceOf(OpenAI.RateLimitError);
      await expect(client.responses.create({ model, input: 'bad key', stream: true })).rejects.toMatchObject({
        status: 502,
        code: 'upstream_auth_failed',
      });
      const remembering = client.responses.create({ model, input: 'hello', previous_response_id: 'resp_1' });
      await expect(remembering).rejects.toMatchObject({ status: 400, param: 'previous_response_id' });

      const { data, response } = await client.responses.create({ model, input: 'slowly', stream: true }).withResponse();
      let pieces = 0;
      for await (const { type } of data) if (type === 'response.output_text.delta' && ++pieces === 3) break;
      const row = await gateway.rowOf(response.headers.get('x-request-id') ?? '');
      expect(row).toMatchObject({ status: 'aborted', stream: true, usage_source: 'estimated' });
    });
  });

  it('gets pictures', async () => {
    const { data } = await client.images.generate({ model: 'image', prompt: 'A lake', n: 1 });
    expect(data?.[0]?.b64_json).toBe(PNG);
    const drawn = await client.images.generate({ model: 'sandbox/sandbox-image', prompt: 'A lake', size: '256x256' });
    expect(drawn.data?.[0]?.b64_json?.startsWith('iVBOR')).toBe(true);
  });

  it('gets speech, byte for byte', async () => {
    const speech = await client.audio.speech.create({ model: 'audio', voice: 'alloy', input: 'Hello there' });
    expect(Buffer.from(await speech.arrayBuffer()).toString('base64')).toBe(SOUND);
    const row = await gateway.rowOf(speech.headers.get('x-request-id') ?? '');
    expect(row).toMatchObject({ status: 'ok', capability: 'audio', usage: { characters: 11 } });
    const spoken = await client.audio.speech.create({
      model: 'sandbox/sandbox-audio',
      voice: 'sandbox',
      input: 'Hello',
      response_format: 'wav',
    });
    expect(Buffer.from(await spoken.arrayBuffer()).toString('latin1', 0, 4)).toBe('RIFF');
  });

  it('gets embeddings and the words of a recording', async () => {
    const { data, usage } = await client.embeddings.create({ model: 'embedding', input: ['one', 'two'] });
    expect(data.map(({ embedding }) => embedding.length > 0)).toEqual([true, true]);
    expect(usage.total_tokens).toBeGreaterThanOrEqual(0);
    const file = new File([Buffer.from('ID3 a recording')], 'words.mp3', { type: 'audio/mpeg' });
    const words = await client.audio.transcriptions.create({ model: 'transcription', file });
    expect(words.text).toBe('Some words.');
  });

  it('lists models and reads one whose id holds slashes', async () => {
    const ids = [];
    for await (const { id } of client.models.list()) ids.push(id);
    expect(ids).toEqual(expect.arrayContaining(['chat', 'image', 'audio', 'sandbox/sandbox-chat']));
    expect(await client.models.retrieve('sandbox/sandbox-chat')).toMatchObject({ owned_by: 'sandbox' });
    await expect(client.models.retrieve('no/such/model')).rejects.toBeInstanceOf(OpenAI.NotFoundError);
  });

  it('throws NotFoundError for a model that nobody has, and AuthenticationError without a token', async () => {
    const ask = (model: string, apiKey = ADMIN_TOKEN) =>
      new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey, maxRetries: 0 }).chat.completions.create({
        model,
        messages: [user('hello')],
      });
    await expect(ask('gpt-unknown')).rejects.toMatchObject({ status: 404, code: 'model_not_found', param: 'model' });
    await expect(ask('nobody/x')).rejects.toBeInstanceOf(OpenAI.NotFoundError);
    await expect(ask('chat', 'sb_wrong')).rejects.toBeInstanceOf(OpenAI.AuthenticationError);
  });
});
