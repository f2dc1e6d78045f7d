import { describe, expect, it } from '@jest/globals';
import type { Provider } from '../../../client/types';
import { parseEntries, planOf } from './provider-entry';

const ENTRY = { slug: 'acme', name: 'Acme', api_base_url: 'https://api.acme.test/v1', config: { timeout: 20 } };

describe('pasted providers', () => {
  it('reads one, a list and a whole file', () => {
    expect(parseEntries(JSON.stringify(ENTRY))).toEqual([ENTRY]);
    expect(parseEntries(JSON.stringify([ENTRY]))).toEqual([ENTRY]);
    expect(parseEntries(JSON.stringify({ providers: [ENTRY] }))).toEqual([ENTRY]);
  });

  it.each([
    ['not json'],
    ['[]'],
    ['[1]'],
    ['{"slug":"x"}'],
    ['{"slug":"x","name":"","api_base_url":"https://x.test"}'],
  ])('refuses %s', (text) => {
    expect(() => parseEntries(text)).toThrow();
  });

  it('tells a new provider from a changed and an unchanged one', () => {
    expect(planOf(ENTRY, undefined).action).toBe('create');
    const same = { ...ENTRY } as unknown as Provider;
    expect(planOf(ENTRY, same).action).toBe('same');
    const plan = planOf(ENTRY, { ...same, name: 'Old' });
    expect(plan.action).toBe('update');
    expect(plan.changes).toEqual([{ field: 'name', before: 'Old', after: 'Acme' }]);
  });
});
