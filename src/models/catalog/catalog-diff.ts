import { isDeepStrictEqual } from 'node:util';
import type { ListedModel } from '../../providers/index.js';
import type { CatalogEntry } from './catalog.js';

/** What a new list changes. */
export interface CatalogDiff {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
}

/** Why a list must not replace the one before; null when it may. */
export function reasonToKeep(previousCount: number, nextCount: number): string | null {
  if (nextCount === 0) return 'The provider sent an empty list.';
  if (nextCount * 2 < previousCount)
    return `The provider sent ${nextCount} models where it had ${previousCount}; less than half is taken for an outage.`;
  return null;
}

export function diffCatalog(previous: ReadonlyMap<string, CatalogEntry>, next: readonly ListedModel[]): CatalogDiff {
  const nextIds = new Set(next.map((model) => model.id));
  return {
    added: next.filter((model) => !previous.has(model.id)).map((model) => model.id),
    removed: [...previous.values()]
      .filter((model) => model.missingSince === null && !nextIds.has(model.id))
      .map((model) => model.id),
    changed: next
      .filter((model) => {
        const before = previous.get(model.id);
        return before !== undefined && !isDeepStrictEqual(comparable(before), comparable(model));
      })
      .map((model) => model.id),
  };
}

const comparable = (model: Omit<ListedModel, 'raw'>) => [
  model.name,
  model.description,
  [...model.capabilities].sort(),
  model.contextLength,
  model.maxOutputTokens,
  model.modalities,
  model.pricing,
  model.isFree,
  model.deprecatedAt === null ? null : Date.parse(model.deprecatedAt),
];
