import { describe, expect, it } from '@jest/globals';
import type { ModelPricing } from '../providers/index.js';
import { costOf } from './cost.js';
import { NO_USAGE } from './ledger-row.js';

const pricing: ModelPricing = {
  input: '3',
  output: '15',
  cachedInput: '0.3',
  image: null,
  characters: null,
  source: 'provider',
};

describe('costOf', () => {
  it('charges input, cached input and output exactly', () => {
    const usage = { ...NO_USAGE, promptTokens: 1000, cachedTokens: 400, completionTokens: 10 };
    expect(costOf(usage, pricing)).toEqual({ usd: '0.00207', source: 'provider' });
  });

  it('charges cached tokens as input where they have no price of their own', () => {
    const usage = { ...NO_USAGE, promptTokens: 1000, cachedTokens: 1000, completionTokens: 0 };
    expect(costOf(usage, { ...pricing, cachedInput: null })?.usd).toBe('0.003');
  });

  it('is unknown, never zero, when a needed price is unknown', () => {
    const usage = { ...NO_USAGE, promptTokens: 10, completionTokens: 10 };
    expect(costOf(usage, { ...pricing, output: null })).toBeNull();
    expect(costOf(usage, null)).toBeNull();
    expect(costOf({ ...NO_USAGE, images: 1 }, pricing)).toBeNull();
  });

  it('is zero for a free model', () => {
    const free = { ...pricing, input: '0', output: '0', cachedInput: '0' };
    expect(costOf({ ...NO_USAGE, promptTokens: 5, completionTokens: 5 }, free)?.usd).toBe('0');
  });

  it('charges pictures per image and speech per character', () => {
    expect(costOf({ ...NO_USAGE, images: 3 }, { ...pricing, image: '0.04' })?.usd).toBe('0.12');
    expect(costOf({ ...NO_USAGE, characters: 2000 }, { ...pricing, characters: '15' })?.usd).toBe('0.03');
  });
});
