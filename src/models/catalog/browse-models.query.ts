import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Clock } from '../../core/time/index.js';
import { decodeCursor, encodeCursor } from '../../core/http/index.js';
import type { Admin } from '../../core/identity/index.js';
import { type Capability, ProviderDirectory } from '../../providers/index.js';
import { Selections } from '../selections/selection.directory.js';
import { type BrowseModelsView, toBrowsedModelView } from './browse-models.view.js';
import type { CatalogEntry } from './catalog.js';
import type { CatalogIndex } from './catalog-index.js';
import { ModelCatalog } from './catalog.service.js';

export interface BrowseFilter {
  readonly provider: string;
  readonly capability: Capability;
  /** Part of an id or a name; case and accents do not matter. */
  readonly q?: string | undefined;
  readonly free?: boolean | undefined;
  /** Only what joined the list within so many days. */
  readonly newWithinDays?: number | undefined;
  readonly cursor?: string | undefined;
  /** 1 to 1000. */
  readonly limit: number;
}

/** What a provider offers for a capability now, seen by an admin. */
export class BrowseModels extends Query<BrowseModelsView> {
  constructor(
    readonly filter: BrowseFilter,
    readonly admin: Admin,
  ) {
    super();
  }
}

@QueryHandler(BrowseModels)
export class BrowseModelsHandler implements IQueryHandler<BrowseModels> {
  constructor(
    private readonly providers: ProviderDirectory,
    private readonly catalog: ModelCatalog,
    private readonly selections: Selections,
    private readonly clock: Clock,
  ) {}

  async execute({ filter, admin }: BrowseModels): Promise<BrowseModelsView> {
    const provider = this.providers.require(filter.provider);
    const { capability } = filter;
    const supported = provider.capabilities.has(capability);
    const catalog = supported ? await this.catalog.read(provider, admin) : null;
    const selection = this.selections.ofProvider(provider, capability, admin.id);
    const active = this.selections.active(capability, admin.id);
    const activeId = active?.providerId === provider.id ? active.modelId : null;
    const matches = catalog === null ? [] : this.matching(catalog.index, filter, selection?.modelId);
    const offset = filter.cursor === undefined ? 0 : Number(decodeCursor(filter.cursor, { offset: 'number' }).offset);
    const page = matches.slice(offset, offset + filter.limit);
    return {
      provider: provider.slug,
      provider_name: provider.displayName,
      capability,
      supported,
      models: page.map((model) => toBrowsedModelView(model, model.id === selection?.modelId, model.id === activeId)),
      total: matches.length,
      next_cursor: offset + page.length < matches.length ? encodeCursor({ offset: offset + page.length }) : null,
      selected_model: selection?.modelId ?? null,
      synced_at: catalog?.syncedAt?.toISOString() ?? null,
      stale: catalog?.isStale ?? false,
      error: catalog?.error ?? null,
    };
  }

  /** What matches, the selected model first: also when the provider no longer lists it, so that nobody wonders. */
  private matching(
    index: CatalogIndex,
    { capability, q, free, newWithinDays }: BrowseFilter,
    selectedId: string | undefined,
  ): readonly CatalogEntry[] {
    const joinedSince =
      newWithinDays === undefined
        ? undefined
        : new Date(this.clock.now().getTime() - newWithinDays * DAY_MS).toISOString();
    const matches = index.search(capability, { q, free, joinedSince });
    const selected = selectedId === undefined ? undefined : index.byId.get(selectedId);
    if (selected === undefined) return matches;
    const place = matches.indexOf(selected);
    if (place === 0) return matches;
    if (place > 0) return [selected, ...matches.slice(0, place), ...matches.slice(place + 1)];
    const isUnfiltered = (q === undefined || q.trim() === '') && free === undefined && joinedSince === undefined;
    return isUnfiltered && selected.missingSince !== null ? [selected, ...matches] : matches;
  }
}

const DAY_MS = 24 * 60 * 60 * 1000;
