import { describe, expect, it } from '@jest/globals';
import type { ChatMessage, ChatRequest } from '../../contract/index.js';
import { DEFAULT_MAX_TOKENS, toAnthropicRequest } from './anthropic-request.js';
import { toOutputSchema } from './anthropic-schema.js';

const HELLO: ChatMessage = { role: 'user', content: 'Hi' };
const ask = (request: Partial<ChatRequest>) =>
  toAnthropicRequest({ model: 'claude-opus-5', messages: [HELLO], ...request }, false);
const fieldOf = (message: ChatMessage): string | undefined => {
  try {
    ask({ messages: [message] });
    return undefined;
  } catch (error) {
    return (error as { errors: { field: string }[] }).errors[0]?.field;
  }
};

describe('a chat request as a Messages body', () => {
  it('always bounds the tokens and sends nothing else that was not asked', () => {
    expect(ask({})).toEqual({
      model: 'claude-opus-5',
      max_tokens: DEFAULT_MAX_TOKENS,
      messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
    });
    expect(ask({ maxTokens: 5 }).max_tokens).toBe(5);
    expect(toAnthropicRequest({ model: 'm', messages: [HELLO] }, true).stream).toBe(true);
  });

  it('lifts system messages to the top and merges the results of one tool round into one user turn', () => {
    const call = (id: string) => ({ id, type: 'function' as const, function: { name: 'sum', arguments: '{"a":1}' } });
    const { system, messages } = ask({
      messages: [
        { role: 'system', content: 'Be brief.' },
        HELLO,
        { role: 'assistant', content: '', tool_calls: [call('one'), call('t:wo')] },
        { role: 'tool', tool_call_id: 'one', content: '3' },
        { role: 'tool', tool_call_id: 't:wo', content: '4' },
        { role: 'user', content: 'And?' },
      ],
    });

    expect(system).toBe('Be brief.');
    expect(messages).toEqual([
      { role: 'user', content: [{ type: 'text', text: 'Hi' }] },
      {
        role: 'assistant',
        content: [
          { type: 'tool_use', id: 'one', name: 'sum', input: { a: 1 } },
          { type: 'tool_use', id: 't_wo', name: 'sum', input: { a: 1 } },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'one', content: [{ type: 'text', text: '3' }] },
          { type: 'tool_result', tool_use_id: 't_wo', content: [{ type: 'text', text: '4' }] },
          { type: 'text', text: 'And?' },
        ],
      },
    ]);
  });

  it('puts the signed thinking back in front of the tool call that it led to', () => {
    const thinking = { type: 'thinking', thinking: 'Hm.', signature: 'c2ln' };
    const call = {
      id: 'one',
      type: 'function' as const,
      function: { name: 'sum', arguments: '' },
      extra_content: { anthropic: { thinking_blocks: [thinking] } },
    };
    const { messages } = ask({ messages: [HELLO, { role: 'assistant', content: 'So:', tool_calls: [call] }] });

    expect((messages as { content: unknown }[])[1]?.content).toEqual([
      thinking,
      { type: 'text', text: 'So:' },
      { type: 'tool_use', id: 'one', name: 'sum', input: {} },
    ]);
  });

  it('sends pictures by data or address and refuses by name what Claude cannot take', () => {
    const picture = (url: string): ChatMessage => ({
      role: 'user',
      content: [{ type: 'image_url', image_url: { url } }],
    });
    const sourceOf = (url: string) => {
      const [message] = ask({ messages: [picture(url)] }).messages as { content: { source: unknown }[] }[];
      return message?.content[0]?.source;
    };

    expect(sourceOf('data:image/png;base64,AAEC')).toEqual({ type: 'base64', media_type: 'image/png', data: 'AAEC' });
    expect(sourceOf('https://example.test/a.png')).toEqual({ type: 'url', url: 'https://example.test/a.png' });
    expect(fieldOf(picture('file:///etc/passwd'))).toBe('messages[0].content[0].image_url.url');
    const sound = { type: 'input_audio' as const, input_audio: { data: 'AA', format: 'wav' } };
    expect(fieldOf({ role: 'user', content: [sound] })).toBe('messages[0].content[0]');
    expect(fieldOf({ role: 'user', content: [{ type: 'file', file: { file_id: 'x' } }] })).toBe(
      'messages[0].content[0].file.file_data',
    );
  });

  it('bends sampling to what Claude takes', () => {
    expect(ask({ temperature: 1.7, topP: 0.5, seed: 3, stop: ['\n', 'END'] })).toMatchObject({
      temperature: 1,
      stop_sequences: ['END'],
    });
    expect(ask({ temperature: 0, topP: 0.5 })).not.toHaveProperty('top_p');
    expect(ask({ topP: 0.5 }).top_p).toBe(0.5);
    expect(ask({ seed: 3 })).not.toHaveProperty('seed');
  });

  it('offers tools, forces them and forbids several at once', () => {
    const tools = [{ type: 'function' as const, function: { name: 'sum', description: 'Adds.' } }];
    const choiceOf = (request: Partial<ChatRequest>) => ask({ tools, ...request }).tool_choice;

    expect(ask({ tools }).tools).toEqual([{ name: 'sum', description: 'Adds.', input_schema: { type: 'object' } }]);
    expect(choiceOf({})).toBeUndefined();
    expect(choiceOf({ toolChoice: 'required' })).toEqual({ type: 'any' });
    expect(choiceOf({ toolChoice: 'none', parallelToolCalls: false })).toEqual({ type: 'none' });
    expect(choiceOf({ parallelToolCalls: false })).toEqual({ type: 'auto', disable_parallel_tool_use: true });
    expect(choiceOf({ toolChoice: { type: 'function', function: { name: 'sum' } } })).toEqual({
      type: 'tool',
      name: 'sum',
    });
    expect(ask({ toolChoice: 'required' })).not.toHaveProperty('tool_choice');
  });

  it('asks for JSON by schema, or by a sentence where there is none', () => {
    const json_schema = { name: 'x', schema: { type: 'object', properties: { a: { type: 'string', maxLength: 9 } } } };

    expect(
      ask({ responseFormat: { type: 'json_schema', json_schema }, reasoningEffort: 'minimal' }).output_config,
    ).toEqual({
      format: {
        type: 'json_schema',
        schema: { type: 'object', properties: { a: { type: 'string' } }, additionalProperties: false },
      },
      effort: 'low',
    });
    expect(ask({ responseFormat: { type: 'json_object' } }).system).toContain('JSON');
    expect(ask({ reasoningEffort: 'none' })).toMatchObject({ thinking: { type: 'disabled' } });
    expect(ask({ reasoningEffort: 'none' })).not.toHaveProperty('output_config');
  });
});

describe('a schema for structured output', () => {
  it('closes every object, however deep, and keeps what people named', () => {
    const schema = {
      $schema: 'x',
      type: 'object',
      properties: {
        pattern: { type: 'string', pattern: '^a' },
        list: { type: 'array', minItems: 3, items: { type: 'object', properties: {}, additionalProperties: true } },
        either: { oneOf: [{ type: 'object', properties: {} }, { type: 'null' }] },
        kind: { enum: ['minimum', { type: 'object' }] },
      },
      $defs: { minimum: { type: 'object' } },
      required: ['pattern'],
    };

    expect(toOutputSchema(schema)).toEqual({
      type: 'object',
      properties: {
        pattern: { type: 'string' },
        list: { type: 'array', items: { type: 'object', properties: {}, additionalProperties: false } },
        either: { anyOf: [{ type: 'object', properties: {}, additionalProperties: false }, { type: 'null' }] },
        kind: { enum: ['minimum', { type: 'object' }] },
      },
      $defs: { minimum: { type: 'object', additionalProperties: false } },
      required: ['pattern'],
      additionalProperties: false,
    });
  });
});
