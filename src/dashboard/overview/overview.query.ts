import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { Decimal } from 'decimal.js';
import type { Admin } from '../../core/identity/index.js';
import { Clock } from '../../core/time/index.js';
import { KeyVault } from '../../keys/index.js';
import { ModelCatalog, type SelectionRecord, Selections, SelectionWarnings } from '../../models/index.js';
import { CAPABILITY_NAMES, type Capability, ProviderDirectory, type ProviderRecord } from '../../providers/index.js';
import { UsageReport, type UsageRowView } from '../../usage/index.js';
import { ProviderStatistics } from '../providers/provider-statistics.js';
import type {
  OverviewCapabilityView,
  OverviewMonthView,
  OverviewProviderView,
  OverviewUsageView,
  OverviewView,
  OverviewWarningView,
} from './overview.view.js';

/** Providers, selections, this month's usage and what is wrong, as an admin sees them. */
export class Overview extends Query<OverviewView> {
  constructor(readonly admin: Admin) {
    super();
  }
}

/** Two statements, whatever the number of providers and models: all else is in memory. */
@QueryHandler(Overview)
export class OverviewHandler implements IQueryHandler<Overview> {
  constructor(
    private readonly providers: ProviderDirectory,
    private readonly selections: Selections,
    private readonly warnings: SelectionWarnings,
    private readonly catalog: ModelCatalog,
    private readonly vault: KeyVault,
    private readonly statistics: ProviderStatistics,
    @Inject(QueryBus) private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  async execute({ admin }: Overview): Promise<OverviewView> {
    const today = this.clock.now().toISOString().slice(0, 10);
    const month = today.slice(0, 7);
    const [stats, usage] = await Promise.all([
      this.statistics.all(),
      this.queries.execute(new UsageReport({ from: `${month}-01`, to: today, groupBy: 'capability' }, admin)),
    ]);
    const providers = this.providers.all();
    return {
      providers: providers.map((provider): OverviewProviderView => ({
        slug: provider.slug,
        name: provider.displayName,
        logo_url: provider.entry.logo_url,
        is_active: provider.isActive,
        has_api_key: this.hasKey(provider, admin),
        capabilities: each((capability) => this.capability(provider, capability, admin)),
        stats: stats.get(provider.slug) ?? { total_requests: 0, last_used_at: null },
      })),
      selected_models: each((capability) => this.selected(capability, admin)),
      usage: monthView(month, usage.data),
      warnings: [...this.selectionWarnings(admin), ...this.idleCapabilities(admin), ...this.keptCatalogs(admin)],
    };
  }

  private hasKey(provider: ProviderRecord, admin: Admin): boolean {
    if (this.vault.shared(provider) !== null) return true;
    return provider.allowPersonalKeys && this.vault.stored(provider, admin.id) !== null;
  }

  private capability(provider: ProviderRecord, capability: Capability, admin: Admin): OverviewCapabilityView {
    const selection = this.selections.ofProvider(provider, capability, admin.id);
    return {
      supported: provider.capabilities.has(capability),
      has_model: selection !== undefined,
      selected_model: selection
        ? { id: selection.modelId, name: selection.modelName, is_free: selection.isFree }
        : null,
    };
  }

  private selected(capability: Capability, admin: Admin) {
    const active = this.selections.active(capability, admin.id);
    if (active === undefined) return null;
    const { providerId, modelId, modelName, isFree } = active;
    const provider = this.providers.findById(providerId)?.slug ?? '';
    return { provider, model_id: modelId, model_name: modelName, is_free: isFree };
  }

  private selectionWarnings(admin: Admin): OverviewWarningView[] {
    return this.inService(admin).flatMap((selection) => {
      const provider = this.providers.findById(selection.providerId);
      if (provider === undefined) return [];
      const { capability, modelId, owner, id } = selection;
      return this.warnings
        .of({ capability, modelId, isPersonal: owner !== null }, provider, admin)
        .map(({ code, message, since }) => ({
          code,
          message,
          since,
          capability,
          provider: provider.slug,
          selection_id: id,
        }));
    });
  }

  private idleCapabilities(admin: Admin): OverviewWarningView[] {
    return CAPABILITY_NAMES.filter((capability) => this.selections.active(capability, admin.id) === undefined).map(
      (capability) => ({
        code: 'no_active_model',
        message: `No model serves ${capability} yet.`,
        since: null,
        capability,
        provider: null,
        selection_id: null,
      }),
    );
  }

  /** Providers in service whose last list was not good enough, or did not come. */
  private keptCatalogs(admin: Admin): OverviewWarningView[] {
    const ids = new Set(this.inService(admin).map(({ providerId }) => providerId));
    return [...ids].flatMap((id) => {
      const provider = this.providers.findById(id);
      const catalog = provider && this.catalog.inMemory(provider, admin);
      if (provider === undefined || catalog?.error == null) return [];
      return {
        code: 'catalog_kept' as const,
        message: `The models of ${provider.displayName} could not be refreshed: ${catalog.error}`,
        since: catalog.syncedAt?.toISOString() ?? null,
        capability: null,
        provider: provider.slug,
        selection_id: null,
      };
    });
  }

  /** What serves the admin, or would as a stand-in. */
  private inService(admin: Admin): SelectionRecord[] {
    return this.selections
      .visibleTo(admin.id)
      .filter(({ isActive, fallbackRank }) => isActive || fallbackRank !== null);
  }
}

function each<T>(make: (capability: Capability) => T): Record<Capability, T> {
  return Object.fromEntries(CAPABILITY_NAMES.map((name) => [name, make(name)])) as Record<Capability, T>;
}

function monthView(month: string, rows: readonly UsageRowView[]): OverviewMonthView {
  const byCapability = each((capability) => usageView(rows.filter(({ group }) => group === capability)));
  return { month, total: usageView(rows), by_capability: byCapability };
}

function usageView(rows: readonly UsageRowView[]): OverviewUsageView {
  const sum = (figure: (row: UsageRowView) => number) => rows.reduce((total, row) => total + figure(row), 0);
  return {
    requests: sum((row) => row.requests),
    errors: sum((row) => row.errors),
    total_tokens: sum((row) => row.prompt_tokens + row.completion_tokens),
    images: sum((row) => row.images),
    characters: sum((row) => row.characters),
    cost_usd: rows.reduce((total, row) => total.plus(row.cost_usd), new Decimal(0)).toFixed(),
    unpriced: sum((row) => row.unpriced),
  };
}
