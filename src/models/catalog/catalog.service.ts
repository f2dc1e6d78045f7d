import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { SWITCHBOARD_SETTINGS, type SwitchboardSettings } from '../../core/config/index.js';
import { ChangeFeed } from '../../core/database/index.js';
import { Clock } from '../../core/time/index.js';
import type { Admin } from '../../core/identity/index.js';
import type { ProviderProfile, ProviderRecord } from '../../providers/index.js';
import { type Catalog, type CatalogEntry, catalogOf } from './catalog.js';
import { CatalogRepository } from './catalog.repository.js';
import { CatalogSyncer, type SyncResult } from './catalog-syncer.js';
import { isDynamic, staticModels } from './static-models.js';

/** A catalog with what a reader has to know about its age. */
export interface CatalogState extends Catalog {
  /** True when the list is older than the TTL, or there is none yet. */
  readonly isStale: boolean;
}

/** Size and age of a catalog, as shown to people. */
export interface CatalogSummary {
  readonly model_count: number;
  readonly synced_at: string | null;
  readonly stale: boolean;
  readonly error: string | null;
}

/** How long the very first look at a provider waits for its list. */
const FIRST_LIST_MS = 3_000;
/** After a failed attempt, readers do not cause another one for this long. */
const RETRY_MS = 30_000;

/**
 * Every provider's catalog: memory over the last good list in the database, refreshed behind the answer, one refresh
 * in flight per provider. Reading never waits for a provider, except for the very first list, and then briefly.
 */
@Injectable()
export class ModelCatalog implements OnModuleInit {
  private readonly logger = new Logger(ModelCatalog.name);
  private readonly memory = new Map<string, Catalog>();
  private readonly refreshing = new Map<string, Promise<SyncResult>>();
  private readonly attempted = new Map<string, number>();
  /** What `peek` answers, as long as the list in memory is the one it was made from. */
  private readonly views = new WeakMap<ProviderProfile, { readonly source: Catalog | null; readonly view: Catalog }>();

  constructor(
    private readonly repository: CatalogRepository,
    private readonly syncer: CatalogSyncer,
    private readonly changes: ChangeFeed,
    private readonly clock: Clock,
    @Inject(SWITCHBOARD_SETTINGS) private readonly settings: SwitchboardSettings,
  ) {}

  onModuleInit(): void {
    this.changes.subscribe('catalog', () => this.catchUp());
  }

  /** The catalog at once, as it is known; `admin` lends her key where there is no shared one. */
  async read(provider: ProviderRecord, admin: Admin | null): Promise<CatalogState> {
    if (!isDynamic(provider))
      return { ...catalogOf(staticModels(provider), new Date(0), null), syncedAt: null, isStale: false };
    const known = await this.known(provider);
    if (known.syncedAt !== null && !this.isOld(known)) return this.withStatic(provider, known, false);
    const refresh = this.refreshBehind(provider, admin);
    if (known.syncedAt === null && refresh !== undefined)
      await Promise.race([refresh.catch(() => undefined), sleep(FIRST_LIST_MS, undefined, { ref: false })]);
    const now = await this.known(provider);
    return this.withStatic(provider, now, this.isOld(now));
  }

  /**
   * The catalog as memory has it, without waiting for anything; undefined when it has to be read first. An old list is
   * refreshed behind the answer. For the hot path: costs a look-up.
   */
  peek(provider: ProviderRecord, admin: Admin | null): Catalog | undefined {
    const known = this.views.get(provider.profile);
    if (known?.source === null) return known.view;
    const source = this.memory.get(provider.id);
    if (source === undefined || (source.syncedAt === null && !this.attempted.has(provider.id)))
      return isDynamic(provider)
        ? undefined
        : this.remember(provider, null, catalogOf(staticModels(provider), null, null));
    if (this.isOld(source)) void this.refreshBehind(provider, admin);
    if (known?.source === source) return known.view;
    return this.remember(provider, source, this.withStatic(provider, source, false));
  }

