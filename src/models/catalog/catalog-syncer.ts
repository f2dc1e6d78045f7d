import { Injectable } from '@nestjs/common';
import { SwitchboardError } from '../../core/errors/index.js';
import type { Admin } from '../../core/identity/index.js';
import { Clock } from '../../core/time/index.js';
import { KeyVault } from '../../keys/index.js';
import { type ModelListing, ProviderCaller, type ProviderRecord } from '../../providers/index.js';
import type { Catalog } from './catalog.js';
import { diffCatalog, reasonToKeep } from './catalog-diff.js';
import { CatalogRepository } from './catalog.repository.js';
import { isDynamic } from './static-models.js';
import { withFacts } from './model-enrichment.js';

/** What came of asking one provider for its list. */
export interface SyncResult {
  readonly provider: string;
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  /** Rows that could not be understood. */
  readonly skipped: number;
  readonly total: number;
  /** True when the list was not good enough to replace the one before. */
  readonly keptPrevious: boolean;
  readonly error: string | null;
}

const LIST_TIMEOUT_MS = 30_000;
const MAX_LIST_BYTES = 32 * 1024 * 1024;

/** Asks a provider for its list, judges it, and stores it if it is good. */
@Injectable()
export class CatalogSyncer {
  constructor(
    private readonly repository: CatalogRepository,
    private readonly caller: ProviderCaller,
    private readonly vault: KeyVault,
    private readonly clock: Clock,
  ) {}

  async sync(provider: ProviderRecord, previous: Catalog, admin: Admin | null, dryRun: boolean): Promise<SyncResult> {
    const startedAt = this.clock.now();
    const unchanged = { provider: provider.slug, added: 0, removed: 0, changed: 0, total: previous.models.length };
    if (!isDynamic(provider)) return { ...unchanged, skipped: 0, keptPrevious: false, error: null };
    let listing: ModelListing | null = null;
    let error: string | null;
    try {
      listing = await this.ask(provider, admin);
      error = reasonToKeep(
        previous.models.filter((model) => model.missingSince === null).length,
        listing.models.length,
      );
    } catch (thrown) {
      error = thrown instanceof SwitchboardError ? thrown.message : 'The list could not be read.';
    }
    const skipped = listing?.skipped ?? 0;
    if (listing === null || error !== null) {
      const result = { ...unchanged, skipped, keptPrevious: true, error };
      if (!dryRun) await this.repository.record(this.recordOf(provider, result, startedAt));
      return result;
    }
    const models = listing.models.map((model) => withFacts(provider.slug, model));
    const diff = diffCatalog(previous.byId, models);
    const result: SyncResult = {
      provider: provider.slug,
      added: diff.added.length,
      removed: diff.removed.length,
      changed: diff.changed.length,
      skipped,
      total: models.length,
      keptPrevious: false,
      error: null,
    };
    if (!dryRun) await this.repository.replace(provider.id, models, this.recordOf(provider, result, startedAt));
    return result;
  }

  /** With the shared key, else the asking admin's own, else without: some lists are public. */
  private async ask(provider: ProviderRecord, admin: Admin | null): Promise<ModelListing> {
    const { strategy } = provider;
    if (strategy?.listModels === undefined)
      throw new SwitchboardError('operation_not_supported', `${provider.displayName} cannot be asked for its models.`);
    const secret =
      this.vault.shared(provider)?.secret ?? (admin === null ? null : this.vault.stored(provider, admin.id));
    const call = this.caller.callFor(provider, secret, {
      signal: AbortSignal.timeout(LIST_TIMEOUT_MS),
      totalMs: LIST_TIMEOUT_MS,
      firstByteMs: LIST_TIMEOUT_MS,
      maxResponseBytes: MAX_LIST_BYTES,
    });
    try {
      return await strategy.listModels(call);
    } catch (error) {
      if (secret === null && error instanceof SwitchboardError && error.code === 'upstream_auth_failed')
        throw new SwitchboardError(
          'no_api_key_available',
          `${provider.displayName} tells its models only with a key. Set one with PUT /api/admin/ai-providers/${provider.slug}/shared-key.`,
        );
      throw error;
    }
  }

  private recordOf(provider: ProviderRecord, result: SyncResult, startedAt: Date) {
    const { added, removed, changed, skipped, total, keptPrevious, error } = result;
    return {
      providerId: provider.id,
      startedAt,
      finishedAt: this.clock.now(),
      added,
      removed,
      changed,
      skipped,
      total,
      keptPrevious,
      error,
    };
  }
}
