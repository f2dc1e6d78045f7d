import { describe, expect, it } from '@jest/globals';
import type { ModelPricing } from '../../../providers/index.js';
import { judgePricing } from './price-sanity.js';

const pricing = (figures: Partial<ModelPricing>): ModelPricing => ({
  input: null,
  output: null,
  cachedInput: null,
  image: null,
  characters: null,
  source: 'provider',
  ...figures,
});

describe('prices of a list', () => {
  it('passes what is on the market, zero and unknown', () => {
    for (const figures of [
      { input: '0.01', output: '600' },
      { input: '0', output: '0' },
      { cachedInput: '0.0028' },
      { image: '0.04' },
      { characters: '300' },
      {},
    ])
      expect(judgePricing(pricing(figures), null)).toEqual({ pricing: pricing(figures), warning: null });
    expect(judgePricing(null, null)).toEqual({ pricing: null, warning: null });
  });

  it('makes an impossible figure unknown, and the whole when nothing is left', () => {
    const { pricing: judged, warning } = judgePricing(pricing({ input: '2500000', output: '10' }), null);
    expect(judged).toEqual(pricing({ output: '10' }));
    expect(warning).toMatch(/input of 2500000 is no price/);
    expect(judgePricing(pricing({ input: '0.0000025' }), null).pricing).toBeNull();
    expect(judgePricing(pricing({ input: '-1' }), null).pricing).toBeNull();
    expect(judgePricing(pricing({ input: 'NaN' }), null).pricing).toBeNull();
  });

  it('makes an impossible figure unknown also where a believable one was known, and says what it was', () => {
    const known = pricing({ input: '2.5', output: '10' });
    const { pricing: judged, warning } = judgePricing(pricing({ input: '2500000', output: '12' }), known);
    expect(judged).toEqual(pricing({ output: '12' }));
    expect(warning).toMatch(/input of 2500000 is no price \(it was 2\.5\); it is unknown now/);
  });

  it('takes a leap by a thousand for a change of unit, unless it is accepted', () => {
    const known = pricing({ input: '2.5' });
    expect(judgePricing(pricing({ input: '0.0025' }), known)).toMatchObject({ pricing: { input: '2.5' } });
    expect(judgePricing(pricing({ input: '0.0025' }), known, true)).toMatchObject({
      pricing: { input: '0.0025' },
      warning: null,
    });
    expect(judgePricing(pricing({ input: '0.25' }), known)).toMatchObject({
      pricing: { input: '0.25' },
      warning: null,
    });
  });
});
