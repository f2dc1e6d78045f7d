import { describe, expect, it } from '@jest/globals';
import type { ListedModel } from '../../../providers/index.js';
import { withFacts } from './model-enrichment.js';

const listed = (id: string, facts: Partial<ListedModel> = {}): ListedModel => ({
  id,
  name: id,
  description: null,
  capabilities: ['chat', 'content'],
  contextLength: null,
  maxOutputTokens: null,
  modalities: null,
  pricing: null,
  isFree: false,
  deprecatedAt: null,
  raw: {},
  ...facts,
});

describe('what a list leaves open', () => {
  it('comes from the price list, which is named for each fact', () => {
    expect(withFacts('openai', listed('gpt-4o'))).toMatchObject({
      contextLength: 128_000,
      modalities: { input: [], output: ['text'] },
      pricing: { input: '2.5', output: '10', source: 'genai-prices' },
      sources: { context_length: 'genai-prices', modalities: 'genai-prices', pricing: 'genai-prices' },
    });
    expect(withFacts('deepseek', listed('deepseek-chat')).sources).toMatchObject({ pricing: 'genai-prices' });
  });

  it('stays open where nobody says it: no source carries the output limits of OpenAI and DeepSeek', () => {
    for (const [slug, id] of [
      ['openai', 'gpt-4o'],
      ['deepseek', 'deepseek-chat'],
    ] as const) {
      const model = withFacts(slug, listed(id));
      expect(model.maxOutputTokens).toBeNull();
      expect(model.sources).not.toHaveProperty('max_output_tokens');
    }
  });

  it('is not touched where the provider says it, which is named as well', () => {
    const model = withFacts('gemini', listed('gemini-2.5-flash', { contextLength: 7, maxOutputTokens: 3 }));
    expect(model).toMatchObject({
      contextLength: 7,
      maxOutputTokens: 3,
      sources: { context_length: 'provider', max_output_tokens: 'provider', pricing: 'genai-prices' },
    });
  });

  it('is null with no source for a model that nobody knows', () => {
    const model = withFacts('openai', listed('gpt-99-imagined'));
    expect(model).toMatchObject({ contextLength: null, maxOutputTokens: null, modalities: null, pricing: null });
    expect(model.sources).toEqual({});
  });
});
