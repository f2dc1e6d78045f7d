import { matches, wordsOf } from '../../../text/fold';
import type { CatalogRow } from './catalog-rows';

export interface CatalogFilter {
  readonly free: boolean;
  readonly fresh: boolean;
  readonly withDeprecated: boolean;
  readonly maximumPrice: number | null;
  readonly minimumContext: number | null;
  readonly modality: string | null;
}

export const NO_FILTER: CatalogFilter = {
  free: false,
  fresh: false,
  withDeprecated: true,
  maximumPrice: null,
  minimumContext: null,
  modality: null,
};

const FRESH_DAYS = 30;

/** Whether a model was first seen within the last thirty days. */
export function isFresh(firstSeenAt: string | null | undefined, now: number = Date.now()): boolean {
  return firstSeenAt != null && now - Date.parse(firstSeenAt) < FRESH_DAYS * 86_400_000;
}

/** The rows that a search and the filters leave; a model of unknown price never passes a price limit. */
export function filterRows(rows: readonly CatalogRow[], query: string, filter: CatalogFilter): readonly CatalogRow[] {
  const words = wordsOf(query);
  const now = Date.now();
  return rows.filter(({ model, folded, input, unit }) => {
    if (words.length > 0 && !matches(folded, words)) return false;
    if (filter.free && !model.is_free) return false;
    if (filter.fresh && !isFresh(model.first_seen_at, now)) return false;
    if (!filter.withDeprecated && (model.deprecated_at || model.missing_since)) return false;
    if (filter.minimumContext !== null && (model.context_length ?? 0) < filter.minimumContext) return false;
    if (filter.maximumPrice !== null) {
      const price = model.is_free ? 0 : (input ?? unit);
      if (price === null || price > filter.maximumPrice) return false;
    }
    return filter.modality === null || (model.modalities?.input ?? []).includes(filter.modality);
  });
}

/** The input modalities that occur at all, for the filter's choices. */
export function modalitiesOf(rows: readonly CatalogRow[]): readonly string[] {
  const found = new Set<string>();
  for (const { model } of rows) for (const modality of model.modalities?.input ?? []) found.add(modality);
  return [...found].sort();
}
