import { describe, expect, it } from '@jest/globals';
import type { ChatMessage, ChatRequest } from '../../contract/index.js';
import { geminiCapabilities } from './gemini-models.js';
import { sampleRateOf, toImageRequest, wavHeader } from './gemini-media.js';
import { toGeminiRequest } from './gemini-request.js';

const ask = (request: Partial<ChatRequest>) =>
  toGeminiRequest({ model: 'gemini-2.5-flash', messages: [{ role: 'user', content: 'Hi' }], ...request });
const configOf = (request: Partial<ChatRequest>) => ask(request).generationConfig;
const fieldsOf = (messages: ChatMessage[]): string[] => {
  try {
    ask({ messages });
    return [];
  } catch (error) {
    return (error as { errors: { field: string }[] }).errors.map(({ field }) => field);
  }
};

describe('a chat request in the words of Gemini', () => {
  it('lifts system and developer messages out of the conversation', () => {
    const request = ask({
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hi' },
        { role: 'developer', content: 'Be kind.' },
        { role: 'assistant', content: 'Hello' },
      ],
    });

    expect(request.systemInstruction).toEqual({ role: 'system', parts: [{ text: 'Be brief.\n\nBe kind.' }] });
    expect(request.contents).toEqual([
      { role: 'user', parts: [{ text: 'Hi' }] },
      { role: 'model', parts: [{ text: 'Hello' }] },
    ]);
  });

  it('sends a tool round back with the thought signature, by name, and with the id only where it is not our own', () => {
    const ours = `call_g${'0a'.repeat(11)}`;
    const call = (id: string, extra = {}) => ({
      id,
      type: 'function' as const,
      function: { name: 'sum', arguments: '{"a":1}' },
      ...extra,
    });
    const { contents } = ask({
      messages: [
        { role: 'user', content: 'Add' },
        {
          role: 'assistant',
          content: null,
          tool_calls: [call(ours, { extra_content: { google: { thought_signature: 'c2ln' } } }), call('theirs')],
        },
        { role: 'tool', tool_call_id: ours, content: '{"sum":3}' },
        { role: 'tool', tool_call_id: 'theirs', content: 'three' },
      ],
    });

    expect(contents.slice(1)).toEqual([
      {
        role: 'model',
        parts: [
          { functionCall: { name: 'sum', args: { a: 1 } }, thoughtSignature: 'c2ln' },
          { functionCall: { name: 'sum', args: { a: 1 }, id: 'theirs' } },
        ],
      },
      {
        role: 'user',
        parts: [
          { functionResponse: { name: 'sum', response: { sum: 3 } } },
          { functionResponse: { name: 'sum', response: { result: 'three' }, id: 'theirs' } },
        ],
      },
    ]);
  });

  it('puts pictures, sound and files inline, and refuses by name what somebody would have to fetch', () => {
    const picture = (url: string): ChatMessage => ({
      role: 'user',
      content: [
        { type: 'text', text: 'What?' },
        { type: 'image_url', image_url: { url } },
      ],
    });

    expect(ask({ messages: [picture('data:image/png;base64,iVBORw0K')] }).contents[0]?.parts[1]).toEqual({
      inlineData: { mimeType: 'image/png', data: 'iVBORw0K' },
    });
    for (const url of ['https://example.test/cat.png', 'http://169.254.169.254/', 'data:image/svg+xml,<svg/>', '']) {
      expect(fieldsOf([picture(url)])).toEqual(['messages[0].content[1].image_url.url']);
    }
    expect(fieldsOf([{ role: 'user', content: [{ type: 'file', file: { file_id: 'file-1' } }] }])).toEqual([
      'messages[0].content[0].file.file_data',
    ]);
  });

  it('refuses a tool result that answers nothing and arguments that are no object', () => {
    const broken = { id: 'a', type: 'function' as const, function: { name: 'sum', arguments: '[1' } };

    expect(fieldsOf([{ role: 'tool', tool_call_id: 'x', content: '1' }])).toEqual(['messages[0].tool_call_id']);
    expect(fieldsOf([{ role: 'assistant', content: '', tool_calls: [broken] }])).toEqual([
      'messages[0].tool_calls[0].function.arguments',
    ]);
  });

  it('passes sampling on under its own names and nothing that was not asked', () => {
    expect(configOf({})).toEqual({});
    expect(
      configOf({ temperature: 0, topP: 0.5, maxTokens: 9, stop: ['.'], seed: 7, parallelToolCalls: true }),
    ).toEqual({
      temperature: 0,
      topP: 0.5,
      maxOutputTokens: 9,
      stopSequences: ['.'],
      seed: 7,
    });
  });

  it('asks for JSON by type, and by JSON Schema where there is one', () => {
    const schema = { $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object', properties: {} };

    expect(configOf({ responseFormat: { type: 'text' } })).toEqual({});
    expect(configOf({ responseFormat: { type: 'json_object' } })).toEqual({ responseMimeType: 'application/json' });
    expect(configOf({ responseFormat: { type: 'json_schema', json_schema: { name: 'x', schema } } })).toEqual({
      responseMimeType: 'application/json',
      responseJsonSchema: { type: 'object', properties: {} },
    });
  });

  it('offers tools by JSON Schema and forces them by mode', () => {
    const tools = [{ type: 'function' as const, function: { name: 'sum', parameters: { type: 'object' } } }];
    const modeOf = (toolChoice: NonNullable<ChatRequest['toolChoice']>) => ask({ tools, toolChoice }).toolConfig;

    expect(ask({ tools }).tools).toEqual([
      { functionDeclarations: [{ name: 'sum', parametersJsonSchema: { type: 'object' } }] },
    ]);
    expect(modeOf('none')).toEqual({ functionCallingConfig: { mode: 'NONE' } });
    expect(modeOf('auto')).toEqual({ functionCallingConfig: { mode: 'AUTO' } });
    expect(modeOf('required')).toEqual({ functionCallingConfig: { mode: 'ANY' } });
    expect(modeOf({ type: 'function', function: { name: 'sum' } })).toEqual({
      functionCallingConfig: { mode: 'ANY', allowedFunctionNames: ['sum'] },
    });
    expect(ask({ toolChoice: 'required' })).not.toHaveProperty('toolConfig');
  });

  it('turns effort into a budget for the 2.5 family and into a level after it', () => {
    expect(configOf({ reasoningEffort: 'none' })).toEqual({
      thinkingConfig: { thinkingBudget: 0, includeThoughts: false },
    });
    expect(configOf({ reasoningEffort: 'high' })).toEqual({
      thinkingConfig: { thinkingBudget: 24_576, includeThoughts: true },
    });
    expect(configOf({ model: 'gemini-3.5-flash', reasoningEffort: 'medium' })).toEqual({
      thinkingConfig: { thinkingLevel: 'medium', includeThoughts: true },
    });
  });
});

