import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { decodeCursor, encodeCursor } from '../../core/http/index.js';
import type { Admin } from '../../core/identity/index.js';
import { type Capability, ProviderDirectory } from '../../providers/index.js';
import { Selections } from '../selections/selection.directory.js';
import { type BrowseModelsView, toBrowsedModelView } from './browse-models.view.js';
import type { CatalogEntry } from './catalog.js';
import { modelsFor } from './catalog.js';
import { ModelCatalog } from './catalog.service.js';

export interface BrowseFilter {
  readonly provider: string;
  readonly capability: Capability;
  /** Part of an id or a name; case and accents do not matter. */
  readonly q?: string | undefined;
  readonly free?: boolean | undefined;
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
  ) {}

  async execute({ filter, admin }: BrowseModels): Promise<BrowseModelsView> {
    const provider = this.providers.require(filter.provider);
    const { capability } = filter;
    const supported = provider.capabilities.has(capability);
    const state = supported ? await this.catalog.read(provider, admin) : null;
    const selection = this.selections.ofProvider(provider, capability, admin.id);
    const active = this.selections.active(capability, admin.id);
    const activeId = active?.providerId === provider.id ? active.modelId : null;
    const matches = inOrder(search(state === null ? [] : modelsFor(state, capability), filter), selection?.modelId);
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
      synced_at: state?.syncedAt?.toISOString() ?? null,
      stale: state?.isStale ?? false,
      error: state?.error ?? null,
    };
  }
}

function search(models: readonly CatalogEntry[], { q, free }: BrowseFilter): readonly CatalogEntry[] {
  const wanted = q === undefined ? '' : fold(q.trim());
  if (wanted === '' && free === undefined) return models;
  return models.filter(
    (model) =>
      (free === undefined || model.isFree === free) &&
      (wanted === '' || fold(model.id).includes(wanted) || fold(model.name).includes(wanted)),
  );
}

const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** Selected first, then free, then by name. */
function inOrder(models: readonly CatalogEntry[], selectedId: string | undefined): CatalogEntry[] {
  const rank = (model: CatalogEntry) => (model.id === selectedId ? 0 : model.isFree ? 1 : 2);
  return [...models].sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
