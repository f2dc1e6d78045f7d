import { Inject, Injectable } from '@nestjs/common';
import { SwitchboardError } from '../../core/errors/index.js';
import { Clock } from '../../core/time/index.js';
import type { ModelListing, ProviderRecord } from '../../providers/index.js';
import type { CatalogIndex } from './catalog-index.js';
import { CatalogMemory } from './catalog-memory.js';
import { CatalogWriter, type SyncRecord } from './catalog-writer.js';
import { type AskedList, ListAsker } from './list-asker.js';
import { keptList, type SyncResult } from './sync-result.js';
import { cleanListing } from './intake/clean-listing.js';
import { judgeListing } from './intake/judge-listing.js';
import type { EnrichedModel } from './intake/model-enrichment.js';
import { mergeCatalog } from './intake/merge-catalog.js';
import { isDynamic } from './static-models.js';

export interface SyncOptions {
  /** Whose catalog; her own key opens it. @default null: everyone's */
  readonly owner?: string | null;
  /** Say what would change, change nothing. @default false */
  readonly dryRun?: boolean;
  /** Take a list that shrank or whose prices leapt. @default false */
  readonly accept?: boolean;
}

const MOST_RACES = 3;

/** Asks a provider for its list, judges it, and stores it if it is good. No connection is held while it waits. */
@Injectable()
export class CatalogSyncer {
  constructor(
    private readonly writer: CatalogWriter,
    private readonly asker: ListAsker,
    @Inject(CatalogMemory) private readonly memory: CatalogMemory,
    private readonly clock: Clock,
  ) {}

  /** Never throws for the provider's faults: they are in the result. */
  async sync(provider: ProviderRecord, options: SyncOptions): Promise<SyncResult> {
    const { owner = null, dryRun = false, accept = false } = options;
    const startedAt = this.clock.now();
    let known = await this.memory.ensure(provider.id, owner);
    if (!isDynamic(provider)) return keptList(provider, known.index, { error: null, keptPrevious: false });
    let asked: AskedList;
    try {
      asked = await this.asker.ask(provider, owner, accept ? null : known.head.validator);
    } catch (thrown) {
      const error = thrown instanceof SwitchboardError ? thrown.message : 'The list could not be read.';
      return this.fail(provider, owner, keptList(provider, known.index, { error }), startedAt, dryRun);
    }
    for (let race = 1; ; race += 1) {
      const { models, skipped, warnings, reasonToKeep } = await judged(
        provider.slug,
        asked.listing,
        known.index,
        accept,
      );
      if (reasonToKeep !== null) {
        const result = keptList(provider, known.index, { error: reasonToKeep, skipped, warnings });
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
      if (await this.writer.replace(slot, merged, record, asked.validator)) {
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
    await this.writer.fail(head, record);
    await this.memory.learn({ ...head, attemptedAt: record.finishedAt, error: result.error }, index);
    return result;
  }

  private recordOf(result: SyncResult, startedAt: Date): SyncRecord {
    return { ...result, startedAt, finishedAt: this.clock.now() };
  }
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