describe('pictures, sound and models of Gemini', () => {
  it('asks for the nearest aspect ratio', () => {
    const ratioOf = (width: number, height: number) =>
      toImageRequest({ model: 'm', prompt: 'p', count: 1, width, height }).generationConfig.imageConfig;

    expect(ratioOf(1200, 630)).toEqual({ aspectRatio: '16:9' });
    expect(ratioOf(1024, 1024)).toEqual({ aspectRatio: '1:1' });
    expect(ratioOf(1024, 1536)).toEqual({ aspectRatio: '2:3' });
    expect(toImageRequest({ model: 'm', prompt: 'p', count: 1 }).generationConfig).not.toHaveProperty('imageConfig');
  });

  it('describes 16-bit mono samples of any rate', () => {
    const header = wavHeader(1000, sampleRateOf('audio/L16;codec=pcm;rate=16000'));

    expect(header).toHaveLength(44);
    expect(header.toString('latin1', 0, 4) + header.toString('latin1', 8, 16)).toBe('RIFFWAVEfmt ');
    expect([header.readUInt32LE(4), header.readUInt32LE(24), header.readUInt32LE(28), header.readUInt32LE(40)]).toEqual(
      [1036, 16_000, 32_000, 1000],
    );
    expect(sampleRateOf('audio/L16')).toBe(24_000);
  });

  it('knows by method and name what a model serves', () => {
    const served = (id: string, methods: unknown = ['generateContent']) => geminiCapabilities(id, methods);

    expect(served('gemini-2.5-flash')).toEqual(['chat', 'content']);
    expect(served('gemini-3-pro-image')).toContain('image');
    expect(served('gemini-2.5-pro-preview-tts')).toEqual(['audio']);
    expect(served('lyria-3-pro-preview')).toEqual([]);
    expect(served('gemini-embedding-001', ['embedContent'])).toEqual(['embedding']);
    expect(served('veo-3.1-generate-preview', ['predictLongRunning'])).toEqual([]);
    expect(served('gemini-3.1-flash-live-preview', ['bidiGenerateContent'])).toEqual([]);
    expect(served('gemini-2.5-flash', null)).toEqual([]);
  });
});
