import { describe, expect, it } from '@jest/globals';
import type { ChatResult } from '../../src/providers/contract/index.js';
import { HuggingFaceProvider } from '../../src/providers/strategies/huggingface.provider.js';
import { callOver, loadFacts } from '../support/recordings.js';
import { replaySuite } from '../support/replay-suite.js';
import { expectationOf } from './expectation.js';

const strategy = new HuggingFaceProvider();

function project({ text, reasoning, finishReason, toolCalls, usage }: ChatResult): unknown {
  return {
    text,
    reasoning,
    finish: finishReason.raw,
    toolCalls: toolCalls.map(({ function: called }) => ({ name: called.name, arguments: called.arguments })),
    usage: usage === null ? null : { promptTokens: usage.promptTokens, completionTokens: usage.completionTokens },
  };
}

replaySuite({
  provider: 'huggingface',
  baseUrl: 'https://router.huggingface.co/v1',
  strategy,
  expected: expectationOf,
  project,
  errors: {
    'error-400-bad-model-1.json': 'model_unavailable',
    'error-400-llama-3.1-8b-instruct-1.json': 'upstream_rejected',
    'error-400-llama-3.1-8b-instruct-2.json': 'upstream_rejected',
    'error-401-qwen3-4b-1.json': 'upstream_auth_failed',
    'error-402-deepseek-v4-pro-0813-1.json': 'upstream_auth_failed',
    'error-500-qwen3-4b-1.json': 'upstream_unavailable',
    'error-500-qwen3-coder-480b-a35b-instruct-1.json': 'upstream_unavailable',
  },
  outOfScope: {},
});

interface HubRow {
  id: string;
  pipeline_tag?: string;
}

describe('the Hub as recorded', () => {
  const rows = loadFacts('huggingface-hub-models-warm.json') as HubRow[] | null;
  const check = rows === null ? it.skip : it;

  check(rows === null ? 'skipped: no recordings' : 'sorts its models by what they can be used for', async () => {
    const call = callOver(() => Promise.resolve(Response.json(rows)), strategy);
    const { models, skipped } = await strategy.listModels(call);
    const servedBy = (tag: string): string[] => {
      const ids = new Set((rows ?? []).filter((row) => row.pipeline_tag === tag).map(({ id }) => id));
      return [...new Set(models.filter(({ id }) => ids.has(id)).flatMap(({ capabilities }) => capabilities))];
    };

    expect([models.length, skipped]).toEqual([1000, 0]);
    expect(servedBy('text-generation')).toEqual(['chat', 'content']);
    expect(servedBy('text-to-image')).toEqual(['image']);
    expect(servedBy('text-to-speech')).toEqual(['audio']);
    expect(servedBy('feature-extraction')).toEqual(['embedding']);
    expect(servedBy('sentence-similarity')).toEqual(['embedding']);
    for (const tag of ['fill-mask', 'automatic-speech-recognition', 'text-to-video', 'translation']) {
      expect(servedBy(tag)).toEqual([]);
    }
  });
});
