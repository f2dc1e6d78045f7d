import { Injectable } from '@nestjs/common';
import type { Admin } from '../../core/identity/index.js';
import { AccessPolicy, KeySummaries, type KeySummary } from '../../keys/index.js';
import { ModelCatalog } from '../../models/index.js';
import { CAPABILITY_NAMES, type ProviderRecord } from '../../providers/index.js';
import {
  type CapabilityView,
  type CatalogSummaryView,
  type ProviderStatsView,
  type ProviderView,
} from './provider.view.js';
import { ProviderStatistics } from './provider-statistics.js';

/** Brings together what the features know of providers: a constant number of queries for any number of them. */
@Injectable()
export class ProviderViews {
  constructor(
    private readonly statistics: ProviderStatistics,
    private readonly keys: KeySummaries,
    private readonly access: AccessPolicy,
    private readonly catalog: ModelCatalog,
  ) {}

  async of(providers: readonly ProviderRecord[], admin: Admin): Promise<ProviderView[]> {
    const [keys, catalogs, stats] = await Promise.all([
      this.keys.of(providers, admin.id),
      this.catalog.summaries(providers, admin),
      this.statistics.all(),
    ]);
    return providers.map((provider) =>
      this.view(provider, admin, {
        shared: keys.get(provider.id)?.shared ?? null,
        personal: keys.get(provider.id)?.personal ?? null,
        catalog: catalogs.get(provider.id) ?? { model_count: 0, synced_at: null, stale: true, error: null },
        stats: stats.get(provider.slug) ?? { total_requests: 0, last_used_at: null },
      }),
    );
  }

  private view(
    provider: ProviderRecord,
    admin: Admin,
    known: {
      shared: KeySummary | null;
      personal: KeySummary | null;
      catalog: CatalogSummaryView;
      stats: ProviderStatsView;
    },
  ): ProviderView {
    const { entry } = provider;
    const access = this.access.accessOf(provider, admin);
    return {
      slug: provider.slug,
      name: entry.name,
      display_name: entry.display_name,
      description: entry.description,
      strategy: entry.strategy,
      api_base_url: entry.api_base_url,
      website: entry.website,
      documentation_url: entry.documentation_url,
      logo_url: entry.logo_url,
      capabilities: capabilitiesView(provider),
      config: { ...configDefaults(provider), ...entry.config },
      pricing_info: entry.pricing_info,
      allow_personal_keys: entry.allow_personal_keys,
      allow_shared_for_normal_admins: entry.allow_shared_for_normal_admins,
      is_active: entry.is_active,
      is_recommended: entry.is_recommended,
      sort_order: entry.sort_order,
      has_shared_key: known.shared !== null,
      shared_key: known.shared,
      has_personal_key: known.personal !== null,
      personal_key: known.personal,
      access_state: access.state,
      access_reason: access.reason,
      catalog: known.catalog,
      stats: known.stats,
    };
  }
}

function capabilitiesView(provider: ProviderRecord): Record<string, CapabilityView> {
  return Object.fromEntries(
    CAPABILITY_NAMES.map((name) => {
      const profile = provider.profile.capabilities[name];
      return [
        name,
        {
          supported: provider.capabilities.has(name),
          has_dynamic_models: profile?.hasDynamicModels ?? false,
          description: profile?.description ?? null,
        },
      ];
    }),
  );
}

function configDefaults({ profile }: ProviderRecord): Record<string, unknown> {
  return {
    supports_streaming: profile.config.supportsStreaming,
    max_retry: profile.config.maxRetry,
    timeout: profile.config.timeout,
  };
}
