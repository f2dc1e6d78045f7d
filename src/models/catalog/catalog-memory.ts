import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { ChangeFeed } from '../../core/database/index.js';
import { CatalogCache } from './cache/catalog-cache.js';
import { type CatalogHead, slotOf } from './catalog-head.js';
import { CatalogIndex } from './catalog-index.js';
import { CatalogRepository, type StoredCatalog } from './catalog.repository.js';

/** The present version of a stored catalog, ready to be read. */
export interface KnownCatalog {
  readonly head: CatalogHead;
  readonly index: CatalogIndex;
}

/** Admins whose personal catalogs are kept in memory. */
const MOST_OWNERS = 200;

/**
 * Every shared catalog in memory, from boot on: one query warms it, notifications and a poll keep it true. Personal
 * catalogs join when their owner comes by.
 */
@Injectable()
export class CatalogMemory implements OnModuleInit {
  private readonly logger = new Logger(CatalogMemory.name);
  private readonly known = new Map<string, KnownCatalog>();
  /** Owners whose catalogs are here, the latest last. */
  private readonly owners = new Map<string, Promise<void>>();
  private refreshing: Promise<void> | undefined;
  private isOutdated = false;

  constructor(
    private readonly repository: CatalogRepository,
    private readonly cache: CatalogCache,
    private readonly changes: ChangeFeed,
  ) {}

  async onModuleInit(): Promise<void> {
    this.changes.subscribe('catalog', () => this.refresh());
    for (const stored of await this.repository.loadAll()) this.keep(stored);
  }

  /** What is in memory, at once; undefined when nothing was ever listed, or an owner has not come by yet. */
  peek(providerId: string, owner: string | null): KnownCatalog | undefined {
    return this.known.get(slotOf(providerId, owner));
  }

  /** What is known, from the database if need be; an empty catalog where nothing is. */
  async ensure(providerId: string, owner: string | null): Promise<KnownCatalog> {
    const present = this.peek(providerId, owner);
    if (present !== undefined) return present;
    if (owner !== null) await this.welcome(owner);
    return (
      this.peek(providerId, owner) ?? (owner === null ? this.reload(providerId, null) : nothing(providerId, owner))
    );
  }

  /** Loads all catalogs of an owner, once. */
  async welcome(owner: string): Promise<void> {
    const running = this.owners.get(owner);
    const loading =
      running ??
      this.repository.loadPersonal(owner).then((catalogs) => {
        for (const stored of catalogs) this.keep(stored);
      });
    this.owners.delete(owner);
    this.owners.set(owner, loading);
    if (running === undefined) this.forgetOldOwners();
    try {
      await loading;
    } catch (error) {
      if (this.owners.get(owner) === loading) this.owners.delete(owner);
      throw error;
    }
  }

  /** Reads one catalog from the database, whatever memory holds. */
  async reload(providerId: string, owner: string | null): Promise<KnownCatalog> {
    if (owner === null) {
      const stored = await this.repository.load(providerId);
      return stored === null ? this.keepKnown(nothing(providerId, null)) : this.keep(stored);
    }
    this.owners.delete(owner);
    await this.welcome(owner);
    return this.peek(providerId, owner) ?? nothing(providerId, owner);
  }

  /** Takes in what this replica has just written. */
  async learn(head: CatalogHead, index: CatalogIndex): Promise<void> {
    if (this.peek(head.providerId, head.owner)?.index !== index) this.cache.put(head, index.models);
    this.keepKnown({ head, index });
  }

  /** Brings what changed anywhere into memory; calls that come meanwhile share the next round. */
  refresh(): Promise<void> {
    this.isOutdated = true;
    this.refreshing ??= this.refreshUntilTrue().finally(() => (this.refreshing = undefined));
    return this.refreshing;
  }

  /** Forgets everything and reads it from the database anew. */
  async clear(): Promise<void> {
    await this.cache.clear();
    const stored = await this.repository.loadAll();
    this.known.clear();
    this.owners.clear();
    for (const catalog of stored) this.keep(catalog);
  }

  private async refreshUntilTrue(): Promise<void> {
    while (this.isOutdated) {
      this.isOutdated = false;
      const heads = await this.repository.heads([...this.owners.keys()]);
      const stored = new Set(heads.map(({ providerId, owner }) => slotOf(providerId, owner)));
      for (const slot of this.known.keys()) if (!stored.has(slot)) this.known.delete(slot);
      for (const head of heads) await this.follow(head);
    }
  }

  private async follow(head: CatalogHead): Promise<void> {
    const present = this.peek(head.providerId, head.owner);
    if (present !== undefined && present.head.version >= head.version) {
      if (isLater(head, present.head)) this.keepKnown({ head, index: present.index });
      return;
    }
    const models = head.version === 0 ? [] : await this.cache.get(head);
    if (models !== undefined) this.keep({ head, models });
    else {
      const { head: loaded, index } = await this.reload(head.providerId, head.owner);
      this.cache.put(loaded, index.models);
    }
    this.logger.debug(`Catalog ${head.providerId}: version ${head.version}`);
  }

  private keep({ head, models }: StoredCatalog): KnownCatalog {
    const present = this.peek(head.providerId, head.owner);
    const index = present?.head.version === head.version ? present.index : new CatalogIndex(models);
    return this.keepKnown({ head, index });
  }

  /** Never goes back to an older version: a slow reader may come after a fast writer. */
  private keepKnown(catalog: KnownCatalog): KnownCatalog {
    const { providerId, owner, version } = catalog.head;
    const present = this.peek(providerId, owner);
    if (present !== undefined && present.head.version > version) return present;
    this.known.set(slotOf(providerId, owner), catalog);
    return catalog;
  }

  private forgetOldOwners(): void {
    for (const owner of this.owners.keys()) {
      if (this.owners.size <= MOST_OWNERS) return;
      this.owners.delete(owner);
      for (const [slot, { head }] of this.known) if (head.owner === owner) this.known.delete(slot);
    }
  }
}

const isLater = (a: CatalogHead, b: CatalogHead) => (a.attemptedAt?.getTime() ?? 0) >= (b.attemptedAt?.getTime() ?? 0);

const nothing = (providerId: string, owner: string | null): KnownCatalog => ({
  head: { providerId, owner, version: 0, syncedAt: null, attemptedAt: null, error: null, validator: null },
  index: CatalogIndex.EMPTY,
});
