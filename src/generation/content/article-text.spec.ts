import { describe, expect, it } from '@jest/globals';
import { ArticleText } from './article-text.js';

const CONTENT = 'Tea "is" \\ nice:\n\t- a } b {\n\u2028سلام 🦊 "content": "x"';

function read(json: string, size: number): string {
  const reader = new ArticleText();
  let text = '';
  for (let at = 0; at < json.length; at += size) text += reader.push(json.slice(at, at + size));
  return text;
}

describe('the text of an article that is being written', () => {
  const whole = JSON.stringify({ title: 'The "content": "of"', tags: ['content', 'a'], content: CONTENT, slug: 'x' });
  const escaped = whole.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

  it.each([1, 2, 3, 7, 10_000])('is the same in pieces of %d', (size) => {
    expect(read(whole, size)).toBe(CONTENT);
    expect(read(escaped, size)).toBe(CONTENT);
    expect(
      read(`Here "it" is:\n\`\`\`json\n${JSON.stringify({ article: JSON.parse(whole) as unknown }, null, 2)}`, size),
    ).toBe(CONTENT);
  });

  it('is nothing where there is none', () => {
    expect(read('I cannot do that.', 3)).toBe('');
    expect(read('{"title": "content", "other": {"a": 1}, "content": 5}', 1)).toBe('');
  });
});
