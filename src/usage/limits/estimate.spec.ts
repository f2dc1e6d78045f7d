import { describe, expect, it } from '@jest/globals';
import { estimateOf, NO_HISTORY } from './estimate.js';

const TEXT = { input: '1', output: '2', cachedInput: null, image: null, characters: null, source: 'list' };
const PICTURE = { ...TEXT, input: null, output: null, image: '0.04' };
const SPEECH = { ...TEXT, input: null, output: null, characters: '15' };
const usdOf = (estimate: ReturnType<typeof estimateOf>) => estimate.cost?.usd ?? null;

describe('estimateOf', () => {
  it('takes a page of answer for the first call, not the caller’s bound', () => {
    const { usage } = estimateOf({ promptTokens: 1000, maxCompletionTokens: 100_000 }, NO_HISTORY, TEXT);
    expect(usage.completionTokens).toBe(500);
  });

  it('never goes beyond the caller’s bound', () => {
    const history = { ...NO_HISTORY, samples: 50, completionTokens: 4000 };
    expect(estimateOf({ maxCompletionTokens: 16 }, history, TEXT).usage.completionTokens).toBe(16);
  });

  it('learns from what the model used before, prompts that the vendor counts larger included', () => {
    const history = { samples: 50, promptTokens: 130, completionTokens: 80, costUsd: '9' };
    const estimate = estimateOf({ promptTokens: 100 }, history, TEXT);
    expect(estimate.usage).toMatchObject({ promptTokens: 130, completionTokens: 80 });
    expect(usdOf(estimate)).toBe('0.00029');
  });

  it('counts a long prompt for itself, whatever was usual', () => {
    const history = { samples: 50, promptTokens: 10, completionTokens: 10, costUsd: null };
    expect(estimateOf({ promptTokens: 50_000 }, history, TEXT).usage.promptTokens).toBe(50_000);
  });

  it('A59 takes room for every picture of a call, and for every character that is spoken', () => {
    expect(usdOf(estimateOf({ images: 10 }, NO_HISTORY, PICTURE))).toBe('0.4');
    expect(usdOf(estimateOf({ characters: 100_000 }, NO_HISTORY, SPEECH))).toBe('1.5');
  });

  it('A59 takes pictures that are charged by tokens for what a picture takes', () => {
    expect(estimateOf({ images: 4 }, NO_HISTORY, TEXT).usage.completionTokens).toBe(5200);
  });

  it('A59 takes room for the thinking that a call asks for, whatever cheap calls before it used, within its own bound', () => {
    const cheap = { samples: 200, promptTokens: 10, completionTokens: 20, costUsd: null };
    expect(estimateOf({ leastCompletionTokens: 24_576 }, cheap, TEXT).usage.completionTokens).toBe(24_576);
    const bounded = { leastCompletionTokens: 24_576, maxCompletionTokens: 1_000 };
    expect(estimateOf(bounded, cheap, TEXT).usage.completionTokens).toBe(1_000);
    expect(estimateOf({}, cheap, TEXT).usage.completionTokens).toBe(20);
  });

  it('goes by what calls cost before where the price list knows nothing, and else says that it does not know', () => {
    expect(estimateOf({ images: 3 }, { ...NO_HISTORY, samples: 5, costUsd: '0.02' }, null).cost).toEqual({
      usd: '0.06',
      source: 'history',
    });
    expect(estimateOf({ promptTokens: 10 }, NO_HISTORY, null).cost).toBeNull();
    expect(estimateOf({ promptTokens: 10 }, NO_HISTORY, { ...TEXT, output: null }).cost).toBeNull();
  });
});
