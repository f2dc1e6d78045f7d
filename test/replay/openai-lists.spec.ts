import { describe, expect, it } from '@jest/globals';
import type { ModelListing, WireProfile } from '../../src/providers/contract/index.js';
import type { OpenAiDialect } from '../../src/providers/dialects/openai/index.js';
import { GroqProvider } from '../../src/providers/strategies/groq.provider.js';
import { OpenAiCompatibleProvider } from '../../src/providers/strategies/openai-compatible.provider.js';
import { OpenAiProvider } from '../../src/providers/strategies/openai.provider.js';
import { OpenRouterProvider } from '../../src/providers/strategies/openrouter.provider.js';
import { callOver, loadFacts } from '../support/recordings.js';

interface Row {
  id: string;
  shutdown_date?: string | null;
  type?: string;
  pricing: { prompt: string; completion: string };
  architecture: { output_modalities: string[] };
}

const hasFacts = loadFacts('openrouter-models.json') !== null;
const rowsIn = (file: string): Row[] => {
  const json = loadFacts(file) as Row[] | { data: Row[] };
  return Array.isArray(json) ? json : json.data;
};

function list(strategy: OpenAiDialect, slug: string, wire: Partial<WireProfile> = {}): Promise<ModelListing> {
  const body = JSON.stringify(loadFacts(`${slug}-models.json`));
  return strategy.listModels(callOver(async () => new Response(body), strategy, { slug, wire }));
}

if (!hasFacts) it.skip('skipped: no recordings', () => undefined);

(hasFacts ? describe : describe.skip)('real model lists', () => {
  it('of OpenRouter keep every row, its exact price and what it puts out', async () => {
    const rows = rowsIn('openrouter-models.json');
    const { models, skipped } = await list(new OpenRouterProvider(), 'openrouter');
    expect([models.length, skipped]).toEqual([rows.length, 0]);
    for (const [index, { id, pricing, architecture }] of rows.entries()) {
      const model = models[index];
      expect(model?.id).toBe(id);
      if (pricing.prompt === '-1') expect(model?.pricing).toBeNull();
      else {
        expect(model?.pricing?.input).toMatch(/^\d+(?:\.\d+)?$/);
        expect(Number(model?.pricing?.input)).toBeCloseTo(Number(pricing.prompt) * 1e6, 9);
        expect(Number(model?.pricing?.output)).toBeCloseTo(Number(pricing.completion) * 1e6, 9);
      }
      if (id.endsWith(':free')) expect(model?.isFree).toBe(true);
      if (Number(pricing.completion) !== 0) expect(model?.isFree).toBe(false);
      if (!architecture.output_modalities.includes('text')) expect(model?.capabilities).not.toContain('chat');
    }
  });

  it('of OpenAI keep every row and its last day', async () => {
    const rows = rowsIn('openai-models.json');
    const { models } = await list(new OpenAiProvider(), 'openai');
    expect(models.map(({ id, deprecatedAt }) => [id, deprecatedAt])).toEqual(
      rows.map(({ id, shutdown_date: date }) => [id, date ?? null]),
    );
  });

  it('of Groq price speech by the character and everything else by the token', async () => {
    const { models } = await list(new GroqProvider(), 'groq');
    const voices = models.filter(({ capabilities }) => capabilities.join() === 'audio');
    expect(voices.length).toBeGreaterThan(0);
    expect(voices.every(({ pricing }) => pricing?.characters !== null && pricing?.input === null)).toBe(true);
  });

  it('of Together are a bare array whose zeros are no prices', async () => {
    const wire = { modelsField: '', priceUnit: 'usd_per_million_tokens' } as const;
    const { models, skipped } = await list(new OpenAiCompatibleProvider(), 'together', wire);
    expect([models.length, skipped]).toEqual([rowsIn('together-models.json').length, 0]);
    expect(models.filter(({ pricing }) => pricing?.input === '0' && pricing.output === '0')).toEqual([]);
  });

  it('of Mistral put nothing under chat that does not converse', async () => {
    const { models } = await list(new OpenAiCompatibleProvider(), 'mistral');
    const chatting = models.filter(({ capabilities }) => capabilities.includes('chat'));
    const claims = chatting.map(({ raw }) => (raw.capabilities as { completion_chat: boolean }).completion_chat);
    expect(chatting.length).toBeGreaterThan(20);
    expect(claims.every(Boolean)).toBe(true);
  });
});
