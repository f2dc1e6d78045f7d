import { describe, expect, it } from '@jest/globals';
import type { CatalogEntry } from '../catalog.js';
import { CatalogIndex } from '../catalog-index.js';
import { noticeHeaders } from './model-notices.js';
import { suggestSuccessor } from './suggest-successor.js';

const entry = (id: string, facts: Partial<CatalogEntry> & { readonly output?: string } = {}): CatalogEntry => {
  const { output, ...rest } = facts;
  return {
    id,
    name: id,
    description: null,
    capabilities: ['chat'],
    contextLength: null,
    maxOutputTokens: null,
    modalities: null,
    pricing:
      output === undefined
        ? null
        : { input: null, output, cachedInput: null, image: null, characters: null, source: 'provider' },
    isFree: false,
    deprecatedAt: null,
    missingSince: null,
    missedSyncs: 0,
    deprecationNotedAt: null,
    firstSeenAt: null,
    sources: {},
    ...rest,
  };
};

describe('a suggested successor', () => {
  const suggestion = (leaving: CatalogEntry, ...others: CatalogEntry[]) =>
    suggestSuccessor(new CatalogIndex([leaving, ...others]), leaving, 'chat')?.id ?? null;

  it('is the latest of the same family and line', () => {
    expect(
      suggestion(
        entry('anthropic/claude-sonnet-4'),
        entry('anthropic/claude-sonnet-4.5'),
        entry('anthropic/claude-opus-4.6'),
        entry('openai/gpt-9'),
        entry('elsewhere/claude-sonnet-9'),
      ),
    ).toBe('anthropic/claude-sonnet-4.5');
    expect(suggestion(entry('gemini-2.0-flash-001'), entry('gemini-2.5-flash'), entry('gemini-3-pro'))).toBe(
      'gemini-2.5-flash',
    );
  });

  it('is of the same class of price, of the capability, and stays', () => {
    const leaving = entry('a/omega-1', { output: '10', missingSince: '2026-11-01T00:00:00.000Z' });
    expect(suggestion(leaving, entry('a/omega-3', { output: '60' }), entry('a/omega-2', { output: '12' }))).toBe(
      'a/omega-2',
    );
    expect(suggestion(leaving, entry('a/omega-2', { capabilities: ['image'] }))).toBeNull();
    expect(suggestion(leaving, entry('a/omega-2', { deprecatedAt: '2027-01-01T00:00:00.000Z' }))).toBeNull();
    expect(suggestion(leaving, entry('a/sigma-2'))).toBeNull();
  });
});

describe('notices to callers', () => {
  it('name the day the vendor stops and when that became known', () => {
    expect(
      noticeHeaders(
        entry('m', { deprecatedAt: '2027-01-31T00:00:00.000Z', deprecationNotedAt: '2026-11-20T00:00:00.000Z' }),
      ),
    ).toEqual({ deprecation: '@1795132800', sunset: 'Sun, 31 Jan 2027 00:00:00 GMT' });
  });

  it('are absent from models without an end in sight', () => {
    expect(noticeHeaders(entry('m'))).toEqual({});
    expect(noticeHeaders(undefined)).toEqual({});
  });
});
