import { Inject, Injectable } from '@nestjs/common';
import { SwitchboardError } from '../../core/errors/index.js';
import { Clock } from '../../core/time/index.js';
import { KeyVault } from '../../keys/index.js';
import { type ModelListing, ProviderCaller, type ProviderRecord } from '../../providers/index.js';
import type { Validator } from './catalog-head.js';
import type { CatalogIndex } from './catalog-index.js';
import { CatalogMemory } from './catalog-memory.js';
import { CatalogRepository, type SyncRecord } from './catalog.repository.js';
import { cleanListing } from './intake/clean-listing.js';
import { conditionalFetch } from './intake/conditional-fetch.js';
import { judgeListing } from './intake/judge-listing.js';
import type { EnrichedModel } from './intake/model-enrichment.js';
import { mergeCatalog } from './intake/merge-catalog.js';
import { isDynamic } from './static-models.js';

/** What came of asking one provider for its list. */
export interface SyncResult {
  readonly provider: string;
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  /** Rows left out: not understood, or repeating an id. */
  readonly skipped: number;
  readonly total: number;
  /** True when the list was not good enough to replace the one before. */
  readonly keptPrevious: boolean;
  /** True when the provider said that nothing changed since last time. */
  readonly notModified: boolean;
  readonly error: string | null;
  /** What was wrong with single rows. */
  readonly warnings: readonly string[];
}

export interface SyncOptions {
  /** Whose catalog; her own key opens it. @default null: everyone's */
  readonly owner?: string | null;
  /** Say what would change, change nothing. @default false */
  readonly dryRun?: boolean;
  /** Take a list that shrank or whose prices leapt. @default false */
  readonly accept?: boolean;
}

const MOST_SECONDS = 60;
const MAX_LIST_BYTES = 32 * 1024 * 1024;
/** After this time the whole list is fetched again, whatever its validator: we may read it better by now. */
const VALIDATOR_MS = 24 * 60 * 60 * 1000;
const MOST_RACES = 3;

interface Asked {
  readonly listing: ModelListing | null;
  readonly validator: Validator | null;
}

/** Asks a provider for its list, judges it, and stores it if it is good. No connection is held while it waits. */
@Injectable()
export class CatalogSyncer {
  constructor(
    private readonly repository: CatalogRepository,
    @Inject(CatalogMemory) private readonly memory: CatalogMemory,
    private readonly caller: ProviderCaller,
    private readonly vault: KeyVault,
    private readonly clock: Clock,
  ) {}

  /** Never throws for the provider's faults: they are in the result. */
  async sync(provider: ProviderRecord, options: SyncOptions): Promise<SyncResult> {
    const { owner = null, dryRun = false, accept = false } = options;
    const startedAt = this.clock.now();
    let known = await this.memory.ensure(provider.id, owner);
    if (!isDynamic(provider)) return keep(provider, known.index, { error: null, keptPrevious: false });
    let asked: Asked;
    try {
      asked = await this.ask(provider, owner, accept ? null : usable(known.head.validator, startedAt));
    } catch (thrown) {
      const error = thrown instanceof SwitchboardError ? thrown.message : 'The list could not be read.';
      return this.fail(provider, owner, keep(provider, known.index, { error }), startedAt, dryRun);
    }
    for (let race = 1; ; race += 1) {
      const { models, skipped, warnings, reasonToKeep } = await judged(
        provider.slug,
        asked.listing,
        known.index,
        accept,
      );
      if (reasonToKeep !== null) {
        const result = keep(provider, known.index, { error: reasonToKeep, skipped, warnings });
        return this.fail(provider, owner, result, startedAt, dryRun);
      }
      const merged = await mergeCatalog(known.index, models, startedAt);
      const result: SyncResult = {
        provider: provider.slug,
        added: merged.added,
        removed: merged.removed,
        changed: merged.changed,
        skipped,
        total: models.length,
        keptPrevious: false,
        notModified: asked.listing === null,
        error: null,
        warnings,
      };
      if (dryRun) return result;
      const record = this.recordOf(result, startedAt);
      const slot = { providerId: provider.id, owner, version: known.head.version };
      if (await this.repository.replace(slot, merged, record, asked.validator)) {
        const isNewVersion = owner !== null || merged.written.length > 0 || merged.missed.length > 0;
        await this.memory.learn(
          {
            ...slot,
            version: slot.version + (isNewVersion ? 1 : 0),
            syncedAt: record.finishedAt,
            attemptedAt: record.finishedAt,
            error: null,
            validator: asked.validator,
          },
          isNewVersion ? merged.index : known.index,
        );
        return result;
      }
      if (race === MOST_RACES)
        throw new SwitchboardError('conflict', `Others keep changing ${provider.slug}'s catalog.`);
      known = await this.memory.reload(provider.id, owner);
    }
  }