  private remember(provider: ProviderRecord, source: Catalog | null, view: Catalog): Catalog {
    this.views.set(provider.profile, { source, view });
    return view;
  }

  /** Size and age of many catalogs, in a constant number of queries; asks nobody. */
  async summaries(providers: readonly ProviderRecord[]): Promise<ReadonlyMap<string, CatalogSummary>> {
    const stored = await this.repository.summaries();
    return new Map(
      providers.map((provider) => {
        const extra = staticModels(provider).length;
        if (!isDynamic(provider))
          return [provider.id, { model_count: extra, synced_at: null, stale: false, error: null }];
        const { count = 0, syncedAt = null, error = null } = stored.get(provider.id) ?? {};
        return [
          provider.id,
          {
            model_count: count + extra,
            synced_at: syncedAt?.toISOString() ?? null,
            stale: this.isOld({ syncedAt }),
            error,
          },
        ];
      }),
    );
  }

  /** Asks the provider now, or joins the refresh that runs. Never throws for the provider's faults: they are in the result. */
  sync(provider: ProviderRecord, admin: Admin | null, dryRun = false): Promise<SyncResult> {
    if (dryRun) return this.known(provider).then((previous) => this.syncer.sync(provider, previous, admin, true));
    const running = this.refreshing.get(provider.id);
    if (running) return running;
    const refresh = this.refresh(provider, admin).finally(() => this.refreshing.delete(provider.id));
    this.refreshing.set(provider.id, refresh);
    return refresh;
  }

  /** Forgets what is in memory; the last good lists in the database stay. */
  clear(): void {
    this.memory.clear();
    this.attempted.clear();
  }

  private async refresh(provider: ProviderRecord, admin: Admin | null): Promise<SyncResult> {
    this.attempted.set(provider.id, this.clock.monotonic());
    const result = await this.syncer.sync(provider, await this.known(provider), admin, false);
    this.memory.set(provider.id, await this.repository.load(provider.id));
    return result;
  }

  private refreshBehind(provider: ProviderRecord, admin: Admin | null): Promise<SyncResult> | undefined {
    const last = this.attempted.get(provider.id);
    const running = this.refreshing.get(provider.id);
    if (running) return running;
    if (last !== undefined && this.clock.monotonic() - last < RETRY_MS) return undefined;
    const refresh = this.sync(provider, admin);
    refresh.catch((error: unknown) => this.logger.warn(`Catalog of ${provider.slug}: ${String(error)}`));
    return refresh;
  }

  private async known(provider: ProviderRecord): Promise<Catalog> {
    const remembered = this.memory.get(provider.id);
    if (remembered) return remembered;
    const loaded = await this.repository.load(provider.id);
    this.memory.set(provider.id, loaded);
    return loaded;
  }

  /** Loads again what another replica synchronised; what cannot be loaded now stays as it was, so that serving goes on. */
  private async catchUp(): Promise<void> {
    if (this.memory.size === 0) return;
    const stored = await this.repository.summaries();
    for (const [providerId, known] of this.memory) {
      const { syncedAt = null, error = null } = stored.get(providerId) ?? {};
      if (syncedAt?.getTime() !== known.syncedAt?.getTime() || error !== known.error)
        this.memory.set(providerId, await this.repository.load(providerId));
    }
  }

  private isOld(catalog: Pick<Catalog, 'syncedAt'>): boolean {
    return (
      catalog.syncedAt === null ||
      this.clock.now().getTime() - catalog.syncedAt.getTime() > this.settings.catalog.ttl * 1000
    );
  }

  private withStatic(provider: ProviderRecord, catalog: Catalog, isStale: boolean): CatalogState {
    const extra = staticModels(provider).filter((model) => !catalog.byId.has(model.id));
    const models: readonly CatalogEntry[] = extra.length === 0 ? catalog.models : [...catalog.models, ...extra];
    return { ...(extra.length === 0 ? catalog : catalogOf(models, catalog.syncedAt, catalog.error)), isStale };
  }
}
