import { describe, expect, it } from '@jest/globals';
import { csvLine, flatCells } from './csv.js';

describe('csvLine', () => {
  it.each(['=1+1', "=cmd|' /C calc'!A0", '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '＝1+1'])(
    'A57 takes the formula out of %j',
    (text) => {
      expect(csvLine([text]).replace(/^"/, '')).toMatch(/^'/);
    },
  );

  it('quotes what would break the line, and leaves numbers and ordinary text alone', () => {
    expect(csvLine(['a,b', 'say "x"', 'two\nlines', -5, null, true, 'plain'])).toBe(
      '"a,b","say ""x""","two\nlines",-5,,true,plain\r\n',
    );
  });
});

describe('flatCells', () => {
  it('names nested fields by their path', () => {
    expect(flatCells({ id: 'x', usage: { prompt_tokens: 3, images: null } })).toEqual([
      ['id', 'x'],
      ['usage_prompt_tokens', 3],
      ['usage_images', null],
    ]);
  });
});