  /** With the owner's key, else the shared one, else without: some lists are public. */
  private async ask(provider: ProviderRecord, owner: string | null, validator: Validator | null): Promise<Asked> {
    const { strategy } = provider;
    if (strategy?.listModels === undefined)
      throw new SwitchboardError('operation_not_supported', `${provider.displayName} cannot be asked for its models.`);
    const secret = owner === null ? (this.vault.shared(provider)?.secret ?? null) : this.vault.stored(provider, owner);
    const limitMs = Math.min(provider.profile.config.timeout, MOST_SECONDS) * 1000;
    const signal = AbortSignal.timeout(limitMs);
    const call = this.caller.callFor(provider, secret, {
      signal,
      totalMs: limitMs,
      firstByteMs: limitMs,
      maxResponseBytes: MAX_LIST_BYTES,
    });
    const conditional = conditionalFetch(call.fetch, validator);
    try {
      const listing = await untilAborted(strategy.listModels({ ...call, fetch: conditional.fetch }), signal);
      return { listing, validator: conditional.validator(this.clock.now()) };
    } catch (error) {
      if (conditional.isUnchanged()) return { listing: null, validator };
      if (signal.aborted)
        throw new SwitchboardError(
          'upstream_timeout',
          `${provider.displayName} did not send its list within ${limitMs / 1000} s.`,
          { cause: error },
        );
      if (secret === null && error instanceof SwitchboardError && error.code === 'upstream_auth_failed')
        throw new SwitchboardError(
          'no_api_key_available',
          `${provider.displayName} tells its models only with a key. Set one with PUT /api/admin/ai-providers/${provider.slug}/shared-key.`,
        );
      throw error;
    }
  }

  private async fail(
    provider: ProviderRecord,
    owner: string | null,
    result: SyncResult,
    startedAt: Date,
    dryRun: boolean,
  ): Promise<SyncResult> {
    if (dryRun) return result;
    const record = this.recordOf(result, startedAt);
    const { head, index } = await this.memory.ensure(provider.id, owner);
    await this.repository.fail(head, record);
    await this.memory.learn({ ...head, attemptedAt: record.finishedAt, error: result.error }, index);
    return result;
  }

  private recordOf(result: SyncResult, startedAt: Date): SyncRecord {
    const { added, removed, changed, skipped, total, keptPrevious, error, warnings, notModified } = result;
    const finishedAt = this.clock.now();
    return {
      startedAt,
      finishedAt,
      added,
      removed,
      changed,
      skipped,
      total,
      keptPrevious,
      error,
      warnings,
      notModified,
    };
  }
}

/** The result of an attempt that could not even be recorded. */
export const failedSync = (provider: string, error: string): SyncResult => ({
  provider,
  added: 0,
  removed: 0,
  changed: 0,
  skipped: 0,
  total: 0,
  keptPrevious: true,
  notModified: false,
  error,
  warnings: [],
});

/** A result after which the list stays as it was. */
function keep(provider: ProviderRecord, index: CatalogIndex, facts: Partial<SyncResult>): SyncResult {
  return { ...failedSync(provider.slug, ''), total: index.presentCount, error: null, ...facts };
}

/** The list cleaned and judged; for a provider that says that nothing changed, what its last list held. */
async function judged(slug: string, listing: ModelListing | null, index: CatalogIndex, accept: boolean) {
  if (listing !== null) {
    const clean = await cleanListing(listing, index.byId);
    return { ...(await judgeListing(slug, clean, index, accept)), skipped: clean.skipped };
  }
  const models: EnrichedModel[] = index.models
    .filter(({ missedSyncs }) => missedSyncs === 0)
    .map((model) => ({ ...model, raw: {} }));
  return { models, skipped: 0, warnings: [], reasonToKeep: null };
}

const usable = (validator: Validator | null, now: Date) =>
  validator !== null && now.getTime() - Date.parse(validator.fetchedAt) < VALIDATOR_MS ? validator : null;

/** A strategy that does not heed the signal must not hold a catalog for ever. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    work.then(resolve, reject);
  });
}
