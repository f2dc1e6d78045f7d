import { describe, expect, it } from '@jest/globals';
import type { CatalogModel } from '../../../client/types';
import { filterRows, isFresh, modalitiesOf, NO_FILTER } from './catalog-filter';
import { indexCatalog, sortRows } from './catalog-rows';

const model = (id: string, rest: Partial<CatalogModel> = {}): CatalogModel => ({
  id,
  name: id,
  description: null,
  is_free: false,
  is_selected: false,
  is_active: false,
  pricing: null,
  context_length: null,
  max_output_tokens: null,
  modalities: null,
  first_seen_at: null,
  deprecated_at: null,
  missing_since: null,
  sources: {},
  ...rest,
});

const price = (input: string | null) => ({
  input,
  output: null,
  cached_input: null,
  image: null,
  characters: null,
  currency: 'USD' as const,
  source: 'provider',
});
const ids = (rows: ReturnType<typeof indexCatalog>) => rows.map((row) => row.model.id);

describe('a catalog', () => {
  const rows = indexCatalog([
    model('b', {
      pricing: price('2'),
      context_length: 8000,
      modalities: { input: ['text', 'image'], output: ['text'] },
    }),
    model('unknown'),
    model('a', { pricing: price('0.5'), context_length: 200_000, deprecated_at: '2027-01-01T00:00:00Z' }),
    model('free', { is_free: true, description: 'برای کتاب', context_length: 32_000 }),
  ]);

  it('sorts what is unknown to the end, up and down', () => {
    expect(ids(sortRows(rows, { key: 'input', descending: false }))).toEqual(['a', 'b', 'unknown', 'free']);
    expect(ids(sortRows(rows, { key: 'input', descending: true }))).toEqual(['b', 'a', 'unknown', 'free']);
    expect(ids(sortRows(rows, { key: 'context', descending: true }))).toEqual(['a', 'free', 'b', 'unknown']);
    expect(ids(sortRows(rows, { key: 'order', descending: false }))).toEqual(['b', 'unknown', 'a', 'free']);
  });

  it('never lets an unknown price pass a price limit, and a free model always', () => {
    expect(ids(filterRows(rows, '', { ...NO_FILTER, maximumPrice: 1 }))).toEqual(['a', 'free']);
  });

  it('combines search and filters', () => {
    expect(ids(filterRows(rows, 'كتاب', NO_FILTER))).toEqual(['free']);
    expect(ids(filterRows(rows, '', { ...NO_FILTER, withDeprecated: false, minimumContext: 30_000 }))).toEqual([
      'free',
    ]);
    expect(ids(filterRows(rows, '', { ...NO_FILTER, modality: 'image' }))).toEqual(['b']);
    expect(modalitiesOf(rows)).toEqual(['image', 'text']);
  });

  it('calls a model new for thirty days', () => {
    const now = Date.parse('2026-11-20T00:00:00Z');
    expect(isFresh('2026-11-01T00:00:00Z', now)).toBe(true);
    expect(isFresh('2026-10-01T00:00:00Z', now)).toBe(false);
    expect(isFresh(null, now)).toBe(false);
  });
});
