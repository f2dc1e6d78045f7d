import type { Capability, ListedModel } from '../../providers/index.js';

/** A model of a catalog, as kept in memory. */
export interface CatalogEntry extends Omit<ListedModel, 'raw'> {
  /** ISO 8601; since when the provider no longer lists it, after two lists without it. */
  readonly missingSince: string | null;
}

/** What a provider offers, as of its last good list. Immutable. */
export interface Catalog {
  readonly models: readonly CatalogEntry[];
  readonly byId: ReadonlyMap<string, CatalogEntry>;
  /** When the last good list came; null when none ever did. */
  readonly syncedAt: Date | null;
  /** Why the last attempt failed; null when it did not. */
  readonly error: string | null;
}

export function catalogOf(models: readonly CatalogEntry[], syncedAt: Date | null, error: string | null): Catalog {
  return { models, byId: new Map(models.map((model) => [model.id, model])), syncedAt, error };
}

/** The catalog's models of one capability. */
export function modelsFor(catalog: Catalog, capability: Capability): CatalogEntry[] {
  return catalog.models.filter((model) => model.capabilities.includes(capability));
}
