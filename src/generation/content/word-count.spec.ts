import { describe, expect, it } from '@jest/globals';
import { countWords } from './word-count.js';

describe('the number of words', () => {
  it.each([
    ['', 0],
    ['One, two — three!', 3],
    ['می‌خواهم کتاب‌هایم را بخوانم', 4],
    ['الذكاء الاصطناعي مفيد', 3],
    ['Straßenbahn fährt über 3,5 Brücken', 5],
    ['## Heading\n\n- **bold** _word_\n- 😀 👨‍👩‍👧', 3],
    ['see [the docs](https://example.com/a/b?c=d) at https://example.com/x now', 5],
    ["don't", 1],
  ])('of %j is %i', (text, words) => {
    expect(countWords(text)).toBe(words);
  });

  it('parts Chinese by its dictionary, neither as one word nor by character alone', () => {
    expect(countWords('我们喜欢学习人工智能')).toBeGreaterThanOrEqual(4);
    expect(countWords('我们喜欢学习人工智能')).toBeLessThanOrEqual(7);
  });

  it('stays fast on brackets without end', () => {
    const begun = performance.now();
    countWords(']('.repeat(200_000));
    expect(performance.now() - begun).toBeLessThan(20_000);
  });
});
