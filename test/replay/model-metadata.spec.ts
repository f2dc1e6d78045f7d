import { describe, expect, it } from '@jest/globals';
import type { ProviderStrategy } from '../../src/providers/contract/index.js';
import { type EnrichedModel, withFacts } from '../../src/models/catalog/intake/model-enrichment.js';
import { AnthropicProvider } from '../../src/providers/strategies/anthropic.provider.js';
import { DeepSeekProvider } from '../../src/providers/strategies/deepseek.provider.js';
import { GeminiProvider } from '../../src/providers/strategies/gemini.provider.js';
import { OpenAiProvider } from '../../src/providers/strategies/openai.provider.js';
import { callOver, loadFacts } from '../support/recordings.js';

const hasFacts = loadFacts('openai-models.json') !== null;

/** What converses of a real list, completed. */
async function completed(strategy: ProviderStrategy, slug: string): Promise<EnrichedModel[]> {
  const body = JSON.stringify(loadFacts(`${slug}-models.json`));
  const { models } = await strategy.listModels!(callOver(async () => new Response(body), strategy, { slug }));
  return models.filter(({ capabilities }) => capabilities.includes('chat')).map((model) => withFacts(slug, model));
}

/** How many have each field from which source. */
const sourcesOf = (models: readonly EnrichedModel[]) =>
  Object.fromEntries(
    (['context_length', 'max_output_tokens', 'modalities', 'pricing'] as const).map((field) => [
      field,
      [...new Set(models.map(({ sources }) => sources[field] ?? 'nobody'))].sort(),
    ]),
  );
const share = (models: readonly EnrichedModel[], isKnown: (model: EnrichedModel) => boolean) =>
  models.filter(isKnown).length / models.length;

if (!hasFacts) it.skip('skipped: no recordings', () => undefined);

(hasFacts ? describe : describe.skip)('metadata of lists that carry none', () => {
  it('of OpenAI: all but the output limit, which nobody tells, from the price list', async () => {
    const models = await completed(new OpenAiProvider(), 'openai');
    expect(sourcesOf(models)).toEqual({
      context_length: ['genai-prices', 'nobody'],
      max_output_tokens: ['nobody'],
      modalities: ['genai-prices', 'nobody'],
      pricing: ['genai-prices', 'nobody'],
    });
    expect(share(models, (model) => model.contextLength !== null && model.pricing !== null)).toBeGreaterThan(0.9);
    expect(models.every((model) => model.maxOutputTokens === null)).toBe(true);
  });

  it('of DeepSeek: the same, for each model', async () => {
    const models = await completed(new DeepSeekProvider(), 'deepseek');
    expect(sourcesOf(models)).toEqual({
      context_length: ['genai-prices'],
      max_output_tokens: ['nobody'],
      modalities: ['genai-prices'],
      pricing: ['genai-prices'],
    });
  });

  it('of Gemini: limits from its own list, modalities and prices from the price list', async () => {
    const models = await completed(new GeminiProvider(), 'gemini');
    expect(sourcesOf(models)).toMatchObject({
      context_length: ['provider'],
      max_output_tokens: ['provider'],
      pricing: ['genai-prices', 'nobody'],
    });
    expect(share(models, ({ pricing }) => pricing !== null)).toBeGreaterThan(0.6);
  });

  it('of Anthropic: all from its own list, prices from the price list', async () => {
    expect(sourcesOf(await completed(new AnthropicProvider(), 'anthropic'))).toEqual({
      context_length: ['provider'],
      max_output_tokens: ['provider'],
      modalities: ['provider'],
      pricing: ['genai-prices'],
    });
  });
});
