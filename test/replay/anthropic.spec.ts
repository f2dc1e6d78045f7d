import { describe, expect, it } from '@jest/globals';
import { DEFAULT_MAX_TOKENS } from '../../src/providers/dialects/anthropic/anthropic-request.js';
import { AnthropicProvider } from '../../src/providers/strategies/anthropic.provider.js';
import { rawEvents } from '../support/raw-events.js';
import { callOver, loadFacts, type Recording } from '../support/recordings.js';
import { replaySuite } from '../support/replay-suite.js';

interface Block {
  type: string;
  text?: string;
  thinking?: string;
  name?: string;
  input?: unknown;
}
interface Usage {
  input_tokens: number;
  cache_creation_input_tokens?: number;
  cache_read_input_tokens?: number;
  output_tokens: number;
  output_tokens_details?: { thinking_tokens: number };
}
interface Message {
  content: Block[];
  stop_reason: string;
  usage: Usage;
}
interface Event {
  type: string;
  index: number;
  message: Message;
  content_block: Block;
  delta: { text?: string; thinking?: string; partial_json?: string; stop_reason?: string };
  usage: Partial<Usage>;
}

/** The message that a stream builds up, as the plain endpoint would have sent it. */
function joinedMessage(events: Event[]): Message {
  const start = events.find(({ type }) => type === 'message_start');
  if (start === undefined) throw new Error('no message_start');
  const message = structuredClone(start.message);
  const ofBlock = (event: Event, type: string): Event['delta'][] =>
    events.filter((other) => other.type === type && other.index === event.index).map(({ delta }) => delta);
  message.content = events
    .filter(({ type }) => type === 'content_block_start')
    .map((event) => {
      const deltas = ofBlock(event, 'content_block_delta');
      const json = deltas.map(({ partial_json: piece }) => piece ?? '').join('');
      return {
        ...event.content_block,
        text: deltas.map(({ text }) => text ?? '').join(''),
        thinking: deltas.map(({ thinking }) => thinking ?? '').join(''),
        ...(json === '' ? {} : { input: JSON.parse(json) as unknown }),
      };
    });
  for (const { type, delta, usage } of events) {
    if (type !== 'message_delta') continue;
    message.stop_reason = delta.stop_reason ?? '';
    Object.assign(message.usage, usage);
  }
  return message;
}

const UNIFIED: Record<string, string> = { max_tokens: 'length', tool_use: 'tool_calls' };

function expectedOf(recording: Recording): unknown {
  const message = recording.file.endsWith('.sse')
    ? joinedMessage(rawEvents(recording.body) as unknown as Event[])
    : (JSON.parse(recording.body.toString('utf8')) as Message);
  const ofType = (wanted: string): Block[] => message.content.filter(({ type }) => type === wanted);
  const { usage } = message;
  const prompt = usage.input_tokens + (usage.cache_creation_input_tokens ?? 0) + (usage.cache_read_input_tokens ?? 0);
  return {
    text: ofType('text')
      .map(({ text }) => text)
      .join(''),
    reasoning:
      ofType('thinking')
        .map(({ thinking }) => thinking)
        .join('') || null,
    tools: ofType('tool_use').map(({ name, input }) => [name, input]),
    finish: { unified: UNIFIED[message.stop_reason] ?? 'stop', raw: message.stop_reason },
    usage: {
      promptTokens: prompt,
      completionTokens: usage.output_tokens,
      totalTokens: prompt + usage.output_tokens,
      cachedTokens: usage.cache_read_input_tokens ?? null,
      reasoningTokens: usage.output_tokens_details?.thinking_tokens ?? null,
      costUsd: null,
    },
  };
}

const strategy = new AnthropicProvider();

replaySuite({
  provider: 'anthropic',
  baseUrl: 'https://api.anthropic.com/v1',
  strategy,
  expected: expectedOf,
  errors: {
    'error-400-claude-haiku-4-5-20251001-1.json': 'upstream_rejected',
    'error-400-claude-opus-4-6-1.json': 'upstream_rejected',
    'error-401-claude-haiku-4-5-20251001-1.json': 'upstream_auth_failed',
    'error-404-bad-model-1.json': 'model_unavailable',
    'error-404-claude-does-not-exist-1.json': 'model_unavailable',
  },
  outOfScope: { 'count-tokens': 'no capability counts tokens' },
});

describe('the list of Anthropic as recorded', () => {
  const list = loadFacts('anthropic-models.json');
  const check = list === null ? it.skip : it;

  check(list === null ? 'skipped: no recordings' : 'holds ten models that converse, with their limits', async () => {
    const { models } = await strategy.listModels(callOver(() => Promise.resolve(Response.json(list)), strategy));

    expect(models).toHaveLength(10);
    expect(models[0]).toMatchObject({
      id: 'claude-opus-5',
      name: 'Claude Opus 5',
      capabilities: ['chat', 'content'],
      contextLength: 1_000_000,
      maxOutputTokens: 128_000,
      modalities: { input: ['text', 'image', 'pdf'], output: ['text'] },
    });
    expect(models.every(({ maxOutputTokens }) => (maxOutputTokens ?? 0) >= DEFAULT_MAX_TOKENS)).toBe(true);
  });
});
