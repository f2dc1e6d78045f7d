import type { Capability } from '../../providers/index.js';
import type { CatalogEntry } from './catalog.js';

/** What is searched for; each part narrows. */
export interface CatalogSearch {
  /** Part of an id or a name, whatever the case and the accents. */
  readonly q?: string | undefined;
  readonly free?: boolean | undefined;
  /** ISO 8601, UTC: joined the list since then. What the provider's first list held never did. */
  readonly joinedSince?: string | undefined;
}

/** One version of a list, with what reading it needs worked out once: by id, and by capability in display order. */
export class CatalogIndex {
  static readonly EMPTY = new CatalogIndex([]);

  readonly byId: ReadonlyMap<string, CatalogEntry>;
  /** Models that are not missing. */
  readonly presentCount: number;
  private readonly byCapability = new Map<Capability, readonly CatalogEntry[]>();
  private readonly searchable = new WeakMap<CatalogEntry, string>();

  constructor(readonly models: readonly CatalogEntry[]) {
    this.byId = new Map(models.map((model) => [model.id, model]));
    this.presentCount = models.reduce((count, model) => count + (model.missingSince === null ? 1 : 0), 0);
  }

  /** The present models of a capability: free first, then by name, then by id. */
  of(capability: Capability): readonly CatalogEntry[] {
    const known = this.byCapability.get(capability);
    if (known !== undefined) return known;
    const models = this.models
      .filter((model) => model.missingSince === null && model.capabilities.includes(capability))
      .sort(inOrder);
    this.byCapability.set(capability, models);
    return models;
  }

  /** Those of a capability that match. */
  search(capability: Capability, { q, free, joinedSince }: CatalogSearch): readonly CatalogEntry[] {
    const wanted = q === undefined ? '' : fold(q.trim());
    const models = this.of(capability);
    if (wanted === '' && free === undefined && joinedSince === undefined) return models;
    return models.filter(
      (model) =>
        (free === undefined || model.isFree === free) &&
        (joinedSince === undefined || (model.firstSeenAt !== null && model.firstSeenAt >= joinedSince)) &&
        (wanted === '' || this.textOf(model).includes(wanted)),
    );
  }

  /** This list and more models, for those ids that it lacks. */
  with(extra: readonly CatalogEntry[]): CatalogIndex {
    const missing = extra.filter(({ id }) => !this.byId.has(id));
    return missing.length === 0 ? this : new CatalogIndex([...this.models, ...missing]);
  }

  private textOf(model: CatalogEntry): string {
    const known = this.searchable.get(model);
    if (known !== undefined) return known;
    const text = fold(`${model.id}\n${model.name}`);
    this.searchable.set(model, text);
    return text;
  }
}

function inOrder(a: CatalogEntry, b: CatalogEntry): number {
  return Number(b.isFree) - Number(a.isFree) || compare(a.name, b.name) || compare(a.id, b.id);
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
