import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { SWITCHBOARD_SETTINGS, type SwitchboardSettings } from '../../core/config/index.js';
import type { Admin } from '../../core/identity/index.js';
import { Clock } from '../../core/time/index.js';
import { KeyVault } from '../../keys/index.js';
import type { ProviderProfile, ProviderRecord } from '../../providers/index.js';
import { Catalog } from './catalog.js';
import { CatalogIndex } from './catalog-index.js';
import { CatalogMemory, type KnownCatalog } from './catalog-memory.js';
import { CatalogRefresher } from './catalog-refresher.js';
import { CatalogSyncer, type SyncOptions } from './catalog-syncer.js';
import type { SyncResult } from './sync-result.js';
import { isDynamic, staticModels } from './static-models.js';

/** Size and age of a catalog, as shown to people. */
export interface CatalogSummary {
  readonly model_count: number;
  readonly synced_at: string | null;
  readonly stale: boolean;
  readonly error: string | null;
}

/** How long the very first look at a provider waits for its list. */
const FIRST_LIST_MS = 3_000;
/** A list younger than this is not asked for again because a call missed a model. */
const SUSPICION_MS = 60_000;

/**
 * Every provider's catalog: memory over the last good list in the database, refreshed behind the answer, one refresh
 * in flight per provider. Reading never waits for a provider, except for the very first list, and then briefly.
 */
@Injectable()
export class ModelCatalog {
  /** What a provider's row lists itself, by the row's profile, and together with what it lists over its API. */
  private readonly ownModels = new WeakMap<ProviderProfile, CatalogIndex>();
  private readonly joined = new WeakMap<CatalogIndex, { profile: ProviderProfile; index: CatalogIndex }>();

  constructor(
    private readonly memory: CatalogMemory,
    private readonly syncer: CatalogSyncer,
    private readonly refresher: CatalogRefresher,
    private readonly vault: KeyVault,
    private readonly clock: Clock,
    @Inject(SWITCHBOARD_SETTINGS) private readonly settings: SwitchboardSettings,
  ) {}

  /**
   * The catalog as memory has it, without waiting for anything; undefined when it has to be read first. A stale list is
   * refreshed behind the answer. For the hot path: costs a look-up.
   */
  peek(provider: ProviderRecord, admin: Admin | null): Catalog | undefined {
    if (!isDynamic(provider)) return this.catalogOf(provider, undefined);
    const owner = this.ownerOf(provider, admin);
    const known = this.memory.peek(provider.id, owner);
    if (known === undefined || known.head.attemptedAt === null) return undefined;
    const catalog = this.catalogOf(provider, known);
    if (catalog.isStale) void this.refresher.behind(provider, owner);
    return catalog;
  }

  /** What memory holds, empty where it holds nothing; asks and refreshes nothing. */
  inMemory(provider: ProviderRecord, admin: Admin | null): Catalog {
    return this.catalogOf(provider, this.memory.peek(provider.id, this.ownerOf(provider, admin)));
  }

  /** The catalog at once, as it is known; what is stale is refreshed behind the answer. */
  async read(provider: ProviderRecord, admin: Admin | null): Promise<Catalog> {
    if (!isDynamic(provider)) return this.catalogOf(provider, undefined);
    const owner = this.ownerOf(provider, admin);
    const known = await this.memory.ensure(provider.id, owner);
    const catalog = this.catalogOf(provider, known);
    if (!catalog.isStale) return catalog;
    const refresh = this.refresher.behind(provider, owner);
    if (known.head.syncedAt !== null || refresh === undefined) return catalog;
    await Promise.race([refresh.catch(() => undefined), sleep(FIRST_LIST_MS, undefined, { ref: false })]);
    return this.catalogOf(provider, this.memory.peek(provider.id, owner));
  }

  /** Size and age of many catalogs; at most one query, and none when the admin's own lists are in memory. */
  async summaries(
    providers: readonly ProviderRecord[],
    admin: Admin | null = null,
  ): Promise<ReadonlyMap<string, CatalogSummary>> {
    if (admin !== null && providers.some((provider) => this.ownerOf(provider, admin) !== null))
      await this.memory.welcome(admin.id);
    return new Map(
      providers.map((provider) => {
        const catalog = this.inMemory(provider, admin);
        return [
          provider.id,
          {
            model_count: catalog.index.presentCount,
            synced_at: catalog.syncedAt?.toISOString() ?? null,
            stale: catalog.isStale,
            error: catalog.error,
          },
        ];
      }),
    );
  }

  /** Asks the provider now, or joins the refresh that runs. Never throws for the provider's faults: they are in the result. */
  sync(provider: ProviderRecord, admin: Admin | null, options: Omit<SyncOptions, 'owner'> = {}): Promise<SyncResult> {
    const owner = this.ownerOf(provider, admin);
    if (options.dryRun || options.accept) return this.syncer.sync(provider, { ...options, owner });
    return this.refresher.refresh(provider, owner);
  }

  /** Whether asking has a chance: there is a key for everyone, none is needed, or the list came without one before. */
  isReachable(provider: ProviderRecord): boolean {
    return this.vault.shared(provider) !== null || this.memory.peek(provider.id, null)?.head.syncedAt != null;
  }

  /** A call said that a model is gone: the list is asked for soon, unless that was just done. */
  suspect(provider: ProviderRecord): void {
    if (!isDynamic(provider)) return;
    const attemptedAt = this.memory.peek(provider.id, null)?.head.attemptedAt?.getTime() ?? 0;
    if (this.clock.now().getTime() - attemptedAt > SUSPICION_MS) void this.refresher.behind(provider, null);
  }

  /** Forgets what is in memory and in the second tier; the last good lists in the database stay. */
  async clear(): Promise<void> {
    this.refresher.forgive();
    await this.memory.clear();
  }

  /** Whose catalog an admin sees: everyone's, or her own where nothing but her own key opens the provider. */
  private ownerOf(provider: ProviderRecord, admin: Admin | null): string | null {
    if (admin === null || !provider.allowPersonalKeys || this.vault.shared(provider) !== null) return null;
    return this.vault.stored(provider, admin.id) === null ? null : admin.id;
  }

  private catalogOf(provider: ProviderRecord, known: KnownCatalog | undefined): Catalog {
    const own = this.ownIndex(provider);
    if (!isDynamic(provider)) return new Catalog(own, null, null, false);
    const { syncedAt = null, error = null } = known?.head ?? {};
    return new Catalog(
      this.join(provider.profile, known?.index ?? CatalogIndex.EMPTY, own),
      syncedAt,
      error,
      this.isStale(syncedAt, error),
    );
  }

  private ownIndex(provider: ProviderRecord): CatalogIndex {
    const known = this.ownModels.get(provider.profile);
    if (known) return known;
    const index = new CatalogIndex(staticModels(provider));
    this.ownModels.set(provider.profile, index);
    return index;
  }

  private join(profile: ProviderProfile, listed: CatalogIndex, own: CatalogIndex): CatalogIndex {
    if (own.models.length === 0) return listed;
    const known = this.joined.get(listed);
    if (known?.profile === profile) return known.index;
    const index = listed.with(own.models);
    this.joined.set(listed, { profile, index });
    return index;
  }

  private isStale(syncedAt: Date | null, error: string | null): boolean {
    if (syncedAt === null || error !== null) return true;
    return this.clock.now().getTime() - syncedAt.getTime() > this.settings.catalog.ttl * 1000;
  }
}
