import type { Capability, ListedModel } from '../../providers/index.js';
import type { CatalogIndex } from './catalog-index.js';

/** Facts of a model whose origin is named: `provider` for the provider's own list, else the name of a price list. */
export type SourcedField = 'context_length' | 'max_output_tokens' | 'modalities' | 'pricing';

/** A model of a catalog, as kept in memory. */
export interface CatalogEntry extends Omit<ListedModel, 'raw'> {
  /** ISO 8601; since when the provider no longer lists it, after two lists without it. */
  readonly missingSince: string | null;
  /** Lists in a row that lacked it. */
  readonly missedSyncs: number;
  /** ISO 8601; when it joined the list; null for what the provider's first list held. */
  readonly firstSeenAt: string | null;
  /** ISO 8601; when we first read that the vendor will stop serving it. */
  readonly deprecationNotedAt: string | null;
  /** Who says what is said of it. */
  readonly sources: Readonly<Partial<Record<SourcedField, string>>>;
}

/** What a provider offers, as of its last good list. Immutable. */
export class Catalog {
  constructor(
    readonly index: CatalogIndex,
    /** When the last good list came; null when none ever did, or when the list is static. */
    readonly syncedAt: Date | null,
    /** Why the last attempt failed; null when it did not. */
    readonly error: string | null,
    /** True when the list is older than its time to live, there is none yet, or the last attempt failed. */
    readonly isStale: boolean,
  ) {}

  /** All that is known, missing models too. */
  get models(): readonly CatalogEntry[] {
    return this.index.models;
  }

  get byId(): ReadonlyMap<string, CatalogEntry> {
    return this.index.byId;
  }
}

/** The models that may be chosen for a capability: free first, then by name. Missing ones are not among them. */
export function modelsFor(catalog: Catalog, capability: Capability): readonly CatalogEntry[] {
  return catalog.index.of(capability);
}
