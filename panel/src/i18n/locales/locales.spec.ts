import { describe, expect, it } from '@jest/globals';
import { texts as en } from './en/index';
import { texts as fa } from './fa/index';

function leaves(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  return Object.entries(value as object).flatMap(([key, inner]) => leaves(inner, path === '' ? key : `${path}.${key}`));
}

const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();

describe('the two languages', () => {
  const english = new Map(leaves(en));
  const persian = new Map(leaves(fa));

  it('have the same texts, none of them empty', () => {
    expect([...persian.keys()].sort()).toEqual([...english.keys()].sort());
    expect([...english.values(), ...persian.values()].filter((text) => text.trim() === '')).toEqual([]);
  });

  it('fill in the same values', () => {
    for (const [key, text] of english)
      expect([key, placeholders(persian.get(key) ?? '')]).toEqual([key, placeholders(text)]);
  });

  it('use Persian letters, not the Arabic twins', () => {
    expect([...persian].filter(([, text]) => /[يك]/.test(text))).toEqual([]);
  });
});
