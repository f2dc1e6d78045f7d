import { describe, expect, it } from '@jest/globals';
import { CohereProvider } from '../../src/providers/strategies/cohere.provider.js';
import { rawEvents } from '../support/raw-events.js';
import { callOver, loadFacts, type Recording } from '../support/recordings.js';
import { replaySuite } from '../support/replay-suite.js';

interface Block {
  text?: string;
  thinking?: string;
}
interface Call {
  id: string;
  function: { name: string; arguments: string };
}
interface Answer {
  message: { content?: Block[]; tool_plan?: string; tool_calls?: Call[] };
  finish_reason: string;
  usage: { billed_units: Record<string, number>; tokens: Record<string, number> };
}
interface Event {
  type: string;
  index: number;
  delta: { message: { content: Block; tool_plan: string; tool_calls: Call } } & Omit<Answer, 'message'>;
}

/** The answer that a stream builds up, as the plain endpoint would have sent it. */
function joinedAnswer(events: Event[]): Answer {
  const ofType = (...types: string[]): Event[] => events.filter(({ type }) => types.includes(type));
  const end = ofType('message-end')[0];
  if (end === undefined) throw new Error('no message-end');
  return {
    ...end.delta,
    message: {
      content: ofType('content-delta').map(({ delta }) => delta.message.content),
      tool_plan: ofType('tool-plan-delta')
        .map(({ delta }) => delta.message.tool_plan)
        .join(''),
      tool_calls: ofType('tool-call-start').map(({ index, delta }) => {
        const pieces = ofType('tool-call-start', 'tool-call-delta').filter((event) => event.index === index);
        const args = pieces.map((event) => event.delta.message.tool_calls.function.arguments).join('');
        return {
          id: delta.message.tool_calls.id,
          function: { name: delta.message.tool_calls.function.name, arguments: args },
        };
      }),
    },
  };
}

const UNIFIED: Record<string, string> = { MAX_TOKENS: 'length', TOOL_CALL: 'tool_calls' };

function expectedOf(recording: Recording): unknown {
  const answer = recording.file.endsWith('.sse')
    ? joinedAnswer(rawEvents(recording.body) as unknown as Event[])
    : (JSON.parse(recording.body.toString('utf8')) as Answer);
  const blocks = answer.message.content ?? [];
  const billed = answer.usage.billed_units;
  return {
    text: blocks.map(({ text }) => text ?? '').join(''),
    reasoning: (answer.message.tool_plan ?? '') + blocks.map(({ thinking }) => thinking ?? '').join('') || null,
    tools: (answer.message.tool_calls ?? []).map(({ function: { name, arguments: args } }) => [
      name,
      JSON.parse(args || '{}') as unknown,
    ]),
    finish: { unified: UNIFIED[answer.finish_reason] ?? 'stop', raw: answer.finish_reason },
    usage: {
      promptTokens: billed.input_tokens,
      completionTokens: billed.output_tokens,
      totalTokens: (billed.input_tokens ?? 0) + (billed.output_tokens ?? 0),
      cachedTokens: null,
      reasoningTokens: answer.usage.tokens.reasoning_tokens ?? null,
      costUsd: null,
    },
  };
}

const strategy = new CohereProvider();

replaySuite({
  provider: 'cohere',
  baseUrl: 'https://api.cohere.com',
  strategy,
  expected: expectedOf,
  errors: {
    'error-400-command-a-03-2025-1.json': 'upstream_rejected',
    'error-400-command-r7b-12-2024-1.json': 'upstream_rejected',
    'error-400-command-r7b-12-2024-2.json': 'upstream_rejected',
    'error-401-1.json': 'upstream_auth_failed',
    'error-401-command-r7b-12-2024-1.json': 'upstream_auth_failed',
    'error-404-bad-model-1.json': 'model_unavailable',
    'error-404-nonexistent-1.json': 'model_unavailable',
    'error-422-command-a-reasoning-08-2025-1.json': 'upstream_rejected',
  },
  outOfScope: {
    embeddings: 'replayed in coverage.spec.ts',
    rerank: 'no capability ranks',
    transcription: 'no capability transcribes',
  },
});

describe('the list of Cohere as recorded', () => {
  const list = loadFacts('cohere-models.json');
  const check = list === null ? it.skip : it;

  check(list === null ? 'skipped: no recordings' : 'tells its 31 models apart by their endpoints', async () => {
    const { models, skipped } = await strategy.listModels(
      callOver(() => Promise.resolve(Response.json(list)), strategy),
    );
    const converse = models.filter(({ capabilities }) => capabilities.includes('chat')).map(({ id }) => id);

    expect([models.length, skipped]).toEqual([31, 0]);
    expect(converse).toContain('c4ai-aya-expanse-32b');
    expect(converse.filter((id) => /embed|rerank|transcribe/.test(id))).toEqual([]);
    expect(converse).toHaveLength(16);
  });
});
