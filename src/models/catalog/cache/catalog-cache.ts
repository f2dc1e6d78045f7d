import { CACHE_MANAGER } from '@nestjs/cache-manager';
import { Inject, Injectable } from '@nestjs/common';
import type { Cache } from 'cache-manager';
import { Database } from '../../../core/database/index.js';
import type { CatalogEntry } from '../catalog.js';
import type { CatalogHead } from '../catalog-head.js';
import { type PackedEntry, pack, unpack } from '../catalog-rows.js';

/**
 * Lists by version, in memory and in Redis where there is one. A version never changes, so nothing here can be
 * outdated; which version is the present one, only the database says. The owner is part of the key.
 */
@Injectable()
export class CatalogCache {
  constructor(
    @Inject(CACHE_MANAGER) private readonly cache: Cache,
    @Inject(Database) private readonly database: Database,
  ) {}

  async get(head: CatalogHead): Promise<readonly CatalogEntry[] | undefined> {
    const packed = await this.cache.get<PackedEntry[]>(this.keyOf(head)).catch(() => undefined);
    return Array.isArray(packed) ? packed.map(unpack) : undefined;
  }

  /** Returns at once; the second tier may take its time. */
  put(head: CatalogHead, models: readonly CatalogEntry[]): void {
    this.cache.set(this.keyOf(head), models.map(pack)).catch(() => undefined);
  }

  async clear(): Promise<void> {
    await this.cache.clear().catch(() => false);
  }

  private keyOf({ providerId, owner, version }: CatalogHead): string {
    return JSON.stringify([FORMAT, this.database.schemaName, providerId, owner, version]);
  }
}

/** Grows when the packed form changes, so that replicas of two releases do not read each other's. */
const FORMAT = 2;
