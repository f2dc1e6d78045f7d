import { describe, expect, it } from '@jest/globals';
import { fold, matches, wordsOf } from './fold';
import { harmlessInSentence, neutralise, plainString } from './neutralise';

describe('folding for search', () => {
  it.each([
    ['كتاب', 'کتاب'],
    ['علي', 'علی'],
    ['می‌روم', 'میروم'],
    ['۱۲۳ ٤٥', '123 45'],
    ['Café ÅNGSTRÖM', 'cafe angstrom'],
    ['مُدَرِّس', 'مدرس'],
    ['ﻣﺪﻝ', 'مدل'],
  ])('finds %s as %s', (typed, meant) => {
    expect(fold(typed)).toBe(fold(meant));
  });

  it('asks for every word, in any order', () => {
    const text = fold('OpenAI: GPT-5 mini openai/gpt-5-mini');
    expect(matches(text, wordsOf('mini openai'))).toBe(true);
    expect(matches(text, wordsOf('mini claude'))).toBe(false);
    expect(matches(text, wordsOf('  '))).toBe(true);
  });
});

describe('foreign text', () => {
  it('shows overrides, isolates and invisible characters by number', () => {
    expect(neutralise('a\u202eb\u2066c\u200bd')).toEqual([
      { text: 'a', control: false },
      { text: 'U+202E', control: true },
      { text: 'b', control: false },
      { text: 'U+2066', control: true },
      { text: 'c', control: false },
      { text: 'U+200B', control: true },
      { text: 'd', control: false },
    ]);
  });

  it('keeps the joiners that Persian and emoji need', () => {
    expect(neutralise('می‌روم 👩‍🔬')).toEqual([{ text: 'می‌روم 👩‍🔬', control: false }]);
  });

  it('cuts what has no end', () => {
    const [piece] = neutralise('a'.repeat(10_240), 100);
    expect(piece?.text).toHaveLength(101);
  });

  it('draws an empty text as one empty piece', () => {
    expect(neutralise('')).toEqual([{ text: '', control: false }]);
  });

  it('is harmless in labels and inside sentences', () => {
    expect(plainString('Safe \u202egnp.exe')).toBe('Safe U+202Egnp.exe');
    expect(plainString('a'.repeat(1000), 20)).toHaveLength(21);
    expect(harmlessInSentence('Safe \u202egnp.exe \u2066')).toBe('Safe U+202Egnp.exe U+2066');
  });

  it('lets the isolated amounts of the panel pass, and marks that only hint', () => {
    expect(harmlessInSentence('\u2066$1.00\u2069')).toBe('\u2066$1.00\u2069');
    expect(harmlessInSentence('\u2066\u202e\u2069')).toBe('U+2066U+202EU+2069');
    expect(harmlessInSentence('29 آبان،\u200f 07:08')).toBe('29 آبان،\u200f 07:08');
  });
});
