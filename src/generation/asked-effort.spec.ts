import { describe, expect, it } from '@jest/globals';
import { pictureTokensOf, thinkingTokensOf } from './asked-effort.js';

describe('A59 what a request asks to be spent', () => {
  it.each([
    [{}, undefined],
    [{ reasoning_effort: 'low' }, undefined],
    [{ reasoning_effort: 'high' }, 8_192],
    [{ reasoning: { effort: 'xhigh' } }, 24_576],
    [{ output_config: { effort: 'max' } }, 24_576],
    [{ thinking: { type: 'enabled', budget_tokens: 30_000 } }, 30_000],
    [{ reasoning: { max_tokens: 2_000 } }, 2_000],
    [{ reasoning: { effort: 'constructor' }, thinking: { budget_tokens: -5 } }, undefined],
    [{ reasoning: null, thinking: 'much', reasoning_effort: 7 }, undefined],
    [{ thinking: { budget_tokens: 1e300 } }, 1_000_000],
  ])('%j', (...[body, tokens]) => {
    expect(thinkingTokensOf(body)).toBe(tokens);
  });

  it('pictures of the best quality', () => {
    expect(pictureTokensOf('high', 3)).toBe(18_720);
    expect(pictureTokensOf('hd', 1)).toBe(6_240);
    expect(pictureTokensOf('auto', 3)).toBeUndefined();
    expect(pictureTokensOf({}, 3)).toBeUndefined();
  });
});
